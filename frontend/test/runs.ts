/** Invented runs of compressors, and what else cards about them ask. */

import { compressorRuns, minutesOf } from "../src/cards/runs/model";
import type {
  Bucket,
  ChangeEntry,
  Changes,
  Expected,
  Flag,
  Health,
  Live,
  Mode,
  Moment,
  RaisedAlarm,
  Run,
} from "../src/data/contract";
import { addDays } from "../src/lib/days";
import type { Household } from "./hass";
import { HOUSEHOLDS, NOW } from "./households";
import { numbers } from "./numbers";
import { type Past, PASTS } from "./years";

const MINUTE = 60_000;
const END = Date.parse(NOW);
const LAST = NOW.slice(0, 10);
const DAYS = 30;

interface Habit {
  seed: number;
  /** Minutes of heating and of rest between, the shortest and the longest. */
  heats: readonly [number, number];
  rests: readonly [number, number];
  /** Minutes since midnight when the tank is charged. */
  charges: readonly number[];
  /** By how much the heat of a charge can be off, as a share. */
  error: number;
  defrosts: boolean;
  heat_w: number;
  cop: number;
  isHeatKnown: boolean;
  mode?: Mode;
}

const AIR: Habit = {
  seed: 3,
  heats: [55, 190],
  rests: [25, 70],
  charges: [330, 815],
  error: 0.06,
  defrosts: true,
  heat_w: 4300,
  cop: 4.1,
  isHeatKnown: true,
};

const iso = (ms: number) => new Date(ms).toISOString();

export function runsOf(habit: Habit): Run[] {
  const next = numbers(habit.seed);
  const between = ([low, high]: readonly [number, number]) =>
    Math.round(low + (high - low) * next()) * MINUTE;
  const midnight = Date.parse(`${LAST}T00:00:00+01:00`);
  const charges = Array.from({ length: DAYS + 1 }, (_, day) =>
    habit.charges.map((minute) => midnight - (DAYS - day) * 1440 * MINUTE + minute * MINUTE),
  ).flat();
  const runs: Run[] = [];
  let time = midnight - DAYS * 1440 * MINUTE;
  while (time < END) {
    time += between(habit.rests);
    const stop = time + between(habit.heats);
    const charge = charges.find((at) => at >= time && at < stop + 20 * MINUTE);
    const change = charge === undefined ? stop : Math.min(Math.max(charge, time), stop);
    if (change > time) runs.push(run(habit, time, change, habit.mode ?? "heating", 1, next()));
    if (charge !== undefined) {
      const from = Math.max(change, charge);
      const starts = from === change && change > time ? 0 : 1;
      runs.push(run(habit, from, from + between([28, 44]), "hot_water", starts, next()));
      charges.splice(charges.indexOf(charge), 1);
    }
    time = Date.parse(runs.at(-1)?.end ?? iso(stop));
  }
  return runs
    .filter(({ start }) => Date.parse(start) < END)
    .map((each) =>
      Date.parse(each.end) > END ? { ...each, end: iso(END), is_whole: false } : each,
    );
}

function run(
  habit: Habit,
  start: number,
  end: number,
  mode: Mode,
  starts: number,
  chance: number,
): Run {
  const hours = (end - start) / (60 * MINUTE);
  const isWater = mode === "hot_water";
  const sign = mode === "cooling" ? -1 : 1;
  const heat_kwh = (sign * hours * habit.heat_w * (isWater ? 1.5 : 1)) / 1000;
  const unknown = !habit.isHeatKnown || chance > 0.985;
  const middle = start + (end - start) / 2;
  return {
    start: iso(start),
    end: iso(end),
    mode,
    electricity_kwh: Math.abs(heat_kwh) / (isWater ? 2.9 : habit.cop),
    heat_kwh: unknown ? null : heat_kwh,
    heat_error_kwh: unknown ? null : Math.abs(heat_kwh) * habit.error,
    starts,
    is_whole: true,
    defrosts:
      habit.defrosts && mode === "heating" && hours > 1.5
        ? [{ start: iso(middle), end: iso(middle + 5 * MINUTE) }]
        : [],
    supply_c: isWater ? 50 + 3 * chance : 33 + 4 * chance,
    outside_c: 3 + 4 * chance,
  };
}

export function momentsOf(runs: readonly Run[]): Moment[] {
  const part = 5 * MINUTE;
  const end = Math.ceil(END / part) * part;
  return Array.from({ length: 288 }, (_, index) => {
    const start = end - (288 - index) * part;
    const middle = start + part / 2;
    const inside = ({ start: from, end: to }: Pick<Run, "start" | "end">) =>
      middle >= Date.parse(from) && middle < Date.parse(to);
    const now = runs.find(inside);
    const isDefrost = now?.defrosts.some(inside);
    if (!now) return { start: iso(start), electricity_w: 17, heat_w: 0, mode: "standby" };
    const hours = minutesOf(now) / 60;
    const ripple = 1 + 0.06 * Math.sin(index * 2.1);
    const electricity_w = Math.round(((1000 * (now.electricity_kwh ?? 0)) / hours) * ripple);
    const heat_w = now.heat_kwh === null ? null : ((1000 * now.heat_kwh) / hours) * ripple;
    return isDefrost
      ? { start: iso(start), electricity_w: 800, heat_w: -2600, mode: "defrost" }
      : { start: iso(start), electricity_w, heat_w, mode: now.mode };
  });
}

