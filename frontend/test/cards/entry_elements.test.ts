// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, test, vi } from "vitest";
import type { HeatpumpCard } from "../../src/cards/base";
import { ExportsCard } from "../../src/cards/exports/exports";
import { PeakDaysCard, PeaksCard, QuarterCard } from "../../src/cards/house_meter/house_cards";
import { ProbeAlarmsCard, ProbesCard, ProbeSessionsCard } from "../../src/cards/probes/probe_cards";
import { COOKS } from "../cooks";
import { SENDERS } from "../exports";
import { GRIDS } from "../grid";
import { type Household, homeOf } from "../hass";
import { NOW } from "../households";

const HOUSE_CARDS = { quarter: QuarterCard, "peak-days": PeakDaysCard, peaks: PeaksCard };
const PROBE_CARDS = { probes: ProbesCard, alarms: ProbeAlarmsCard, sessions: ProbeSessionsCard };
const EXPORT_CARDS = { exports: ExportsCard };
const CARDS = { ...HOUSE_CARDS, ...PROBE_CARDS, ...EXPORT_CARDS };
type Name = keyof typeof CARDS;
for (const [name, card] of Object.entries(CARDS)) customElements.define(`test-${name}`, card);

beforeEach(() => vi.useFakeTimers({ now: Date.parse(NOW), toFake: ["Date", "setTimeout", "clearTimeout"] }));
afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

const settled = async (card: HeatpumpCard<unknown>) => {
  for (let turn = 0; turn < 12; turn += 1) {
    await Promise.resolve();
    await card.updateComplete;
  }
};

async function show(name: Name, household: Household, { language = "en-GB", ...more }: Record<string, string> = {}) {
  const card: HeatpumpCard<unknown> = new CARDS[name]();
  const home = homeOf(household, { language });
  card.setConfig({ type: `custom:${name}`, ...more });
  card.hass = home.hass;
  document.body.append(card);
  await settled(card);
  return { card, root: card.shadowRoot!, ...home };
}

/** All that can be read, with single spaces. */
const textOf = (root: ShadowRoot) =>
  [...root.querySelectorAll(".card")].map((each) => each.textContent).join(" ").replace(/\s+/g, " ").trim();

