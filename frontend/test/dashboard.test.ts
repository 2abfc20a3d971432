import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Entry, HeatPumpEntry } from "../src/data/contract";
import type { HomeAssistant } from "../src/lib/hass";
import { CARD_TEXTS } from "../src/lib/texts/cards";
import { generate, generateView } from "../src/strategy/dashboard";
import { homeOf } from "./hass";
import { HEATING } from "./households";

const AIR: HeatPumpEntry = {
  entry_id: "air",
  title: "Vitocal 252-A",
  entities: { supply_temperature: "sensor.supply", power: "sensor.power" },
  has: { account: true, export: false, hot_water: true, maker_spf: false, tariff: true },
};
const BRINE: HeatPumpEntry = {
  entry_id: "brine",
  title: "Vitocal 300-G",
  entities: {},
  has: { account: false, export: false, hot_water: false, maker_spf: true, tariff: false },
};

interface View {
  title: string;
  path: string;
  sections: { cards: { type: string; entry_id?: string; content?: string }[] }[];
}

function home(answer: () => Entry[], language = "en"): HomeAssistant {
  return homeOf({ live: HEATING, answer }, { language }).hass;
}

async function viewsOf(hass: HomeAssistant, config = {}): Promise<View[]> {
  return ((await generate(config, hass)) as { views: View[] }).views;
}

const cardsOf = ({ sections }: View) =>
  sections.flatMap(({ cards }) => cards.map(({ type }) => type.replace("custom:heatpump-monitor-", "")));
const textsOf = (views: View[]) =>
  views.flatMap(({ sections }) => sections.flatMap(({ cards }) => cards.map(({ content }) => content)));

it("has a view only where there is something to show", async () => {
  const air = await viewsOf(home(() => [AIR], "de"));
  expect(air.map(({ path }) => path)).toEqual([
    "now",
    "efficiency",
    "house",
    "changes",
    "runs",
    "temperatures",
    "health",
  ]);
  expect(air[0]!.title).toBe("Jetzt");
  expect(cardsOf(air[0]!)).toEqual(["schematic", "today", "jaz", "last-day", "usual"]);
  expect(cardsOf(air[4]!)).toContain("charges");
  expect(cardsOf(air[6]!)).toContain("calls");
  expect(cardsOf(air[6]!)).not.toContain("maker");
  const brine = await viewsOf(home(() => [BRINE]));
  expect(brine.map(({ path }) => path)).not.toContain("temperatures");
  expect(cardsOf(brine[4]!)).not.toContain("charges");
  expect(cardsOf(brine.at(-1)!)).toEqual(["alarms", "calendar", "flags", "sources", "maker"]);
});

it("has only cards that there are, and a cost only with a tariff", async () => {
  const views = await viewsOf(home(() => [AIR, BRINE]));
  const own = views.filter(({ path }) => !path.startsWith("temperatures")).flatMap(cardsOf);
  for (const name of own) expect(CARD_TEXTS).toHaveProperty([name]);
  const withCost = views.filter((view) => cardsOf(view).includes("cost"));
  expect(withCost.map(({ path }) => path)).toEqual(["efficiency"]);
});

it("has the views of each of several heat pumps, with their names", async () => {
  const views = await viewsOf(home(() => [AIR, BRINE]));
  expect(new Set(views.map(({ path }) => path)).size).toBe(views.length);
  expect(views.find(({ path }) => path === "now-2")!.title).toBe("Now: Vitocal 300-G");
  const only = await viewsOf(home(() => [AIR, BRINE]), { entry_id: "brine" });
  expect(only[0]).toMatchObject({ path: "now", title: "Now" });
  expect(only[0]!.sections[0]!.cards[0]!.entry_id).toBe("brine");
});

const METER: Entry = { entry_id: "meter", title: "P1", kind: "house_meter" };
const GRILL: Entry = { entry_id: "grill", title: "Grill", kind: "probes" };