/** Put starts and hours of the runs into the days. */
function counted(days: readonly Bucket[], runs: readonly Run[]): Bucket[] {
  const whole = compressorRuns(runs);
  return days.map((day) => {
    const mine = whole.filter(({ start }) => start.startsWith(day.start));
    const minutes = mine.reduce((sum, each) => sum + each.minutes, 0);
    return { ...day, starts: mine.length, run_hours: minutes / 60 };
  });
}

const HEALTH: Health = {
  call_limit: 1450,
  calls: [13, 12, 12, 13, 12, 14, 15, 14, 16, 15, 15, 19, 15, 15, 12, 14, 13, 14, 16, 18, 15, 13, 13, 16],
  hours_to_recover: 0,
  alarms: {
    watched_since: "2026-10-28T07:12:00+01:00",
    watched: 15,
    not_watched: [],
    over: [
      {
        since: "2026-11-09T14:02:00+01:00",
        until: "2026-11-09T15:08:00+01:00",
        name: "Source silent",
        message: "The electricity meter has not answered for 2 h.",
      },
      {
        since: null,
        until: "2026-10-28T07:40:00+01:00",
        name: "Hot water misses its target",
        message: "Each of the last three charges of hot water ended at least 5 K below the target.",
      },
    ],
  },
};

const RAISED: RaisedAlarm[] = [
  {
    severity: "fault",
    since: "2026-11-12T16:41:00+01:00",
    name: "Fault of the heat pump",
    message: "The heat pump reports the fault F.454 (refrigerant circuit locked).",
    advice:
      "Read the message on the display of the heat pump or in the ViCare app. If the fault stays or comes back, call your installer and name the code.",
  },
  {
    severity: "warning",
    since: "2026-11-04T01:05:00+01:00",
    name: "Backup heater used too much",
    message:
      "In the last three days the backup heater drew 31 kWh in weather that does not explain it: 40 % of all electricity.",
    advice:
      "Check the hot water target, the hygiene function and whether a fault blocks the compressor. The settings of the heat pump can limit the backup heater.",
  },
  {
    severity: "notice",
    since: "2026-11-11T12:00:00+01:00",
    name: "Sign-in due",
    message: "The sign-in to Viessmann lasts for half a year. It may end in 13 days.",
    advice: "Sign in again when it suits you: open the repair under Settings, System, Repairs.",
  },
];

const around = (value: number, half: number) => ({ value, low: value - half, high: value + half });

const EXPECTED: Expected = {
  first: addDays(LAST, -14),
  last: addDays(LAST, -1),
  recent: { cop: 3.81, expected_cop: 3.93, index: around(0.969, 0.022), share_of_carnot: 0.442, run_hours: 131 },
  modes: {
    heating: {
      cop: 4.12,
      expected_cop: 4.28,
      index: around(0.963, 0.025),
      share_of_carnot: 0.458,
      days: 14,
      days_unlike: 0,
      learned_days: 268,
      learned_first: "2025-06-02",
      learned_last: "2026-06-30",
    },
    hot_water: {
      cop: 2.9,
      expected_cop: 2.88,
      index: around(1.007, 0.041),
      share_of_carnot: 0.391,
      days: 13,
      days_unlike: 1,
      learned_days: 361,
      learned_first: "2025-06-02",
      learned_last: "2026-06-30",
    },
  },
  fleet: { percentile: 43.6, median_cop: 3.86, systems: 214, lift_k: 29.6, unknown: null },
  fleet_exported: "2026-07-15",
};

const NOT_YET: Expected = {
  ...EXPECTED,
  recent: null,
  modes: {},
  fleet: { percentile: null, median_cop: null, systems: null, lift_k: null, unknown: "no_year" },
};

/** The change log, with two changes on one day and some that act on nothing. */
const CHANGES: Changes = {
  circuits: [],
  entries: [
    change(7, "2026-11-03T19:30:00+01:00", "Price of electricity: 0.31 → 0.29 EUR/kWh", null),
    change(6, "2026-10-20T18:05:00+02:00", "Hot water temperature: 48 → 50 °C", "hot_water"),
    change(5, "2026-10-20T18:02:00+02:00", "Heating curve slope, circuit 1: 1.0 → 0.8", "heating"),
    change(4, "2026-11-08T08:00:00+01:00", "Maintenance: filter of the heating water cleaned", "both"),
    change(3, "2026-03-02T23:40:00+01:00", "Heating curve shift: 0 → 2", "heating"),
    change(2, "2026-02-17T10:00:00+01:00", "Hot water hysteresis: 5 → 7 K", "hot_water"),
    change(1, "2025-11-20T10:00:00+01:00", "Building: attic insulated", "both"),
  ],
};