test.each(Object.entries({ house: [HOUSE_CARDS, GRIDS], probes: [PROBE_CARDS, COOKS], exports: [EXPORT_CARDS, SENDERS] } as const))(
  "the cards of %s show every state in both languages",
  async (_, [cards, households]) => {
    for (const name of Object.keys(cards) as Name[]) {
      for (const household of Object.values(households)) {
        for (const language of ["en-GB", "de"]) {
          const { root } = await show(name, household, { language });
          expect(textOf(root)).not.toBe("");
          expect(root.innerHTML).not.toMatch(/NaN|undefined|Infinity|\[object/);
          expect(textOf(root)).not.toMatch(/Loading|geladen|[a-z]_[a-z]/);
        }
      }
    }
  },
);

test.each(Object.keys(CARDS) as Name[])("%s has settings and a size", async (name) => {
  const { card } = await show(name, name in HOUSE_CARDS ? GRIDS["air"]! : name in PROBE_CARDS ? COOKS["three"]! : SENDERS["well"]!);
  expect((await CARDS[name].getConfigForm()).schema[0]).toMatchObject({ name: "entry_id" });
  expect(card.getGridOptions()).toHaveProperty("columns");
  expect((card as QuarterCard).getCardSize()).toBeGreaterThan(1);
});

it.each([
  ["not_found", "Choose a house meter"],
  ["several", "Choose a house meter"],
  ["not_loaded", "The integration is being loaded"],
])("says what to do where the entry is %s", async (code, text) => {
  const refusing: Household = {
    ...GRIDS["air"]!,
    answer: () => {
      throw Object.assign(new Error(), { code });
    },
  };
  const { root } = await show("quarter", refusing);
  expect(textOf(root)).toContain(text);
});

it("says what may still be drawn, and what may not", async () => {
  const { root } = await show("quarter", GRIDS["air"]!);
  expect(textOf(root)).toMatch(/^This quarter-hour 18:15 – 18:30, 6\smin left 3\.7 kW expected you may draw 5\.5\skW/);
  expect(root.querySelector("svg")!.getAttribute("aria-label")).toBe(
    "kW: expected 3.7, limit 4.5, heat pump 0.7, rest of the house 1.6, to come 1.4",
  );
  const over = textOf((await show("quarter", GRIDS["over"]!)).root);
  expect(over).toContain("4.6 kW expected, above the limit you may draw 0.0");
  const alone = textOf((await show("quarter", GRIDS["alone"]!)).root);
  expect(alone).toContain("2.6 kW expected, a new peak");
  expect(alone).toContain("billed anyway 2.5");
  expect(alone).not.toContain("heat pump");
});

it("shows no figure of a quarter-hour that was not seen", async () => {
  const restarted = textOf((await show("quarter", GRIDS["restarted"]!)).root);
  expect(restarted).toContain("– kW expected");
  expect(restarted).not.toContain("you may draw");
  expect(restarted).toContain("The next begins at 18:30.");
});

it("follows its entities, and asks for the days once for each quarter-hour", async () => {
  let start = "2026-11-12T17:15:00+00:00";
  const { answer } = GRIDS["air"]!;
  const household: Household = {
    ...GRIDS["air"]!,
    answer: (message) => {
      const answered = answer!(message);
      if (message.type !== "heatpump_monitor/house") return answered;
      const house = answered as { running: object };
      return { ...house, running: { ...house.running, start } };
    },
  };
  const { card, hass, asked } = await show("peak-days", household);
  const count = (what: string) => asked.filter(({ type }) => type === `heatpump_monitor/${what}`).length;
  expect(asked.at(-1)).toMatchObject({ first: "2026-11-01", last: "2026-11-12" });
  const change = async (value: string) => {
    card.hass = { ...hass, states: { "sensor.forecast": { state: value, attributes: {} } } };
    await settled(card);
    await vi.advanceTimersByTimeAsync(5000);
    await settled(card);
  };
  await change("3.9");
  expect([count("house"), count("house_days")]).toEqual([2, 1]);
  start = "2026-11-12T17:30:00+00:00";
  await change("0.1");
  expect([count("house"), count("house_days")]).toEqual([3, 2]);
});

it("shows the quarter-hours of a day that is chosen by keys, and closes them", async () => {
  const { card, root } = await show("peak-days", GRIDS["air"]!);
  const layer = root.querySelector<HTMLElement>(".readout")!;
  const press = (key: string) => layer.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  press("Enter");
  await settled(card);
  expect(root.querySelectorAll(".chart")).toHaveLength(1);
  for (const key of ["Home", "ArrowRight", "ArrowRight", "ArrowRight", "Enter"]) press(key);
  await settled(card);
  expect(textOf(root)).toContain("Quarter-hours of 4 Nov");
  expect(root.querySelectorAll(".chart")).toHaveLength(2);
  root.querySelector<HTMLElement>(".day button")!.click();
  await settled(card);
  expect(root.querySelectorAll(".chart")).toHaveLength(1);
});

it("leafs back to where the meter was set up, and to today again", async () => {
  const { card, root, asked } = await show("peak-days", GRIDS["air"]!);
  const buttons = () => [...root.querySelectorAll<HTMLButtonElement>(".leaf button")];
  const leaf = async (index: number) => {
    buttons()[index]!.click();
    await settled(card);
  };
  expect(buttons().map(({ disabled }) => disabled)).toEqual([false, true]);
  await leaf(0);
  expect(textOf(root)).toContain("October 2026, kW");
  expect(asked.at(-1)).toMatchObject({ first: "2026-10-01", last: "2026-10-31" });
  // It was set up on the ninth.
  await leaf(0);
  expect(buttons().map(({ disabled }) => disabled)).toEqual([true, false]);
  await leaf(1);
  await leaf(1);
  expect(textOf(root)).toContain("November 2026, kW");
});

it("says what the tariff comes to", async () => {
  const { root } = await show("peaks", GRIDS["air"]!);
  expect(textOf(root)).toContain("4.03 kW, 12 months · never below 2.5 €214 a year");
  const layer = root.querySelector<HTMLElement>(".readout")!;
  layer.dispatchEvent(new KeyboardEvent("keydown", { key: "Home" }));
  const alone = textOf((await show("peaks", GRIDS["alone"]!)).root);
  expect(alone).toContain("2.70 kW, 3 months");
  expect(alone).not.toContain("a year");
});

it("shows each probe, or the one that is chosen", async () => {
  const { root } = await show("probes", COOKS["three"]!);
  expect(root.querySelectorAll(".card")).toHaveLength(3);
  expect(textOf(root)).toContain("ready in 20 – 29");
  for (const probe of ["smoker", "Smoker, air"]) {
    expect((await show("probes", COOKS["three"]!, { probe })).root.querySelectorAll(".card")).toHaveLength(1);
  }
  expect(textOf((await show("probes", COOKS["empty"]!)).root)).toBe("No probe has sent anything yet.");
});

it("sets a target, and takes it back", async () => {
  const { root, called } = await show("probes", COOKS["three"]!);
  const [roast, smoker] = root.querySelectorAll<HTMLInputElement>("input[type=number]");
  expect([roast!.value, smoker!.value]).toEqual(["68", ""]);
  const enter = (input: HTMLInputElement, value: string) => {
    input.value = value;
    input.dispatchEvent(new Event("change"));
  };
  enter(smoker!, "93.5");
  enter(roast!, "");
  enter(smoker!, "5000");
  expect(called).toEqual([
    ["number", "set_value", { entity_id: "number.smoker_target", value: 93.5 }],
    ["switch", "turn_off", { entity_id: "switch.roast_alarm" }],
  ]);
});

it("starts and stops sessions", async () => {
  const { root, called } = await show("probes", COOKS["three"]!);
  const buttons = [...root.querySelectorAll("button")];
  expect(buttons.map((each) => each.getAttribute("aria-label"))).toEqual([
    "Stop session: Roast, core",
    "Start session: Smoker, air",
    "Start session: Freezer",
  ]);
  buttons.slice(0, 2).forEach((each) => each.click());
  expect(called).toEqual([
    ["switch", "turn_off", { entity_id: "switch.roast_session" }],
    ["switch", "turn_on", { entity_id: "switch.smoker_session" }],
  ]);
});

it("names the session that goes on", async () => {
  const { root, called } = await show("probes", COOKS["three"]!);
  const [name, ...others] = root.querySelectorAll<HTMLInputElement>(".session input");
  expect([name!.value, others.length]).toEqual(["Roast", 0]);
  for (const value of ["Sunday roast", " "]) {
    name!.value = value;
    name!.dispatchEvent(new Event("change"));
  }
  expect(called).toEqual([["text", "set_value", { entity_id: "text.roast_session", value: "Sunday roast" }]]);
});

it("opens the dialog that sets an alarm", async () => {
  const { root } = await show("alarms", COOKS["three"]!);
  const opened: unknown[] = [];
  document.body.addEventListener("hass-more-info", (event) => opened.push((event as CustomEvent).detail));
  const buttons = [...root.querySelectorAll("button")];
  buttons[0]!.click();
  expect(opened).toEqual([{ entityId: "number.roast_target" }]);
  expect(buttons.map((each) => each.disabled)).toEqual([false, false, false, true]);
  expect(textOf((await show("alarms", COOKS["empty"]!)).root)).toContain("None is set.");
});

it("shows the curve of a past session when it is pressed", async () => {
  const { card, root } = await show("sessions", COOKS["three"]!);
  const [brisket] = root.querySelectorAll("button");
  expect(textOf(root)).toMatch(/Brisket Roast, core · 8 Nov · 12\sh 45\smin max 95\s°C/);
  expect(root.querySelector("svg")).toBeNull();
  brisket!.click();
  await settled(card);
  expect(brisket!.getAttribute("aria-expanded")).toBe("true");
  expect(root.querySelectorAll(".chart")).toHaveLength(1);
  brisket!.click();
  await settled(card);
  expect(root.querySelector(".chart")).toBeNull();
});

it("shows how each export goes, and warns of what is lost", async () => {
  const well = textOf((await show("exports", SENDERS["well"]!)).root);
  expect(well).toMatch(/^Exports InfluxDB connected Everything is sent\.\s?Last success 42\ss ago$/);
  const { root } = await show("exports", SENDERS["away"]!);
  expect(textOf(root)).toContain("not connected since 10 Nov, 16:12 51,840 points not sent, the oldest of 10 Nov, 16:12");
  expect(textOf(root)).toContain("1,204 points lost in 24 h");
  const colours = [...root.querySelectorAll("path")].map((path) => path.getAttribute("fill"));
  expect(colours).toEqual(["var(--hp-warning)", "var(--hp-quiet)", "var(--hp-quiet)"]);
  expect(textOf((await show("exports", SENDERS["none"]!)).root)).toBe("Exports No export is set up.");
});
