/** Invented change logs, with what the changes did and how the unit followed its curve. */

import { supplyAt } from "../src/cards/heating_curve/model";
import type {
  BeforeAfter,
  ChangeEntry,
  Changes,
  Curve,
  Effect,
  EffectFigures,
  Estimate,
  Look,
  Run,
  Side,
} from "../src/data/contract";
import { addDays } from "../src/lib/days";
import type { Household, Message } from "./hass";
import { NOW } from "./households";
import { numbers } from "./numbers";
import { RECORDS } from "./runs";

const LAST = NOW.slice(0, 10);

const estimate = (value: number, half: number): Estimate => ({
  value,
  low: value - half,
  high: value + half,
});

/** A figure before, and how it changed: a ratio with half the width of its interval. */
function changed(before: number, ratio: number, half: number): BeforeAfter {
  return {
    before: estimate(before, 0.02 * before),
    after: estimate(before * ratio, 0.02 * before),
    change: estimate(ratio, half),
  };
}

function figures(cop: number, half: number, more: Partial<EffectFigures> = {}): EffectFigures {
  return {
    cop: changed(3.61, cop, half),
    heat_kwh_per_day: changed(61.4, 0.974, 0.021),
    electricity_kwh_per_day: changed(17, 0.974 / cop, 0.03),
    heat_kwh_per_degree_day: changed(5.12, 0.974, 0.021),
    supply_c: {
      before: estimate(38.1, 0.3),
      after: estimate(34.9, 0.4),
      change: estimate(-3.2, 0.5),
    },
    outside_c: [-5.6, 11.9],
    mean_outside_c: 4.2,
    correlation: 0.4,
    source_adjusted: false,
    ...more,
  };
}

function side(used: number, first: string, excluded: Side["excluded"] = {}): Side {
  return { used, excluded, first, last: addDays(first, used + 3) };
}

const NOT_YET: Effect = {
  verdict: "not_enough_data",
  touched: "both",
  together_with: [],
  before: side(96, "2026-02-01"),
  after: side(4, "2026-11-05", { transition: 2 }),
  figures: null,
  yearly: null,
  lack: "days_after",
  days_needed: 20,
};

function look(effect: Partial<Effect>, next: string | null = "2026-11-24"): Look {
  return { looked_on: LAST, next_look: next, effect: { ...NOT_YET, ...effect } };
}

let ids = 0;

function entry(time: string, more: Partial<ChangeEntry>): ChangeEntry {
  return {
    id: (ids += 1),
    time,
    source: "unit",
    item: null,
    place: null,
    old: null,
    new: null,
    category: null,
    text: null,
    description: "Changed",
    item_name: null,
    touched: null,
    look: null,
    ...more,
  };
}

function setting(
  time: string,
  item: string,
  item_name: string,
  [old, now]: readonly [ChangeEntry["old"], ChangeEntry["old"]],
  more: Partial<ChangeEntry> = {},
): ChangeEntry {
  const description = `${item_name} changed from ${old} to ${now}`;
  return entry(time, { item, item_name, old, new: now, description, ...more });
}

function note(
  time: string,
  category: ChangeEntry["category"],
  text: string,
  more: Partial<ChangeEntry> = {},
): ChangeEntry {
  return entry(time, { source: "note", category, text, description: `${category}: ${text}`, ...more });
}

const YEARLY = {
  saved_kwh: estimate(148.6, 81),
  saved_in_all_kwh: estimate(241.3, 96),
  saved_money: estimate(44.6, 24.3),
  saved_in_all_money: estimate(72.4, 28.8),
  share_measured: 0.94,
  share_in_range: 0.81,
};

const CURVE = setting(
  "2026-09-24T19:12:00+02:00",
  "heating_curve_slope",
  "Heating curve slope",
  [1, 0.8],
  {
    touched: "heating",
    look: look({
      verdict: "better",
      touched: "heating",
      before: side(98, "2025-11-02", { low_coverage: 3, other_weather: 41, unusual: 6 }),
      after: side(43, "2026-09-26", { transition: 2, low_coverage: 1, little_energy: 4 }),
      figures: figures(1.064, 0.0355),
      yearly: YEARLY,
      lack: null,
      days_needed: null,
    }),
  },
);
const HOT_WATER = setting(
  "2026-11-03T08:30:00+01:00",
  "hot_water_c",
  "Hot-water temperature",
  [52, 50],
  { touched: "hot_water", look: look({ touched: "hot_water" }) },
);
const FLOW = note(
  "2026-04-14T15:00:00+02:00",
  "adjustment",
  "Flow 900 → 1,000 l/h at the balancing valve",
  {
    touched: "both",
    look: look(
      {
        verdict: "no_visible_effect",
        figures: figures(1.006, 0.0312, { supply_c: null }),
        yearly: {
          ...YEARLY,
          saved_kwh: estimate(14, 72),
          saved_in_all_kwh: estimate(-31, 80),
          saved_money: estimate(4.2, 21.6),
          saved_in_all_money: estimate(-9.3, 24),
        },
        lack: null,
        days_needed: null,
      },
      null,
    ),
  },
);
const SETBACK = setting(
  "2026-01-20T21:40:00+01:00",
  "heating_schedule",
  "Heating schedule",
  ["mon-sun 06:00-22:00 normal", "mon-sun 00:00-24:00 normal"],
  {
    description:
      "Heating schedule changed from Mon-Sun 06:00-22:00 normal to Mon-Sun 00:00-24:00 normal",
    touched: "heating",
    look: look({
      verdict: "better",
      touched: "heating",
      together_with: ["2026-01-22T18:00:00+01:00"],
      figures: figures(1.029, 0.0295, { supply_c: null, heat_kwh_per_degree_day: null }),
      yearly: { ...YEARLY, saved_money: null, saved_in_all_money: null },
      lack: null,
      days_needed: null,
    }),
  },
);
const BUFFER = setting(
  "2026-01-22T18:00:00+01:00",
  "heating_hysteresis_on_k",
  "Switch-on hysteresis for heating",
  [4, 6],
  {
    touched: "heating",
    look: look({ lack: "next_change", days_needed: null }, null),
  },
);