function change(
  id: number,
  time: string,
  description: string,
  touched: ChangeEntry["touched"],
): ChangeEntry {
  return {
    ...{ id, time, description, touched },
    ...{ source: "unit", item: "item", place: null, old: null, new: null },
    ...{ category: null, text: null, item_name: null, look: null },
  };
}

const FLAGS: Flag[] = [
  flag("contradiction", "2026-11-09T14:02:00+01:00", "2026-11-09T14:08:00+01:00"),
  flag("stale", "2026-11-12T17:30:00+01:00", null),
  flag("electricity_step_back", "2026-10-22T03:12:00+02:00"),
  flag("heat_counter_frozen", "2026-10-02T03:12:00+02:00", "2026-10-03T05:40:00+02:00"),
];

function flag(kind: string, start: string, end: string | null = start): Flag {
  return { kind, start, end, values: {} };
}

/** A heat pump with its runs: what it says, and what it answers. */
function household(
  past: Past,
  habit: Habit | null,
  { live = {}, flags = FLAGS, health = HEALTH, expected = EXPECTED, changes = CHANGES }: {
    live?: Partial<Live>;
    flags?: Flag[];
    health?: Health;
    expected?: Expected;
    changes?: Changes;
  } = {},
): Household {
  const runs = habit ? runsOf(habit) : [];
  return {
    live: { ...past.live, ...live },
    answer(message) {
      const { type, first = addDays(LAST, -364), last = LAST } = message;
      switch (type.split("/")[1]) {
        case "runs":
          return runs.filter(({ end }) => end >= first && addDays(last, 1) >= end);
        case "moments":
          return habit ? momentsOf(runs) : [];
        case "flags":
          return flags;
        case "health":
          return health;
        case "expected":
          return expected;
        case "changes":
          return changes;
        case "days":
          return counted(past.answer(message) as Bucket[], runs);
        default:
          return past.answer(message);
      }
    },
  };
}

const { heat_pump, is_account, calls, maker } = HOUSEHOLDS["entities"]!;
const { meters } = HOUSEHOLDS["part_meters"]!;
const [inverter] = HOUSEHOLDS["photovoltaics"]!.meters.slice(-1);
/** Entities alone, and an inverter that sleeps. */
const METERS_OF_PARTS: Partial<Live> = {
  ...{ heat_pump, is_account, calls, maker },
  meters: [
    ...meters,
    { ...inverter!, failure: "connection_failed", measured_at: "2026-11-12T16:44:00+01:00", power_w: null },
  ],
};

export const RECORDS: Record<string, Household> = {
  air: household(PASTS["air"]!, AIR, {
    live: { alarms: RAISED.slice(1, 2), alarms_changed_at: "2026-11-12T16:41:00+01:00" },
  }),
  cycles: household(PASTS["young"]!, {
    ...AIR,
    seed: 11,
    heats: [8, 40],
    rests: [20, 50],
    defrosts: false,
    heat_w: 2100,
  }),
  rough: household(
    PASTS["rough"]!,
    { ...AIR, seed: 5, error: 0.15, defrosts: false, heats: [200, 900], rests: [40, 200] },
    {
      live: {
        maker: { all: null, heating: 4.8, hot_water: null, measured_at: null },
        alarms: RAISED,
      },
      flags: [],
      expected: {
        ...EXPECTED,
        recent: { ...EXPECTED.recent!, index: around(0.86, 0.03) },
        modes: { heating: { ...EXPECTED.modes.heating!, index: around(0.78, 0.09) } },
        fleet: { percentile: null, median_cop: null, systems: 3, lift_k: 31, unknown: "few_systems" },
      },
    },
  ),
  cools: household(
    PASTS["long"]!,
    { ...AIR, seed: 8, mode: "cooling", defrosts: false, heat_w: 2600 },
    {
      live: { mode: "cooling", calls: { day: 1418, allowed: 1400 } },
      health: {
        ...HEALTH,
        calls: HEALTH.calls!.map((each, index) => (index < 5 ? null : each)),
        hours_to_recover: 13,
        alarms: {
          ...HEALTH.alarms,
          watched: 12,
          not_watched: ["Efficiency too low", "Flow or ΔT unusual", "Standby power too high"],
          over: [],
        },
      },
      flags: Array.from({ length: 14 }, (_, index) =>
        flag("gap", `2026-10-${String(index + 10)}T03:12:00+02:00`),
      ),
    },
  ),
  part_meters: household(PASTS["air"]!, AIR, { live: METERS_OF_PARTS }),
  photovoltaics: household(PASTS["photovoltaics"]!, AIR),
  no_heat: household(PASTS["no_heat"]!, { ...AIR, isHeatKnown: false }, { live: { maker: null } }),
  new: household(PASTS["new"]!, null, {
    live: { maker: null },
    flags: [],
    health: {
      call_limit: 1450,
      calls: [],
      hours_to_recover: null,
      alarms: { watched_since: NOW, watched: 8, not_watched: [], over: [] },
    },
    expected: NOT_YET,
    changes: { entries: [], circuits: [] },
  }),
};
