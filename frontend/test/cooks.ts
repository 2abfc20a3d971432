/** Invented probes: 12 Nov 2026, 18:24, and what they answer. */

import type { Point, Probe, Session } from "../src/data/contract";
import type { Household } from "./hass";
import { HEATING, NOW } from "./households";
import { numbers } from "./numbers";

const MINUTE = 60_000;
const END = Date.parse(NOW);
const iso = (ms: number) => new Date(ms).toISOString();

/** A value each minute, until some minutes ago. */
function curve(minutes: number, valueAt: (minute: number) => number, ago = 0): Point[] {
  return Array.from({ length: minutes - ago + 1 }, (_, minute) => [
    END - (minutes - minute) * MINUTE,
    valueAt(minute),
  ]);
}

const NOTHING: Probe["settings"] = {
  target_c: null,
  high_c: null,
  low_c: null,
  rising_k_per_min: null,
  falling_k_per_min: null,
  hysteresis_k: 0.5,
  hold_s: 30,
  silent_s: null,
  starts_by_rise: true,
};
const UNKNOWN: Probe["time_to_target"] = {
  approach: "unknown",
  remaining_s: null,
  low_s: null,
  high_s: null,
  slope_k_per_min: null,
  window_s: null,
};

function probe(key: string, name: string, points: Point[], more: Partial<Probe> = {}): Probe {
  return {
    key,
    name,
    device_id: `device ${key}`,
    temperature_c: points.at(-1)?.[1] ?? null,
    is_fresh: true,
    measured_at: points.length ? iso(+new Date(points.at(-1)![0])) : null,
    settings: NOTHING,
    raised: [],
    time_to_target: UNKNOWN,
    session: null,
    entities: {
      temperature: `sensor.${key}`,
      target: `number.${key}_target`,
      high: `number.${key}_high`,
      session_name: `text.${key}_session`,
      session_running: `switch.${key}_session`,
      target_alarm: `switch.${key}_alarm`,
    },
    curve: points,
    model: "Signals",
    battery_pct: 76,
    ...more,
  };
}

const roast = (minute: number) => 68.5 - 60.5 * Math.exp(-minute / 52);
const noise = numbers(5);
const smoke = (minute: number) =>
  minute < 35 ? 20 + 98 * (1 - Math.exp(-minute / 11)) : 117.8 + 2 * (noise() - 0.5);
const freezer = (minute: number) => -18.5 + 1.1 * Math.sin(minute / 6);

export function session(more: Partial<Session> & Pick<Session, "key" | "start" | "end">, points: Point[]): Session {
  const values = points.map(([, celsius]) => celsius);
  return {
    probe: "roast",
    name: "Roast",
    min_c: Math.min(...values),
    max_c: Math.max(...values),
    mean_c: values.reduce((sum, each) => sum + each, 0) / values.length,
    target_c: 68,
    started_by: "rise",
    gaps: [],
    points,
    ...more,
  };
}

export const ROAST = probe("roast", "Roast, core", curve(109, roast), {
  settings: { ...NOTHING, target_c: 68 },
  time_to_target: { ...UNKNOWN, approach: "approaching", remaining_s: 1440, low_s: 1230, high_s: 1720 },
  session: session({ key: "roast now", start: iso(END - 109 * MINUTE), end: null }, []),
});
export const SMOKER = probe("smoker", "Smoker, air", curve(154, smoke), {
  settings: { ...NOTHING, low_c: 110, high_c: 125, hold_s: 180 },
});
export const FREEZER = probe("freezer", "Freezer", curve(180, freezer, 12), {
  temperature_c: null,
  is_fresh: false,
  settings: { ...NOTHING, high_c: -15, hold_s: 600 },
  raised: ["silent"],
  battery_pct: 11,
});

const BRISKET = session(
  {
    key: "brisket",
    name: "Brisket",
    start: "2026-11-08T05:10:00+00:00",
    end: "2026-11-08T17:55:00+00:00",
    target_c: 95,
    gaps: [["2026-11-08T09:10:00+00:00", "2026-11-08T10:20:00+00:00"]],
  },
  Array.from({ length: 150 }, (_, index): Point => {
    const at = Date.parse("2026-11-08T05:10:00Z") + index * 5.1 * MINUTE;
    return [iso(at), index < 60 ? 8 + index : index < 95 ? 67 + index / 90 : 68 + (index - 95) / 2];
  }).filter(([at]) => at <= "2026-11-08T09:10" || at >= "2026-11-08T10:20"),
);
const DUCK = session(
  { key: "duck", name: "Roast, core", start: "2026-11-01T10:02:00+00:00", end: "2026-11-01T11:50:00+00:00" },
  curve(108, roast).map(([at, celsius]): Point => [+at - END + Date.parse("2026-11-01T11:50:00Z"), celsius]),
);

function cookOf(probes: Probe[], sessions: Session[] = []): Household {
  return {
    live: HEATING,
    states: Object.fromEntries(
      probes.map(({ entities, settings }) => [
        entities["target"] ?? "",
        {
          state: settings.target_c === null ? "unknown" : String(settings.target_c),
          attributes: { min: -50, max: 300, step: 0.5, unit_of_measurement: "°C" },
        },
      ]),
    ),
    answer: ({ type }) => {
      if (type.endsWith("/probes")) return probes;
      if (type.endsWith("/sessions")) return sessions;
      throw new Error(`${type} is not answered`);
    },
  };
}

const long = probe("long", "Brustspitz vom Angusrind, Kern in der Mitte", curve(400, (m) => Math.min(20 + m / 4, 69)), {
  settings: { ...NOTHING, target_c: 93.5, low_c: 2.5, high_c: 96, rising_k_per_min: 2, falling_k_per_min: 1.5 },
  time_to_target: { ...UNKNOWN, approach: "stalled", remaining_s: 19_000, low_s: 14_000, high_s: 30_000 },
});

export const COOKS: Record<string, Household> = {
  three: cookOf([ROAST, SMOKER, FREEZER], [BRISKET, DUCK]),
  states: cookOf([
    { ...ROAST, key: "done", temperature_c: 68.2, curve: curve(140, roast), raised: ["target"],
      time_to_target: { ...UNKNOWN, approach: "reached", remaining_s: 0, low_s: 0, high_s: 0 } },
    long,
    { ...SMOKER, key: "hot", temperature_c: 131.4, raised: ["high"], curve: [...SMOKER.curve, [END + MINUTE, 131.4]] },
    probe("away", "Away", curve(60, (minute) => 30 - minute / 20), {
      settings: { ...NOTHING, target_c: 60 },
      time_to_target: { ...UNKNOWN, approach: "receding" },
    }),
    probe("idle", "Idle", curve(180, () => 21.3)),
    probe("none", "Unplugged", [], { is_fresh: false, measured_at: null, entities: {} }),
  ]),
  one: cookOf([SMOKER]),
  empty: cookOf([]),
};
