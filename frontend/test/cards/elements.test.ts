// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import type { HeatpumpCard } from "../../src/cards/base";
import { CompareCard } from "../../src/cards/compare/card";
import { CostCard } from "../../src/cards/cost/card";
import { DemandCard } from "../../src/cards/demand/card";
import { JazCard } from "../../src/cards/jaz/card";
import { ModesCard } from "../../src/cards/modes/card";
import { MonthsCard } from "../../src/cards/months/card";
import { PickerCard } from "../../src/cards/picker/card";
import { choose } from "../../src/cards/picker/period";
import { SankeyCard } from "../../src/cards/sankey/card";
import { ScatterCard } from "../../src/cards/scatter/card";
import { TodayCard } from "../../src/cards/today/card";
import { UsualCard } from "../../src/cards/usual/card";
import type { HomeAssistant } from "../../src/lib/hass";
import { homeOf } from "../hass";
import { RECORDS } from "../runs";
import { PASTS } from "../years";

const CARDS = {
  today: TodayCard,
  jaz: JazCard,
  usual: UsualCard,
  months: MonthsCard,
  modes: ModesCard,
  scatter: ScatterCard,
  sankey: SankeyCard,
  picker: PickerCard,
  cost: CostCard,
  compare: CompareCard,
  demand: DemandCard,
};
type Name = keyof typeof CARDS;
const NAMES = Object.keys(CARDS) as Name[];
for (const [name, card] of Object.entries(CARDS)) customElements.define(`test-${name}`, card);

const AIR = PASTS["air"]!;

let count = 0;

async function show(name: Name, hass: HomeAssistant, more: object = {}) {
  const card: HeatpumpCard = new CARDS[name]();
  card.setConfig({ type: `custom:${name}`, entry_id: `entry ${(count += 1)}`, ...more });
  card.hass = hass;
  document.body.append(card);
  await settled(card);
  return card;
}

async function settled(card: HeatpumpCard) {
  for (let turn = 0; turn < 5; turn += 1) {
    await card.updateComplete;
    await Promise.resolve();
  }
}

/** All that can be read, with single spaces. */
function textOf(card: HeatpumpCard): string {
  const copy = card.shadowRoot!.querySelector(".card")!;
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}

test.each(NAMES)("%s shows every household without failing", async (name) => {
  for (const past of Object.values(PASTS)) {
    const card = await show(name, homeOf(past).hass);
    expect(textOf(card)).not.toBe("");
    expect(textOf(card)).not.toMatch(/Loading|NaN|undefined|Infinity/);
    expect(card.shadowRoot!.innerHTML).not.toMatch(/NaN|undefined|Infinity/);
    card.remove();
  }
});

test.each(NAMES)("%s has settings and a size", async (name) => {
  const Card = CARDS[name];
  const form = await Card.getConfigForm();
  expect(form.schema[0]).toMatchObject({ name: "entry_id" });
  expect(form.computeLabel({ name: "entry_id" })).toBe("Heat pump");
  expect(Card.getStubConfig()).toBeTypeOf("object");
  expect(new Card().getGridOptions()).toHaveProperty("columns");
  expect(new Card().getCardSize()).toBeGreaterThan(0);
});

test("what several cards need is asked once", async () => {
  const { hass, asked } = homeOf(AIR);
  const more = { entry_id: "shared" };
  await show("usual", hass, more);
  await show("scatter", hass, more);
  await show("jaz", hass, more);
  await show("demand", hass, more);
  const types = asked.map(({ type }) => type);
  expect(types.slice(0, 2)).toEqual(["heatpump_monitor/days", "heatpump_monitor/changes"]);
  expect(types.filter((type) => type.endsWith("changes"))).toHaveLength(1);
});

