// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { AlarmsCard } from "../../src/cards/alarms/card";
import type { HeatpumpCard } from "../../src/cards/base";
import { CalendarCard } from "../../src/cards/calendar/card";
import { CallsCard } from "../../src/cards/calls/card";
import { ChargesCard } from "../../src/cards/charges/card";
import { CyclingCard } from "../../src/cards/cycling/card";
import { ExpectedCard } from "../../src/cards/expected/card";
import { FlagsCard } from "../../src/cards/flags/card";
import { LastDayCard } from "../../src/cards/last_day/card";
import { MakerCard } from "../../src/cards/maker/card";
import { RunsCard } from "../../src/cards/runs/card";
import { SchematicCard } from "../../src/cards/schematic/card";
import { SourcesCard } from "../../src/cards/sources/card";
import type { HomeAssistant } from "../../src/lib/hass";
import { homeOf } from "../hass";
import { HEATING } from "../households";
import { RECORDS } from "../runs";

const CARDS = {
  schematic: SchematicCard,
  "last-day": LastDayCard,
  runs: RunsCard,
  cycling: CyclingCard,
  charges: ChargesCard,
  calendar: CalendarCard,
  maker: MakerCard,
  calls: CallsCard,
  sources: SourcesCard,
  flags: FlagsCard,
  alarms: AlarmsCard,
  expected: ExpectedCard,
};
type Name = keyof typeof CARDS;
const NAMES = Object.keys(CARDS) as Name[];
for (const [name, Card] of Object.entries(CARDS)) customElements.define(`past-${name}`, Card);

async function show(name: Name, hass: HomeAssistant): Promise<HeatpumpCard> {
  const card: HeatpumpCard = new CARDS[name]();
  card.setConfig({ type: name });
  card.hass = hass;
  document.body.append(card);
  await settled(card);
  return card;
}

async function settled(card: HeatpumpCard): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await card.updateComplete;
    await new Promise((done) => setTimeout(done));
  }
}

const words = (card: HeatpumpCard) => card.shadowRoot?.querySelector(".card")?.textContent ?? "";

describe.each(NAMES)("%s", (name) => {
  it.each(Object.keys(RECORDS))("draws the household %s", async (household) => {
    for (const language of ["en", "de"]) {
      const card = await show(name, homeOf(RECORDS[household]!, { language }).hass);
      expect(words(card).trim()).not.toBe("");
      expect(words(card)).not.toMatch(/Loading|Wird geladen/);
      for (const layer of card.shadowRoot!.querySelectorAll(".readout")) {
        layer.dispatchEvent(new KeyboardEvent("keydown", { key: "End" }));
        await card.updateComplete;
        expect(layer.querySelector("[aria-live]")!.textContent).not.toBe("");
      }
      expect(card.shadowRoot!.innerHTML).not.toMatch(/NaN|undefined|Infinity|>null/);
      card.remove();
    }
  });

  it("has a form for its settings", async () => {
    expect((await CARDS[name].getConfigForm()).schema[0]!.name).toBe("entry_id");
  });
});

it.each([
  ["last-day", 1],
  ["runs", 1],
  ["cycling", 1],
  ["calendar", 1],
  ["calls", 1],
] as const)("%s has %s chart whose figures can be read", async (name, count) => {
  const card = await show(name, homeOf(RECORDS["air"]!).hass);
  expect(card.shadowRoot!.querySelectorAll(".readout")).toHaveLength(count);
  card.remove();
});

describe("a card that asks", () => {
  const silent = { live: RECORDS["air"]!.live, answer: () => Promise.reject(new Error("no")) };

  it("says that there was no answer", async () => {
    for (const name of ["last-day", "runs", "charges", "calendar", "flags", "expected"] as const) {
      const card = await show(name, homeOf(silent).hass);
      expect(words(card)).not.toMatch(/Loading/);
      expect(card.shadowRoot!.querySelectorAll("table, .legend")).toHaveLength(0);
      card.remove();
    }
  });

  it("shows what it does know without an answer", async () => {
    const card = await show("calls", homeOf(silent).hass);
    expect(words(card)).toContain("315");
    expect(words(card)).not.toContain("limit");
  });

  it("asks for the last day again when a part of it is complete, and not before", async () => {
    const { live, answer } = RECORDS["air"]!;
    let isAnswering = true;
    const { hass, asked, send } = homeOf({
      live,
      answer: (message) => (isAnswering ? answer?.(message) : new Promise(() => {})),
    });
    const card = await show("last-day", hass);
    send({ ...live, time: "2026-11-12T18:24:40+01:00" });
    await settled(card);
    expect(asked).toHaveLength(1);
    isAnswering = false;
    send({ ...live, time: "2026-11-12T18:25:10+01:00" });
    await settled(card);
    expect(asked).toHaveLength(2);
    expect(words(card)).toContain("Heating");
  });
});