const FEW: ChangeEntry[] = [
  HOT_WATER,
  setting("2026-10-01T12:00:00+02:00", "price", "Price of electricity", [0.3212, 0.2987], {
    source: "option",
  }),
  CURVE,
  note("2026-09-18T14:20:00+02:00", "maintenance", "Filter cleaned, pressure raised to 1.8 bar"),
  FLOW,
  setting("2026-03-02T09:00:00+01:00", "flow_lph", "Assumed flow", [1100, 1250], {
    source: "plant",
  }),
  BUFFER,
  SETBACK,
  entry("2025-12-28T10:11:00+01:00", {
    source: "meter",
    item: "meter_device",
    place: "Heat pump",
    item_name: "Electricity meter replaced, Heat pump",
    description: "Electricity meter replaced, Heat pump",
  }),
];

const LACKS: readonly Partial<Effect>[] = [
  { lack: "days_after", days_needed: 1 },
  { lack: "days_after", days_needed: null },
  { lack: "days_before", days_needed: null },
  { lack: "same_weather", days_needed: null },
  { lack: "next_change", days_needed: null, figures: figures(1.01, 0.09) },
  { verdict: "worse", lack: null, figures: figures(0.94, 0.03) },
  { verdict: "worse", lack: null, figures: figures(0.5, 0.4) },
  { verdict: "better", lack: null, figures: figures(1.3, 0.28) },
];

/** Two years of somebody who tries everything, and writes a lot. */
function many(): ChangeEntry[] {
  const found: ChangeEntry[] = [];
  for (let index = 0; index < 70; index += 1) {
    const time = `${addDays(LAST, -1 - index * 9)}T17:05:00+01:00`;
    const slope = [0.9 + (index % 4) / 10, 0.9 + ((index + 1) % 4) / 10] as const;
    const effect = LACKS[(index - 1) / 3];
    found.push(
      index % 3 === 0
        ? note(time, "building", `New windows in the north, part ${index + 1}. `.repeat(1 + index / 9))
        : setting(time, "heating_curve_slope", "Heating curve slope, circuit 1", slope, {
            touched: "heating",
            look: look(effect ?? { lack: null, verdict: "better", figures: figures(1.02, 0.015) }),
          }),
    );
  }
  return found;
}

const curve = (since: string | null, slope: number, shift = 0, room_c: number | null = 20): Curve => ({
  since,
  slope,
  shift,
  room_c,
});

/** Heating runs of a year whose supply temperature follows the curves, above by so much. */
function runsAlong(curves: readonly Curve[], aboveK: number, seed = 5): Run[] {
  const next = numbers(seed);
  const normal = () => next() + next() + next() + next() - 2;
  const runs: Run[] = [];
  let weather = 0;
  for (let day = addDays(LAST, -364); day <= LAST; day = addDays(day, 1)) {
    const season = Math.cos((2 * Math.PI * (Date.parse(day) - Date.parse("2026-01-20"))) / 31_557_600_000);
    weather = 0.75 * weather + 3 * normal();
    for (const hour of ["04", "11", "19"]) {
      const outside_c = 10.5 - 9 * season + weather + 2 * normal();
      const start = `${day}T${hour}:10:00Z`;
      const set = curves.findLast(({ since }) => since === null || start >= since);
      if (!set || outside_c > 16) continue;
      runs.push({
        start,
        end: `${day}T${hour}:55:00Z`,
        mode: "heating",
        electricity_kwh: 1,
        heat_kwh: 4,
        heat_error_kwh: 0.2,
        starts: 1,
        is_whole: true,
        defrosts: [],
        supply_c: supplyAt(set, outside_c) + aboveK + 1.1 * normal(),
        outside_c,
      });
    }
  }
  return runs;
}

function household(changes: Changes, runs: readonly Run[], more: Partial<Household["live"]> = {}): Household {
  const { live, answer } = RECORDS["air"]!;
  return {
    live: { ...live, ...more },
    answer(message: Message) {
      if (message.type.endsWith("/changes")) return changes;
      if (message.type.endsWith("/runs")) return runs;
      if (message.type === "call_service") return {};
      return answer!(message);
    },
  };
}

const AIR = [curve(null, 1), curve("2026-09-24T17:12:00Z", 0.8)];
const STEEPER = [curve(null, 0.5), curve("2026-10-20T17:12:00Z", 0.5, 3)];
const FLAT = [curve(null, 0.3, 0, null)];

export const CHANGED: Record<string, Household> = {
  air: household({ entries: FEW, circuits: [{ circuit: "0", curves: AIR }] }, runsAlong(AIR, 0.3)),
  many: household(
    {
      entries: many(),
      circuits: [
        { circuit: "0", curves: FLAT },
        { circuit: "1", curves: STEEPER },
      ],
    },
    runsAlong(FLAT, 1.5, 9),
    { outside_c: -8.5, supply_c: 31 },
  ),
  steeper: household(
    { entries: [HOT_WATER], circuits: [{ circuit: "", curves: STEEPER }] },
    runsAlong(STEEPER, -0.8, 4),
    { mode: "hot_water" },
  ),
  young: household(
    { entries: [], circuits: [{ circuit: "0", curves: [curve(null, 1.2, -2, 21)] }] },
    runsAlong(AIR, 0).slice(-4),
  ),
  no_curve: household({ entries: [], circuits: [] }, []),
};
