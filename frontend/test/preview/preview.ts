/**
 * Every state of a card side by side: `?card=jaz&width=360&dark&language=de&only=air,rough`,
 * with `&picked=month` for another period, and with `&x=supply` for the scatter.
 * With `&fahrenheit`, temperatures are in °F.
 * With `&press=.row`, what this selects in each card is pressed.
 * With `&point=0.6,0.4`, a pointer is over each chart, at shares of its width and height.
 * With `?page=now`, `efficiency`, `house`, `changes`, `runs`, `house-meter`, `probes` or `health`: all cards of this view.
 * With `?check`: all widths and languages one after the other; the words that collide
 * stand as JSON in the document then.
 */

import { AlarmsCard } from "../../src/cards/alarms/card";
import type { HeatpumpCard } from "../../src/cards/base";
import { CalendarCard } from "../../src/cards/calendar/card";
import { CallsCard } from "../../src/cards/calls/card";
import { ChangeLogCard } from "../../src/cards/change_log/card";
import { ChangesEffectCard } from "../../src/cards/changes_effect/card";
import { ChargesCard } from "../../src/cards/charges/card";
import { CompareCard } from "../../src/cards/compare/card";
import { CostCard } from "../../src/cards/cost/card";
import { CyclingCard } from "../../src/cards/cycling/card";
import { DemandCard } from "../../src/cards/demand/card";
import { ExportsCard } from "../../src/cards/exports/exports";
import { ExpectedCard } from "../../src/cards/expected/card";
import { FlagsCard } from "../../src/cards/flags/card";
import { HeatingCurveCard } from "../../src/cards/heating_curve/card";
import { JazCard } from "../../src/cards/jaz/card";
import { LastDayCard } from "../../src/cards/last_day/card";
import { PeakDaysCard, PeaksCard, QuarterCard } from "../../src/cards/house_meter/house_cards";
import { MakerCard } from "../../src/cards/maker/card";
import { ModesCard } from "../../src/cards/modes/card";
import { MonthsCard } from "../../src/cards/months/card";
import { PickerCard } from "../../src/cards/picker/card";
import { choose, type Kind } from "../../src/cards/picker/period";
import { calendarOf, periodAt } from "../../src/cards/picker/steps";
import { ProbeAlarmsCard, ProbesCard, ProbeSessionsCard } from "../../src/cards/probes/probe_cards";
import { RunsCard } from "../../src/cards/runs/card";
import { SankeyCard } from "../../src/cards/sankey/card";
import { ScatterCard } from "../../src/cards/scatter/card";
import { SchematicCard } from "../../src/cards/schematic/card";
import { SourcesCard } from "../../src/cards/sources/card";
import { TodayCard } from "../../src/cards/today/card";
import { UsualCard } from "../../src/cards/usual/card";
import { CHANGED } from "../changes";
import { COOKS } from "../cooks";
import { SENDERS } from "../exports";
import { GRIDS } from "../grid";
import { type Household, homeOf } from "../hass";
import { HOUSEHOLDS, NOW } from "../households";
import { RECORDS } from "../runs";
import { PASTS } from "../years";
import { type Collision, collisions, countWords } from "./collisions";

type Households = Record<string, Household>;

/** Two with a change log, too. */
const MARKED: Households = { ...PASTS, air: RECORDS["air"]!, long: RECORDS["cools"]! };
const STATES: Households = Object.fromEntries(
  Object.entries(HOUSEHOLDS).map(([name, live]) => [name, { live }]),
);
const CARDS: Record<string, [Card: new () => HeatpumpCard<unknown>, households: Households]> = {
  schematic: [SchematicCard, STATES],
  today: [TodayCard, PASTS],
  jaz: [JazCard, PASTS],
  usual: [UsualCard, PASTS],
  "last-day": [LastDayCard, RECORDS],
  picker: [PickerCard, PASTS],
  months: [MonthsCard, MARKED],
  modes: [ModesCard, PASTS],
  scatter: [ScatterCard, PASTS],
  sankey: [SankeyCard, PASTS],
  cost: [CostCard, PASTS],
  compare: [CompareCard, PASTS],
  demand: [DemandCard, PASTS],
  runs: [RunsCard, RECORDS],
  cycling: [CyclingCard, RECORDS],
  charges: [ChargesCard, RECORDS],
  expected: [ExpectedCard, RECORDS],
  alarms: [AlarmsCard, RECORDS],
  calendar: [CalendarCard, RECORDS],
  maker: [MakerCard, RECORDS],
  calls: [CallsCard, RECORDS],
  sources: [SourcesCard, RECORDS],
  exports: [ExportsCard, SENDERS],
  flags: [FlagsCard, RECORDS],
  "heating-curve": [HeatingCurveCard, CHANGED],
  "changes-effect": [ChangesEffectCard, CHANGED],
  "change-log": [ChangeLogCard, CHANGED],
  quarter: [QuarterCard, GRIDS],
  "peak-days": [PeakDaysCard, GRIDS],
  peaks: [PeaksCard, GRIDS],
  probes: [ProbesCard, COOKS],
  "probe-alarms": [ProbeAlarmsCard, COOKS],
  "probe-sessions": [ProbeSessionsCard, COOKS],
};
/** The cards of each view with the columns that they take, of three. */
const PAGES: Record<string, Record<string, number>> = {
  now: { schematic: 2, today: 1, "last-day": 2, jaz: 1, usual: 1 },
  efficiency: { picker: 3, jaz: 1, months: 2, modes: 1, cost: 1, scatter: 1, sankey: 1, expected: 1, compare: 1 },
  house: { demand: 2 },
  runs: { runs: 2, cycling: 1, charges: 2 },
  changes: { "heating-curve": 1, "changes-effect": 1, "change-log": 1 },
  "house-meter": { quarter: 1, "peak-days": 2, peaks: 1 },
  probes: { probes: 2, "probe-alarms": 1, "probe-sessions": 1 },
  health: { alarms: 2, calendar: 2, sources: 1, flags: 2, calls: 1, maker: 1 },
};
/** Of cards; the schematic becomes wide at 674. */
const WIDTHS = [288, 320, 360, 420, 640, 676, 700, 844, 1000];
const LANGUAGES = ["en", "de"];
const GAP_PX = 16;

