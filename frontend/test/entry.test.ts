// @vitest-environment happy-dom
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import type { HomeAssistant } from "../src/lib/hass";
import { homeOf } from "./hass";
import { HEATING } from "./households";

vi.mock("../src/cards/flags/card", () => {
  throw new Error("404");
});

const { hass } = homeOf({ live: HEATING });
const DEVICES = { pump: { primary_config_entry: "air" } };
const ENTITIES = {
  "sensor.x": { platform: "heatpump_monitor", translation_key: "jaz_rolling", device_id: "pump" },
  "sensor.y": { platform: "other", translation_key: "jaz_rolling", device_id: "pump" },
  "sensor.z": { platform: "heatpump_monitor", translation_key: "phase_power", device_id: "pump" },
};
const ONE: HomeAssistant = { ...hass, entities: ENTITIES, devices: DEVICES };
const TWO: HomeAssistant = {
  ...hass,
  entities: {
    ...ENTITIES,
    "sensor.w": { platform: "heatpump_monitor", translation_key: "jaz_rolling", device_id: "two" },
  },
  devices: { ...DEVICES, two: { primary_config_entry: "brine" } },
};

beforeAll(async () => {
  vi.useFakeTimers();
  await import("../src/entry");
  // Home Assistant 2026.10 puts a registry of its own in place before that.
  expect(customElements.get("heatpump-monitor-jaz")).toBeUndefined();
  customElements.define("home-assistant", class extends HTMLElement {});
  await customElements.whenDefined("ll-strategy-dashboard-heatpump-monitor");
  expect(window.customCards![0]!.name).toBeUndefined();
  await vi.advanceTimersByTimeAsync(3000);
  vi.useRealTimers();
  await vi.waitFor(() => expect(window.customCards![0]!.name).toBeDefined());
});

afterEach(() => {
  document.documentElement.lang = "en";
  document.body.replaceChildren();
});

const cards = () => window.customCards!;
const tagOf = (name: string) => `heatpump-monitor-${name}`;
const classOf = (name: string) =>
  customElements.get(tagOf(name)) as unknown as {
    getStubConfig(hass: HomeAssistant): object;
    getConfigForm(): Promise<{ schema: object[] }>;
  };
const suggested = (home: HomeAssistant, entity: string) =>
  cards().flatMap((each) => each.getEntitySuggestion(home, entity) ?? []);

it("lists each card with a name and a description in the language of the page", () => {
  expect(window.customStrategies).toMatchObject([{ type: "heatpump-monitor", name: "Heat pump" }]);
  const names = () => cards().map(({ name, description }) => `${name}: ${description}`);
  const english = names();
  document.documentElement.lang = "de";
  names().forEach((name, index) => {
    expect(name).toMatch(/^(Wärmepumpe|Hauszähler|Fühler|Exporte)/);
    expect(name).not.toBe(english[index]);
  });
});

it("suggests a card for what it shows, and nothing for entities of others", () => {
  expect(suggested(ONE, "sensor.x")).toEqual([
    { label: "Heat pump JAZ", config: { type: "custom:heatpump-monitor-jaz" } },
  ]);
  expect(suggested(ONE, "sensor.y")).toEqual([]);
  expect(suggested(ONE, "sensor.z")).toEqual([]);
  expect(suggested(hass, "sensor.x")).toEqual([]);
});

it("names the heat pump only where there are several", () => {
  expect(suggested(TWO, "sensor.w")[0]!.config.entry_id).toBe("brine");
  expect(classOf("jaz").getStubConfig(TWO)).toEqual({ entry_id: "air" });
  expect(classOf("jaz").getStubConfig(ONE)).toEqual({});
  expect(classOf("jaz").getStubConfig(hass)).toEqual({});
});

it("names the house meter or the probes only beside others of their kind", () => {
  const entity = (key: string, device: string) => ({
    platform: "heatpump_monitor",
    translation_key: key,
    device_id: device,
  });
  const home: HomeAssistant = {
    ...ONE,
    entities: {
      "sensor.m": entity("quarter_forecast", "meter"),
      ...ENTITIES,
      "sensor.p": entity("time_to_target", "probe"),
      "sensor.q": entity("time_to_target", "other probe"),
    },
    devices: {
      ...DEVICES,
      meter: { primary_config_entry: "meter" },
      probe: { primary_config_entry: "grill" },
      "other probe": { primary_config_entry: "fridge" },
    },
  };
  expect(classOf("jaz").getStubConfig(home)).toEqual({});
  expect(classOf("quarter").getStubConfig(home)).toEqual({});
  expect(classOf("probes").getStubConfig(home)).toEqual({ entry_id: "grill" });
  expect(suggested(home, "sensor.m").map(({ config }) => config)).toEqual(
    ["quarter", "peak-days", "peaks"].map((name) => ({ type: `custom:${tagOf(name)}` })),
  );
  expect(suggested(home, "sensor.q")[0]!.config.entry_id).toBe("fridge");
});

it("has a form for every card that can be loaded", async () => {
  expect(cards().length).toBeGreaterThan(18);
  for (const { type } of cards()) {
    const name = type.replace(tagOf(""), "");
    if (name === "flags") continue;
    const { schema } = await classOf(name).getConfigForm();
    expect(schema[0]).toMatchObject({ name: "entry_id" });
  }
});

it("puts the card in its place, and has its size asked for again then", async () => {
  const element = document.createElement(tagOf("today")) as HTMLElement & {
    setConfig(config: object): void;
    getGridOptions(): { columns: unknown };
  };
  element.setConfig({ type: "custom:heatpump-monitor-today" });
  expect(element.getGridOptions()).toEqual({ columns: "full" });
  const upgraded = new Promise((done) => element.addEventListener("ll-upgrade", done));
  document.body.append(element);
  await upgraded;
  expect(element.firstElementChild!.localName).toBe("heatpump-monitor-today-card");
  expect(element.getGridOptions().columns).toBe(12);
});

it("asks to reload a page whose code an update took away", async () => {
  const element = document.createElement(tagOf("flags"));
  document.body.append(element);
  await vi.waitFor(() => expect(element.textContent).toContain("please reload it"));
});
