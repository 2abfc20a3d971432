/**
 * Cards in several states: `?card=jaz&width=360&dark&language=de&only=air`, with
 * `&picked=month` for another period; `&page` shows all cards of a heat pump in a grid.
 */

import type { HeatpumpCard } from "../../src/cards/base";
import { JazCard } from "../../src/cards/jaz/card";
import { ModesCard } from "../../src/cards/modes/card";
import { MonthsCard } from "../../src/cards/months/card";
import { PickerCard } from "../../src/cards/picker/card";
import { calendarOf, choose, type Kind, periodAt } from "../../src/cards/picker/period";
import { SankeyCard } from "../../src/cards/sankey/card";
import { ScatterCard } from "../../src/cards/scatter/card";
import { SchematicCard } from "../../src/cards/schematic/card";
import { TodayCard } from "../../src/cards/today/card";
import { UsualCard } from "../../src/cards/usual/card";
import type { Live } from "../../src/data/contract";
import type { HomeAssistant } from "../../src/lib/hass";
import { HOUSEHOLDS } from "../households";
import { PASTS } from "../years";
import { collisions } from "./collisions";

const CARDS: Record<string, new () => HeatpumpCard> = {
  schematic: SchematicCard,
  today: TodayCard,
  jaz: JazCard,
  usual: UsualCard,
  months: MonthsCard,
  modes: ModesCard,
  scatter: ScatterCard,
  sankey: SankeyCard,
  picker: PickerCard,
};
for (const [name, card] of Object.entries(CARDS)) {
  customElements.define(`heatpump-monitor-${name}`, card);
}

const query = new URLSearchParams(location.search);
const width = Number(query.get("width") ?? 844);
const darkMode = query.has("dark");
const language = query.get("language") ?? "en";
const chosen = query.get("card") ?? "schematic";
const root = document.querySelector("#cards")!;
document.body.classList.toggle("dark", darkMode);

type Answer = (message: { type: string; first?: string; last?: string }) => unknown;

function hassOf(live: Live, answer?: Answer): HomeAssistant {
  return {
    connection: {
      subscribeMessage: (callback) => {
        (callback as (message: unknown) => void)(live);
        return Promise.resolve(() => Promise.resolve());
      },
    },
    locale: {
      language,
      number_format: "language",
      time_format: "language",
      date_format: "language",
      time_zone: "server",
    },
    config: { time_zone: "Europe/Berlin", currency: "EUR", latitude: 50 },
    themes: { darkMode },
    callWS: <T>(message: { type: string }) =>
      answer
        ? Promise.resolve(answer(message) as T)
        : Promise.reject<T>(new Error("nothing to ask")),
  };
}

function show(name: string, id: string, wide: number, hass: HomeAssistant): void {
  const card = new CARDS[name]!();
  card.id = `${name}-${id}`;
  card.style.width = `${wide}px`;
  card.style.height = "auto";
  const x = query.get("x");
  const options = { entry_id: id, period: query.get("period") ?? "picked", ...(x ? { x } : {}) };
  card.setConfig({ type: `custom:heatpump-monitor-${name}`, ...options });
  card.hass = hass;
  root.append(card);
}

const isPage = query.has("page");
const third = Math.floor((width - 64) / 3);
const PAGE: [name: string, wide: number][] =
  width < 700
    ? ["picker", "today", "jaz", "months", "modes", "scatter", "sankey", "usual"].map((name) => [
        name,
        width,
      ])
    : [
        ["picker", width],
        ["jaz", third],
        ["months", width - third - 32],
        ["modes", third],
        ["usual", third],
        ["today", third],
        ["sankey", (width - 32) / 2],
        ["scatter", (width - 32) / 2],
      ];

for (const [id, { live, answer }] of Object.entries(PASTS)) {
  if (chosen === "schematic" && !isPage) break;
  if (query.has("only") && query.get("only") !== id) continue;
  const picked = query.get("picked");
  if (picked) {
    choose(id, periodAt(picked as Kind, query.get("day") ?? live.today.last, calendarOf(live)));
  }
  const hass = hassOf(live, (message) => answer(message));
  for (const [name, wide] of isPage ? PAGE : [[chosen, width] as const]) show(name, id, wide, hass);
}

for (const [id, live] of Object.entries(HOUSEHOLDS)) {
  if (chosen !== "schematic" || isPage) break;
  if (query.has("only") && query.get("only") !== id) continue;
  show("schematic", id, width, hassOf(live));
}

setTimeout(() => {
  const found = [...root.children].flatMap((card) => collisions(card));
  document.title = `${found.length} collisions`;
  const list = document.createElement("pre");
  list.id = "collisions";
  list.textContent = found.join("\n");
  document.body.append(list);
}, 1500);