it("has a view of each other kind, without a heat pump, too", async () => {
  const views = await viewsOf(home(() => [GRILL, METER], "de"));
  expect(views.map(({ path, title }) => [path, title])).toEqual([
    ["house-meter", "Hauszähler"],
    ["probes", "Fühler"],
  ]);
  expect(cardsOf(views[0]!)).toEqual(["quarter", "peaks", "peak-days"]);
  expect(cardsOf(views[1]!)).toEqual(["probes", "probe-alarms", "probe-sessions"]);
  expect(views[1]!.sections[0]!.cards[0]!.entry_id).toBe("grill");
  for (const name of views.flatMap(cardsOf)) expect(CARD_TEXTS).toHaveProperty([name]);
});

it("shows all exports in the view on health, and nothing of them without a heat pump", async () => {
  const exported: Entry = { entry_id: "db", title: "InfluxDB", kind: "export" };
  const air: Entry = { ...AIR, has: { ...AIR.has, export: true } };
  const views = await viewsOf(home(() => [air, exported]));
  expect(views).toHaveLength(7);
  expect(cardsOf(views[6]!)).toEqual(["alarms", "calendar", "flags", "sources", "calls", "exports"]);
  const card = views[6]!.sections[1]!.cards.at(-1)!;
  expect(card.entry_id).toBeUndefined();
  expect((await viewsOf(home(() => [exported, METER]))).map(({ path }) => path)).toEqual(["house-meter"]);
});

it("names entries only beside others of their kind, and knows no later kinds", async () => {
  const fridge: Entry = { ...GRILL, entry_id: "fridge", title: "Fridge" };
  const exported: Entry = { entry_id: "db", title: "InfluxDB", kind: "export" };
  const views = await viewsOf(home(() => [exported, GRILL, fridge, METER, { ...BRINE, kind: "heat_pump" }]));
  expect(views.map(({ path }) => path).slice(-3)).toEqual(["house-meter", "probes", "probes-2"]);
  expect(views.map(({ title }) => title).slice(-3)).toEqual(["House meter", "Probes: Grill", "Probes: Fridge"]);
  expect(views[0]).toMatchObject({ path: "now", title: "Now" });
});

it("finds a single view in any entry", async () => {
  const hass = home(() => [AIR, METER]);
  expect(await generateView({ view: "house-meter" }, hass)).toMatchObject({ path: "house-meter" });
  expect(await generateView({ entry_id: "meter" }, hass)).toMatchObject({ path: "house-meter" });
  expect(await generateView({}, hass)).toMatchObject({ path: "now" });
});

it("says that there is nothing", async () => {
  expect(textsOf(await viewsOf(home(() => [])))).toEqual([
    "No heat pump, house meter or probe is loaded. See Settings, Devices & services.",
  ]);
});

describe("while Home Assistant starts", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  let entries: Entry[] | null = null;
  const starting = home(() => {
    if (entries) return entries;
    throw Object.assign(new Error(), { code: "unknown_command" });
  });

  it("keeps the views of an open page until it has", async () => {
    let views: View[] | null = null;
    void viewsOf(starting).then((built) => (views = built));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(views).toBeNull();
    entries = [AIR];
    await vi.advanceTimersByTimeAsync(2000);
    expect(views).toHaveLength(7);
    entries = null;
  });

  it("says so if that lasts", async () => {
    const said = ["The integration is being loaded. If this lasts, see Settings, Devices & services."];
    const views = viewsOf(starting);
    const view = generateView({ view: "runs" }, starting) as Promise<View>;
    await vi.advanceTimersByTimeAsync(130_000);
    expect(textsOf(await views)).toEqual(said);
    expect(textsOf([await view])).toEqual(said);
  });
});

it("shows an error that it does not know", async () => {
  const broken = home(() => {
    throw Object.assign(new Error(), { code: "unknown_error" });
  });
  await expect(generate({}, broken)).rejects.toMatchObject({ code: "unknown_error" });
});