for (const [name, [Card]] of Object.entries(CARDS)) {
  customElements.define(`heatpump-monitor-${name}`, Card);
}

// What is silent is so until the invented now.
Date.now = () => Date.parse(NOW);

const query = new URLSearchParams(location.search);
const darkMode = query.has("dark");
const degrees = query.has("fahrenheit") ? "°F" : "°C";
document.body.classList.toggle("dark", darkMode);
const place = document.querySelector("#cards")!;

function show(card: string, id: string, household: Household, width: number, language: string) {
  const [Card] = CARDS[card]!;
  const element = new Card();
  element.id = id;
  element.style.width = `${width}px`;
  element.style.height = "auto";
  const x = query.get("x");
  element.setConfig({
    type: `custom:heatpump-monitor-${card}`,
    entry_id: id,
    ...{ period: query.get("period") ?? "picked" },
    ...(x ? { x } : {}),
  });
  element.hass = homeOf(household, { language, darkMode, degrees }).hass;
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
        const shown = Object.entries(CARDS[card]![1]).map(([id, household]) =>
          show(card, id, household, width, language),
        );
        await settled();
        await settled();
        await operate();
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

/** What is asked for, with the households that it is shown for. */
function showAsked(width: number, language: string) {
  const page = query.get("page");
  const cards: [card: string, width: number][] =
    page === null
      ? [[query.get("card") ?? "schematic", width]]
      : Object.entries(PAGES[page]!).map(([card, columns]) => [
          card,
          width < 700 ? width : Math.floor((columns * (width + GAP_PX)) / 3) - GAP_PX,
        ]);
  const alone: Record<string, Households> = { changes: CHANGED, "house-meter": GRIDS, probes: COOKS };
  const households = page ? (alone[page] ?? RECORDS) : CARDS[cards[0]![0]]![1];
  for (const [id, household] of Object.entries(households)) {
    if (query.has("only") && !query.get("only")!.split(",").includes(id)) continue;
    const { live } = household;
    const picked = query.get("picked");
    if (picked) {
      const day = query.get("day") ?? live.today.last;
      choose(id, periodAt(picked as Kind, day, calendarOf(live)));
    }
    for (const [card, wide] of cards) show(card, id, household, wide, language);
  }
}

/** Move a pointer over each chart. */
async function point(x: number, y: number) {
  await settled();
  for (const card of place.children) {
    for (const layer of card.shadowRoot!.querySelectorAll(".readout")) {
      const { left, top, width, height } = layer.getBoundingClientRect();
      const at = { clientX: left + x * width, clientY: top + y * height };
      layer.dispatchEvent(new PointerEvent("pointermove", at));
    }
  }
}

/** Press what is found in each card. */
async function press(selector: string) {
  await settled();
  for (const card of place.children) {
    const found = card.shadowRoot!.querySelector<HTMLElement>(selector);
    // What is chosen in a chart is where the pointer is.
    found?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  }
}

/** As the address says: first point, then press what is there. */
async function operate() {
  const [x, y] = (query.get("point") ?? "").split(",").map(Number);
  const pressed = query.get("press");
  if (x !== undefined && y !== undefined) await point(x, y);
  if (pressed) await press(pressed);
  if (pressed) await settled();
}

/** The letters that Home Assistant shows: others are wider. */
async function useFonts() {
  const styles = { Regular: "400", Medium: "500", Bold: "700" };
  for (const [style, weight] of Object.entries(styles)) {
    const url = `url(fonts/roboto/Roboto-${style}.woff2)`;
    document.fonts.add(await new FontFace("Roboto", url, { weight }).load());
  }
}

if (query.has("check")) {
  void useFonts().then(() => check(query.get("card")?.split(",") ?? Object.keys(CARDS)));
} else {
  showAsked(Number(query.get("width") ?? 844), query.get("language") ?? "en");
  void operate();
}
