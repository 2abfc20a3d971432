import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Command, watchOf } from "../src/data/watch";
import type { HomeAssistant } from "../src/lib/hass";
import { homeOf } from "./hass";
import { HEATING } from "./households";

interface Answer {
  entities: string[];
  age_ms: number | null;
  count: number;
}

const COMMAND: Command<Answer> = {
  name: "house",
  ask: (hass, entry_id) => hass.callWS({ type: "heatpump_monitor/house", entry_id }),
  entities: ({ entities }) => entities,
  agesAfterMs: ({ age_ms }) => age_ms,
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const state = (value: string) => ({ state: value, attributes: {} });

/** A home that counts its answers, and a listener to them. */
function watched(answer: () => Partial<Answer> = () => ({})) {
  let count = 0;
  const states = { "sensor.a": state("1"), "sensor.other": state("1") };
  const home = homeOf({
    live: HEATING,
    states,
    answer: () => ({ entities: ["sensor.a"], age_ms: null, ...answer(), count: (count += 1) }),
  });
  const ready: (() => void)[] = [];
  const connection = {
    ...home.hass.connection,
    addEventListener: (_: "ready", listener: () => void) => void ready.push(listener),
    removeEventListener: (_: "ready", listener: () => void) => void ready.splice(ready.indexOf(listener), 1),
  };
  const hass: HomeAssistant = { ...home.hass, connection, states };
  const watch = watchOf(hass, COMMAND, "meter");
  const heard: (number | string | null)[] = [];
  const listen = () => watch.add((data, failure) => heard.push(data ? data.count : failure));
  const change = (more: object) => watch.look({ ...hass, states: { ...states, ...more } });
  return { hass, watch, heard, listen, change, ready, asked: home.asked };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe("what an entry sends", () => {
  it("is asked once for all cards of a page", async () => {
    const { hass, heard, listen, asked } = watched();
    listen();
    listen();
    expect(watchOf(hass, COMMAND, "meter")).toBe(watchOf(hass, COMMAND, "meter"));
    expect(watchOf(hass, COMMAND, "other")).not.toBe(watchOf(hass, COMMAND, "meter"));
    await pass(600_000);
    expect(heard).toEqual([1, 1]);
    expect(asked).toEqual([{ type: "heatpump_monitor/house", entry_id: "meter" }]);
  });

  it("is asked again when one of its entities changes, and no other", async () => {
    const { heard, listen, change } = watched();
    listen();
    await pass(10_000);
    change({ "sensor.other": state("2") });
    await pass(10_000);
    expect(heard).toEqual([1]);
    change({ "sensor.a": state("2") });
    await pass(1000);
    expect(heard).toEqual([1, 2]);
  });

  it("is asked at a pace, and the last change is not lost", async () => {
    const { heard, listen, change } = watched();
    listen();
    await pass(10_000);
    for (let turn = 0; turn < 40; turn += 1) {
      change({ "sensor.a": state(String(turn)) });
      await pass(100);
    }
    await pass(10_000);
    expect(heard).toEqual([1, 2, 3]);
  });

  it("is asked again when it is old, though nothing changed", async () => {
    const { heard, listen } = watched(() => ({ age_ms: 60_000 }));
    listen();
    await pass(59_000);
    expect(heard).toEqual([1]);
    await pass(61_500);
    expect(heard).toEqual([1, 2, 3]);
  });

  it("is not asked in a hurry where the answer is old when it comes", async () => {
    const { heard, listen } = watched(() => ({ age_ms: -5000 }));
    listen();
    await pass(12_500);
    expect(heard).toEqual([1, 2, 3, 4]);
  });

  it("is asked when the connection is there again", async () => {
    const { heard, listen, ready } = watched();
    listen();
    await pass(0);
    for (const each of ready) each();
    await pass(0);
    expect(heard).toEqual([1, 2]);
  });

  it("is not kept where it comes after the last card is gone", async () => {
    const { heard, listen } = watched();
    listen()();
    await pass(5000);
    listen();
    expect(heard).toEqual([]);
    await pass(0);
    expect(heard).toEqual([2]);
  });

  it("is forgotten when no card shows it, and asked anew", async () => {
    const { heard, listen, change, ready } = watched(() => ({ age_ms: 60_000 }));
    const stop = listen();
    await pass(0);
    stop();
    change({ "sensor.a": state("2") });
    await pass(600_000);
    expect(heard).toEqual([1]);
    expect(ready).toEqual([]);
    listen();
    expect(heard).toEqual([1]);
    await pass(0);
    expect(heard).toEqual([1, 2]);
  });
});

it.each([
  ["not_found", "not_found", 1],
  ["several", "several", 1],
  ["not_loaded", "starting", 3],
  ["unknown_command", "starting", 3],
  ["unknown_error", "starting", 1],
])("says %s as %s", async (code, failure, times) => {
  const { heard, listen } = watched(() => {
    throw Object.assign(new Error(), { code });
  });
  listen();
  await pass(12_000);
  expect(heard).toEqual(Array(times).fill(failure));
});

it("comes back after a reload of the entry", async () => {
  let isLoaded = true;
  const { heard, listen, change } = watched(() => {
    if (!isLoaded) throw Object.assign(new Error(), { code: "not_loaded" });
    return {};
  });
  listen();
  await pass(10_000);
  isLoaded = false;
  change({ "sensor.a": state("unavailable") });
  await pass(1000);
  isLoaded = true;
  await pass(10_000);
  expect(heard).toEqual([1, "starting", 2]);
});