test("cards follow the picker of their heat pump", async () => {
  const { hass } = homeOf(AIR);
  const more = { entry_id: "picked" };
  const picker = await show("picker", hass, more);
  const modes = await show("modes", hass, more);
  const jaz = await show("jaz", hass, more);
  expect(textOf(modes)).toContain("Nov 13, 2025 – Nov 12, 2026");
  const menu = picker.shadowRoot!.querySelector("select")!;
  menu.value = "month";
  menu.dispatchEvent(new Event("change"));
  await settled(modes);
  expect(textOf(modes)).toContain("Nov 1 – 12, 2026");
  const [back] = picker.shadowRoot!.querySelectorAll("button");
  await settled(picker);
  back!.click();
  await settled(modes);
  expect(textOf(modes)).toContain("Oct 1 – 31, 2026");
  // It stands beside today's figures, unless it is set to follow.
  expect(textOf(jaz)).toContain("Nov 13, 2025");
});

test("a new day is asked for, a new reading is not", async () => {
  const { hass, asked, send } = homeOf(AIR);
  const card = await show("usual", hass);
  const { live } = AIR;
  send({ ...live, electricity_w: 900 });
  await settled(card);
  expect(asked).toHaveLength(1);
  const today = { ...live.today, first: "2026-11-13", last: "2026-11-13" };
  send({ ...live, today });
  await settled(card);
  expect(asked).toHaveLength(2);
});

test("today's figures are those of now", async () => {
  const { hass, send } = homeOf(AIR);
  const card = await show("today", hass);
  expect(textOf(card)).toContain("53.6");
  const { live } = AIR;
  send({ ...live, today: { ...live.today, heat_kwh: 61.2 } });
  await settled(card);
  expect(textOf(card)).toContain("61.2");
});

test("today has neither a COP nor a band before an hour is paired", async () => {
  const { live } = AIR;
  const early = { ...live.today, paired_days: 0.01, cop_low: -0.5, cop_high: 8 };
  const card = await show("today", homeOf({ ...AIR, live: { ...live, today: early } }).hass);
  expect(textOf(card)).toContain("COP – too little measured yet");
});

test("without any mode of the days there is no empty grid", async () => {
  const days = AIR.days.map((day) => ({ ...day, modes: {} }));
  const live = { ...AIR.live, today: { ...AIR.live.today, modes: {} } };
  const card = await show("scatter", homeOf({ live, answer: () => days }).hass, { x: "supply" });
  expect(textOf(card)).toContain("Too few days with both known yet.");
  expect(card.shadowRoot!.querySelector("svg")).toBeNull();
});

test("the scatter is switched to the supply, and says which days have none", async () => {
  const card = await show("scatter", homeOf(PASTS["imported"]!).hass);
  expect(textOf(card)).toContain("COP against outside temperature");
  expect(textOf(card)).not.toContain("no supply temperature");
  const [, supply] = card.shadowRoot!.querySelectorAll("button");
  supply!.click();
  await settled(card);
  expect(textOf(card)).toContain("COP against supply temperature");
  expect(textOf(card)).toContain("Of 240 of 360 days no supply temperature is known");
});

test("without any supply temperature there is nothing to switch to", async () => {
  const past = PASTS["imported"]!;
  const more = { entry_id: "imported alone" };
  choose("imported alone", { kind: "month", first: "2026-03-01", last: "2026-03-31" });
  const card = await show("scatter", homeOf(past).hass, { ...more, x: "supply" });
  expect(card.shadowRoot!.querySelector("button")).toBeNull();
  expect(textOf(card)).toContain("COP against outside temperature");
  expect(textOf(card)).toContain("Of 31 of 31 days no supply temperature is known");
});

test("another period is chosen in the card, and asked for once", async () => {
  const { hass, asked } = homeOf(PASTS["long"]!);
  const more = { entry_id: "compared" };
  choose("compared", { kind: "month", first: "2026-10-01", last: "2026-10-31" });
  const card = await show("compare", hass, more);
  expect(textOf(card)).toContain("Oct 1 – 31, 2025");
  const menu = card.shadowRoot!.querySelector("select")!;
  menu.value = "before";
  menu.dispatchEvent(new Event("change"));
  await settled(card);
  expect(textOf(card)).toContain("Sep 1 – 30, 2026");
  expect(asked.filter(({ type }) => type.endsWith("figures"))).toHaveLength(3);
  choose("compared", { kind: "all", first: "2022-03-14", last: "2026-11-12" });
  await settled(card);
  expect(textOf(card)).toContain("choose a shorter period");
});

