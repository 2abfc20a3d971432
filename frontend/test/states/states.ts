/**
 * Every state of a card side by side: `?card=runs&width=360&dark&language=de&only=air`;
 * with `?page`, all cards about the past.
 * With `?check`, all widths and languages one after the other; the words that collide
 * stand as JSON in the document then.
 */

import type { HeatpumpCard } from "../../src/cards/base";
import { CalendarCard } from "../../src/cards/calendar/card";
import { CallsCard } from "../../src/cards/calls/card";
import { ChargesCard } from "../../src/cards/charges/card";
import { CyclingCard } from "../../src/cards/cycling/card";
import { FlagsCard } from "../../src/cards/flags/card";
import { LastDayCard } from "../../src/cards/last_day/card";
import { MakerCard } from "../../src/cards/maker/card";
import { RunsCard } from "../../src/cards/runs/card";
import { SchematicCard } from "../../src/cards/schematic/card";
import { SourcesCard } from "../../src/cards/sources/card";
import type { CardConfig, HomeAssistant } from "../../src/lib/hass";
import { HOUSEHOLDS } from "../households";
import { type Household, RECORDS } from "../runs";
import { type Collision, collisions, countWords } from "./collisions";

const CARDS: Record<string, [Card: new () => HeatpumpCard, households: Record<string, Household>]> = {
  schematic: [
    SchematicCard,
    Object.fromEntries(Object.entries(HOUSEHOLDS).map(([name, live]) => [name, { live }])),
  ],
  "last-day": [LastDayCard, RECORDS],
  runs: [RunsCard, RECORDS],
  cycling: [CyclingCard, RECORDS],
  charges: [ChargesCard, RECORDS],
  calendar: [CalendarCard, RECORDS],
  maker: [MakerCard, RECORDS],
  calls: [CallsCard, RECORDS],
  sources: [SourcesCard, RECORDS],
  flags: [FlagsCard, RECORDS],
};
/** The order in which `?page` shows them. */
const PAGE = Object.keys(CARDS).slice(1);
/** Of cards; the schematic becomes wide at 674. */
const WIDTHS = [288, 320, 360, 420, 640, 676, 700, 844, 1000];
const LANGUAGES = ["en", "de"];

for (const [name, [Card]] of Object.entries(CARDS)) {
  customElements.define(`heatpump-monitor-${name}`, Card);
}

const query = new URLSearchParams(location.search);
const darkMode = query.has("dark");
document.body.classList.toggle("dark", darkMode);
const place = document.querySelector("#cards")!;

function hassOf({ live, answer }: Household, language: string): HomeAssistant {
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
    callWS: async <T>(message: { type: string; first?: string; last?: string }) => {
      if (!answer) throw new Error("nothing to ask");
      return answer(message) as T;
    },
  };
}

function show(card: string, household: string, width: number, language: string) {
  const [Card, households] = CARDS[card]!;
  const element = new Card();
  element.id = household;
  element.style.width = `${width}px`;
  element.style.height = "auto";
  element.setConfig({ type: `custom:heatpump-monitor-${card}` } as CardConfig);
  element.hass = hassOf(households[household]!, language);
  place.append(element);
  return element;
}

/** Time for answers, for the size of a card and for what it draws then. */
const settled = () => new Promise<void>((done) => setTimeout(done, 60));

async function check(cards: readonly string[]) {
  let words = 0;
  const found: (Collision & { card: string; household: string; at: string })[] = [];
  for (const card of cards) {
    for (const language of LANGUAGES) {
      for (const width of WIDTHS) {
        place.replaceChildren();
        const shown = Object.keys(CARDS[card]![1]).map((household) =>
          show(card, household, width, language),
        );
        await settled();
        await settled();
        for (const element of shown) {
          words += countWords(element);
          const where = { card, household: element.id, at: `${width} ${language}` };
          found.push(...collisions(element).map((each) => ({ ...where, ...each })));
        }
      }
    }
  }
  const result = document.createElement("script");
  result.type = "application/json";
  result.id = "collisions";
  result.dataset["words"] = String(words);
  result.textContent = JSON.stringify(found);
  place.replaceChildren(result);
}

const asked = query.get("card");
if (query.has("check")) {
  void check(asked ? asked.split(",") : Object.keys(CARDS));
} else {
  const cards = query.has("page") ? PAGE : [asked ?? "schematic"];
  for (const card of cards) {
    for (const household of Object.keys(CARDS[card]![1])) {
      if (query.has("only") && query.get("only") !== household) continue;
      show(card, household, Number(query.get("width") ?? 844), query.get("language") ?? "en");
    }
  }
}
