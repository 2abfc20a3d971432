import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Failure, listen } from "../src/data/live";
import type { Connection } from "../src/lib/hass";
import { localeOf } from "./hass";
import { HEATING } from "./households";

/** A connection that answers as it is told, and can be lost. */
function connected() {
  const ready = new Set<() => void>();
  const open: { send: (message: unknown) => void; message: object }[] = [];
  let stopped = 0;
  const home = {
    /** The code of the error that the next questions get. */
    error: null as string | null,
    open,
    ready,
    stopped: () => stopped,
    locale: localeOf("de").locale,
    reconnect: () => ready.forEach((listener) => listener()),
    connection: {
      subscribeMessage: async (callback, message) => {
        if (home.error) throw { code: home.error };
        open.push({ send: callback as (message: unknown) => void, message });
        return async () => {
          stopped += 1;
        };
      },
      addEventListener: (_, listener) => ready.add(listener),
      removeEventListener: (_, listener) => ready.delete(listener),
    } satisfies Connection as Connection,
  };
  return home;
}

let heard: (string | Failure | null)[];
const listener = (live: { title: string } | null, failure: Failure | null) => {
  heard.push(live?.title ?? failure);
};
const flush = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  heard = [];
});
afterEach(() => vi.useRealTimers());

it("recovers from a heat pump that is not loaded yet", async () => {
  const home = connected();
  const stop = listen(home, "a", listener);
  await flush();
  home.open[0]!.send(null);
  home.open[0]!.send(HEATING);
  home.open[0]!.send(null);
  expect(heard).toEqual(["starting", HEATING.title, "starting"]);
  stop();
});

it("subscribes once for all cards, and stops with the last", async () => {
  const home = connected();
  const stops = [() => {}, () => {}].map((other) => listen(home, "a", other));
  await flush();
  expect(home.open.map(({ message }) => message)).toEqual([
    { type: "heatpump_monitor/live", entry_id: "a", language: "de" },
  ]);
  stops[0]!();
  expect(home.stopped()).toBe(0);
  stops[1]!();
  expect(home.stopped()).toBe(1);
  expect(home.ready.size).toBe(0);
  // Attached again, it begins again.
  const stop = listen(home, "a", listener);
  await flush();
  expect(home.open).toHaveLength(2);
  stop();
});

it("stops a subscription that is answered after its card has gone", async () => {
  const home = connected();
  listen(home, "a", listener)();
  await flush();
  expect(home.stopped()).toBe(1);
  home.open[0]!.send(HEATING);
  expect(heard).toEqual([]);
});

it("begins again when Home Assistant is there again, once it knows the command", async () => {
  const home = connected();
  const stop = listen(home, undefined, listener);
  await flush();
  home.open[0]!.send(HEATING);
  home.error = "unknown_command";
  home.reconnect();
  await flush();
  expect(heard).toEqual([HEATING.title, "starting"]);
  home.error = null;
  await vi.advanceTimersByTimeAsync(5000);
  home.open[1]!.send(HEATING);
  expect(heard.at(-1)).toBe(HEATING.title);
  // What the lost connection had under way comes too late.
  home.open[0]!.send(null);
  expect(heard.at(-1)).toBe(HEATING.title);
  stop();
  expect(vi.getTimerCount()).toBe(0);
});

it("does not retry for a card that has gone", async () => {
  const home = connected();
  home.error = "unknown_command";
  const stop = listen(home, "a", listener);
  await flush();
  expect(vi.getTimerCount()).toBe(1);
  stop();
  expect(vi.getTimerCount()).toBe(0);
});

it.each(["several", "not_found"] as const)("says %s, and asks no more", async (error) => {
  const home = connected();
  home.error = error;
  const stop = listen(home, "a", listener);
  await flush();
  expect(heard).toEqual([error]);
  expect(vi.getTimerCount()).toBe(0);
  stop();
});