test("a price that is not entered has a link instead of a card", async () => {
  const link = async (name: string) =>
    (await show("modes", homeOf(PASTS[name]!).hass)).shadowRoot!.querySelector("a");
  expect((await link("rough"))!.getAttribute("href")).toMatch(/heatpump_monitor$/);
  expect(await link("air")).toBeNull();
});

test("the first day and two months have words for what is missing", async () => {
  const said = async (name: Name, past: string) => textOf(await show(name, homeOf(PASTS[past]!).hass));
  expect(await said("demand", "new")).toContain("0 of 20");
  expect(await said("compare", "new")).toContain("No time with both");
  expect(await said("compare", "young")).toContain("Counting began on Sep 19, 2026");
  expect(await said("cost", "young")).toContain("No sum of the cost: only 75 %");
  expect(await said("months", "young")).toContain("Day by day Sep 19 – Nov 12, 2026");
});

test("the figures of another period are not shown while waiting", async () => {
  const { hass } = homeOf(AIR);
  const more = { entry_id: "waiting" };
  const card = await show("months", hass, more);
  expect(textOf(card)).toContain("Month by month");
  choose("waiting", { kind: "month", first: "2026-10-01", last: "2026-10-31" });
  await card.updateComplete;
  expect(textOf(card)).toBe("Loading");
  await settled(card);
  expect(textOf(card)).toContain("Day by day Oct 1 – 31, 2026");
});

test("charts over time have one tick for each day with changes", async () => {
  const { hass } = homeOf(RECORDS["air"]!);
  const jaz = await show("jaz", hass);
  await vi.waitFor(() => expect(jaz.shadowRoot!.querySelector(".strip path")).not.toBeNull());
  await settled(jaz);
  const ticksOf = (card: HeatpumpCard, selector: string) =>
    card.shadowRoot!.querySelector(selector)!.getAttribute("d")!.match(/M/g);
  expect(ticksOf(jaz, ".strip path")).toHaveLength(5);
  expect(textOf(jaz)).toContain("Changes (6): Nov 20, 2025: Building: attic insulated;");
  const months = await show("months", hass);
  expect(ticksOf(months, '.chart svg > path[d*="v8"]')).toHaveLength(5);
  const [layer] = months.shadowRoot!.querySelectorAll(".readout");
  layer!.dispatchEvent(new KeyboardEvent("keydown", { key: "End" }));
  await settled(months);
  expect(textOf(months)).toContain("Nov 8: Maintenance: filter of the heating water cleaned");
});

test("a failed answer is said, and asked again after a while", async () => {
  let isBroken = true;
  const { hass, asked, send } = homeOf({
    ...AIR,
    answer(message) {
      if (isBroken) throw new Error("no");
      return AIR.answer(message);
    },
  });
  const card = await show("scatter", hass);
  expect(textOf(card)).toBe("These figures could not be loaded.");
  isBroken = false;
  vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ["Date"] });
  send({ ...AIR.live, today: { ...AIR.live.today, heat_kwh: 54 } });
  await settled(card);
  vi.useRealTimers();
  expect(asked.filter(({ type }) => type.endsWith("/days"))).toHaveLength(2);
  expect(textOf(card)).toContain("Heating: 3.7 at 0 °C");
});

test("a card is dark only where Home Assistant is", async () => {
  const { hass } = homeOf(AIR);
  // While the page starts, it is not known.
  const card = await show("jaz", { ...hass, themes: {} });
  expect(card.hasAttribute("dark")).toBe(false);
  for (const darkMode of [true, false]) {
    card.hass = { ...hass, themes: { darkMode } };
    await settled(card);
    expect(card.hasAttribute("dark")).toBe(darkMode);
  }
  card.remove();
});