it.each([
  [
    "en",
    "Heating, COP 4.2, this run 4.3, 54\u00a0min, heat out 5.2\u00a0kW, electricity in 1.24\u00a0kW, " +
      "Outside air 4.6\u00a0°C, supply 35.6\u00a0°C, Hot water 48.2\u00a0°C",
  ],
  [
    "de",
    "Heizen, COP 4,2, dieser Lauf 4,3, 54\u00a0min, Wärme 5,2\u00a0kW, Strombezug 1,24\u00a0kW, " +
      "Außenluft 4,6\u00a0°C, Vorlauf 35,6\u00a0°C, Warmwasser 48,2\u00a0°C",
  ],
])("the schematic is one sentence for who cannot see it: %s", async (language, sentence) => {
  const card = await show("schematic", homeOf({ live: HEATING }, { language }).hass);
  expect(card.shadowRoot!.querySelector(".schematic")!.getAttribute("aria-label")).toBe(sentence);
  card.remove();
});

it("each meter has a row with what it measures, and entities are no cloud", async () => {
  const { live, answer } = RECORDS["part_meters"]!;
  const card = await show("sources", homeOf({ live, answer: answer! }).hass);
  const rows = [...card.shadowRoot!.querySelectorAll("tbody tr")].map((row) =>
    [...row.querySelectorAll("th .name > span, small, td")].map((cell) => cell.textContent!.trim()),
  );
  expect(rows).toHaveLength(7);
  expect(rows[2]!.join().replaceAll("\u00a0", " ")).toBe(
    "Plug source pumpSource pump or fan,Source pump or fan,52 W,11 s ago",
  );
  expect(rows[5]!.join()).toMatch(/^InverterPhotovoltaics,Photovoltaics,–,silent since /);
  expect(rows[6]!.join()).toBe("Heat pump,,40 s ago");
  card.remove();
});

describe("alarms", () => {
  const { live, answer } = RECORDS["rough"]!;

  it("appear and disappear as they are sent, and are asked for again when over", async () => {
    const calm = { ...live, alarms: [], alarms_changed_at: null };
    const { hass, asked, send } = homeOf({ live: calm, answer: answer! }, { language: "de" });
    const card = await show("alarms", hass);
    const health = () => asked.filter(({ type }) => type.endsWith("/health"));
    expect(words(card)).toContain("Kein Alarm");
    expect(health()).toMatchObject([{ language: "de" }]);
    send({ ...live, alarms_changed_at: "2026-11-12T16:41:00+01:00" });
    await settled(card);
    expect(words(card)).toContain("3 aktiv");
    expect(words(card)).not.toContain("Kein Alarm");
    expect(words(card)).toContain("Read the message on the display");
    send({ ...calm, alarms_changed_at: "2026-11-12T18:20:00+01:00" });
    await settled(card);
    expect(words(card)).toContain("Kein Alarm");
    expect(health()).toHaveLength(3);
    card.remove();
  });

  it("are shown although what is watched is not known", async () => {
    const card = await show("alarms", homeOf({ live }).hass);
    expect(words(card)).toContain("Fault of the heat pump");
    expect(words(card)).toContain("These figures could not be loaded.");
    card.remove();
  });

  it("lead from the schematic to the view on health", async () => {
    const raised = [...live.alarms, live.alarms[0]!];
    const card = await show("schematic", homeOf({ live: { ...live, alarms: raised } }).hass);
    const [link, ...others] = card.shadowRoot!.querySelectorAll("a");
    expect(link!.textContent).toBe("Fault of the heat pump, Backup heater used too much, Sign-in due");
    expect(others).toHaveLength(0);
    card.remove();
  });
});

it("a chart without a change log is drawn without marks", async () => {
  const { live, answer } = RECORDS["air"]!;
  const card = await show(
    "calendar",
    homeOf({
      live,
      answer: (message) => {
        if (message.type.endsWith("/changes")) throw new Error("unknown");
        return answer!(message);
      },
    }).hass,
  );
  expect(card.shadowRoot!.querySelectorAll("circle")).toHaveLength(0);
  expect(card.shadowRoot!.querySelectorAll("rect").length).toBeGreaterThan(300);
  const marked = await show("calendar", homeOf({ live, answer: answer! }).hass);
  expect(marked.shadowRoot!.querySelectorAll(".chart circle")).toHaveLength(5);
  const chart = marked.shadowRoot!.querySelector(".chart svg")!;
  expect(chart.getAttribute("aria-label")).toContain("Changes (6): Nov 20, 2025: Building");
  for (const each of [card, marked]) each.remove();
});
