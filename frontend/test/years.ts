/** Invented years, day by day, and the answers to what cards ask about them. */

import type { Span } from "../src/data/ask";
import type { Bucket, Figures, HeatLoss, Live, Mode, ModeSums } from "../src/data/contract";
import { addDays, countDays, monthEnd, monthStart } from "../src/lib/days";
import type { Household, Message } from "./hass";
import { HEATING, HOUSEHOLDS, NOW, TODAY, withOwn } from "./households";
import { numbers } from "./numbers";

const LAST = NOW.slice(0, 10);
const MODES = ["heating", "hot_water", "cooling", "defrost", "standby"] as const;

interface Unit {
  first: string;
  /** COP of heating at 0 °C, and how it grows with each degree outside. */
  cop: readonly [atZero: number, perDegree: number];
  /** By how much the heat can be off. */
  error: number;
  method: string;
  defrosts: boolean;
  cools: boolean;
  /** From when on a kWh has a price and a CO2 intensity; null without a tariff. */
  pricedFrom: string | null;
  /** From when on photovoltaics give some of the electricity. */
  ownFrom?: string;
  /** Before, energies were imported: without hours and supply temperatures. */
  importedUntil: string | null;
  /** Days without any value, and days with electricity alone. */
  missing: (day: string) => boolean;
  heatUnknown: (day: string) => boolean;
}

const AIR: Unit = {
  first: "2025-06-02",
  cop: [3.72, 0.1],
  error: 0.06,
  method: "flow",
  defrosts: true,
  cools: false,
  pricedFrom: "2022-01-01",
  importedUntil: null,
  missing: (day) => ["2025-12-27", "2026-05-09", "2026-07-20"].includes(day),
  heatUnknown: (day) => day >= "2026-02-11" && day <= "2026-02-12",
};

export function yearOf(unit: Unit): Bucket[] {
  const next = numbers(7);
  const normal = () => next() + next() + next() + next() - 2;
  let weather = 0;
  const days: Bucket[] = [];
  for (let day = unit.first; day <= LAST; day = addDays(day, 1)) {
    const season = Math.cos((2 * Math.PI * (countDays("2025-01-20", day) - 1)) / 365.25);
    weather = 0.75 * weather + 3.6 * normal();
    const outside = 10.5 - 8.5 * season + weather;
    if (unit.missing(day)) continue;
    days.push(bucket(day, day === LAST ? 4.2 : outside, unit, normal));
  }
  return days;
}

function bucket(day: string, outside: number, unit: Unit, normal: () => number): Bucket {
  const modes: Bucket["modes"] = {};
  const add = (mode: Mode, heat: number, cop: number, hours: number, supply: number | null) => {
    modes[mode] = {
      electricity_kwh: Math.abs(heat) / cop,
      heat_kwh: heat,
      hours,
      supply_c: supply,
    };
  };
  const [atZero, perDegree] = unit.cop;
  const cold = Math.max(15 - outside, 0);
  if (cold > 0) {
    const heat = cold * 5 * (1 + 0.12 * normal());
    const supply = 27 + cold * 0.55 + normal();
    add("heating", heat, atZero + perDegree * outside + 0.5 * normal(), heat / 5.4, supply);
  }
  const water = 5.3 * (1 + 0.3 * normal());
  add("hot_water", water, 2.55 + 0.055 * outside + 0.3 * normal(), 0.8, 49 + normal());
  if (unit.defrosts && outside < 6.5 && outside > -8) add("defrost", -0.9 - 0.3 * normal(), 5, 0.2, null);
  if (unit.cools && outside > 19) add("cooling", -2.5 * (outside - 18), 4.1, 5, 17);
  modes.standby = { electricity_kwh: 0.32, heat_kwh: 0, hours: 16, supply_c: null };
  const inCop = MODES.filter((mode) => mode !== "cooling").map((mode) => modes[mode]);
  const electricity = total(inCop.map((sums) => sums?.electricity_kwh));
  const heat = total(inCop.map((sums) => sums?.heat_kwh));
  const isUnknown = unit.heatUnknown(day);
  if (day < (unit.importedUntil ?? "")) {
    delete modes.standby;
    for (const sums of Object.values(modes)) Object.assign(sums, { hours: null, supply_c: null });
  }
  return {
    start: day,
    electricity_kwh: electricity + (modes.cooling?.electricity_kwh ?? 0),
    paired_electricity_kwh: isUnknown ? null : electricity,
    unpaired_electricity_kwh: isUnknown ? electricity : 0,
    heat_kwh: isUnknown ? null : heat,
    coverage: isUnknown ? 0 : 0.995,
    outside_c: outside,
    modes: isUnknown ? {} : modes,
    starts: 5,
    run_hours: 9,
    cost: null,
    co2_kg: null,
  };
}

function total(values: readonly (number | null | undefined)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

export function figuresOf(days: readonly Bucket[], span: Span, unit: Unit): Figures {
  const inside = days.filter(({ start }) => start >= span.first && start <= span.last);
  const paired = inside.filter((day) => day.heat_kwh !== null);
  const electricity = total(paired.map((day) => day.paired_electricity_kwh));
  const heat = total(paired.map((day) => day.heat_kwh));
  const cop = paired.length && electricity ? heat / electricity : null;
  const elapsed = countDays(span.first, span.last);
  const coverage = paired.length / elapsed;
  const off = (cop ?? 0) * Math.hypot(0.01, unit.error, 0.3 * (1 - coverage));
  const tariff = tariffOf(inside, unit, cop);
  const modes: Figures["modes"] = {};
  for (const mode of MODES) {
    const sums = paired.flatMap((day) => day.modes[mode] ?? []);
    if (sums.length) modes[mode] = modeSums(mode, sums, unit.error);
  }
  const figures: Figures = {
    ...TODAY,
    ...span,
    elapsed_days: elapsed,
    paired_days: paired.length,
    is_full_year: paired.length >= 330,
    coverage,
    electricity_kwh: total(inside.map((day) => day.electricity_kwh)),
    paired_electricity_kwh: paired.length ? electricity : null,
    unpaired_electricity_kwh: total(inside.map((day) => day.unpaired_electricity_kwh)),
    heat_kwh: paired.length ? heat : null,
    cop,
    cop_low: cop && cop - off,
    cop_high: cop && cop + off,
    own_uncertainty: cop && cop * Math.hypot(0.4 * unit.error, 0.3 * (1 - coverage)),
    cop_without_backup_heater: cop && cop + 0.01,
    modes,
    method_shares: paired.length ? { [unit.method]: 1 } : {},
    method_errors: { [unit.method]: unit.error },
    ...tariff,
    outside_c: inside.length ? total(inside.map((day) => day.outside_c)) / inside.length : null,
  };
  // More sun in summer.
  const sun = Math.min(Math.max(0.04 * ((figures.outside_c ?? 0) + 2), 0.02), 0.74);
  return span.last < (unit.ownFrom ?? "9999") ? figures : withOwn(figures, sun);
}

const [EUR_PER_KWH, CO2_KG_PER_KWH] = [0.312, 0.354];

function tariffOf(days: readonly Bucket[], unit: Unit, cop: number | null) {
  const all = total(days.map((day) => day.electricity_kwh));
  const priced = days.filter(({ start }) => start >= (unit.pricedFrom ?? "9999"));
  const share = all ? total(priced.map((day) => day.electricity_kwh)) / all : null;
  const isKnown = share !== null && share >= 0.95;
  return {
    cost: isKnown ? share * all * EUR_PER_KWH : null,
    priced_share: share,
    cost_per_kwh_heat: isKnown && cop ? EUR_PER_KWH / cop : null,
    co2_kg: isKnown ? share * all * CO2_KG_PER_KWH : null,
    co2_share: share,
  };
}

function modeSums(
  mode: Mode,
  sums: readonly { electricity_kwh: number; heat_kwh: number; hours: number | null }[],
  error: number,
): ModeSums {
  const electricity_kwh = total(sums.map((each) => each.electricity_kwh));
  const heat_kwh = total(sums.map((each) => each.heat_kwh));
  const cop = mode === "heating" || mode === "hot_water" ? heat_kwh / electricity_kwh : null;
  const hours = sums.some((each) => each.hours === null) ? null : total(sums.map((each) => each.hours));
  const ratio = mode === "cooling" ? -heat_kwh / electricity_kwh : cop;
  return { electricity_kwh, heat_kwh, cop, uncertainty: ratio && ratio * (error + 0.02), hours };
}

/** The house of these years: 5 kWh for each degree day below 15 °C. */
function heatLossOf(days: readonly Bucket[], { first, last }: Span): HeatLoss | null {
  const heated = days.filter(
    ({ start, outside_c, heat_kwh }) =>
      start >= first && start <= last && heat_kwh !== null && (outside_c ?? 99) < 14,
  );
  if (heated.length < 20) return null;
  const around = (value: number, half: number) => ({ value, low: value - half, high: value + half });
  const scatter = 60 / Math.sqrt(heated.length);
  return {
    w_per_k: around(5000 / 24 + first.charCodeAt(3) % 5, scatter + 8),
    balance_c: around(15.2, 0.4),
    kwh_per_degree_day: around(5.1, 0.2),
    base_c: 15,
    scatter_w_per_k: scatter,
    days: heated.length,
    first: heated[0]!.start,
    last: heated.at(-1)!.start,
  };
}

/** A heat pump with its past: what it says, and what it answers. */
export interface Past extends Household {
  days: Bucket[];
  answer(message: Message): unknown;
}

function past(unit: Unit, live: Partial<Live> = {}): Past {
  const days = yearOf(unit);
  const year = { first: addDays(LAST, -364), last: LAST };
  const rolling_year = figuresOf(days, year, unit);
  return {
    days,
    live: {
      ...HEATING,
      rolling_year,
      first_day: unit.first,
      ...live,
    },
    answer({ type, first = year.first, last = year.last }) {
      const span = { first, last };
      if (type.endsWith("/days")) {
        return days.filter(({ start }) => start >= first && start <= last);
      }
      if (type.endsWith("/figures")) return figuresOf(days, span, unit);
      if (type.endsWith("/months")) return monthsOf(span).map((m) => figuresOf(days, m, unit));
      if (type.endsWith("/changes")) return { entries: [], circuits: [] };
      if (type.endsWith("/heat_loss")) return heatLossOf(days, span);
      throw new Error(`nothing known of ${type}`);
    },
  };
}

function monthsOf({ first, last }: Span): Span[] {
  const months: Span[] = [];
  for (let start = first; start <= last; start = monthStart(start, 1)) {
    const end = monthEnd(start);
    months.push({ first: start, last: end < last ? end : last });
  }
  return months;
}

const NOTHING_TODAY: Figures = {
  ...TODAY,
  elapsed_days: 0.02,
  paired_days: 0,
  coverage: null,
  electricity_kwh: 0.1,
  paired_electricity_kwh: null,
  unpaired_electricity_kwh: 0.1,
  heat_kwh: null,
  cop: null,
  cop_low: null,
  cop_high: null,
  modes: {},
  cost: null,
  outside_c: null,
};

export const PASTS: Record<string, Past> = {
  air: past(AIR),
  young: past(
    { ...AIR, first: "2026-09-19", pricedFrom: "2026-10-10" },
    { today: { ...TODAY, priced_share: 0.8 } },
  ),
  rough: past(
    {
      ...AIR,
      method: "modulation",
      error: 0.15,
      cop: [4.4, 0.03],
      defrosts: false,
      cools: true,
      pricedFrom: null,
      heatUnknown: (day) => day >= "2026-01-05" && day <= "2026-01-24",
    },
    {
      source_kind: "brine",
      today: {
        ...TODAY,
        cop_low: 3.1,
        cop_high: 4.4,
        modes: {
          ...TODAY.modes,
          cooling: { electricity_kwh: 1.1, heat_kwh: -4.6, cop: null, uncertainty: null, hours: 2 },
        },
      },
    },
  ),
  photovoltaics: past(
    { ...AIR, ownFrom: "2026-03-01" },
    { own_share: 0.62, today: withOwn(TODAY, 0.41), meters: HOUSEHOLDS["photovoltaics"]!.meters },
  ),
  long: past({ ...AIR, first: "2022-03-14", missing: (day) => day > "2024-07-01" && day < "2024-09-12" }),
  imported: past({ ...AIR, cools: true, importedUntil: "2026-07-15" }),
  no_heat: past({ ...AIR, heatUnknown: () => true }, { today: NOTHING_TODAY, heat_w: null }),
  new: past({ ...AIR, first: "2026-11-12" }, { today: NOTHING_TODAY, first_day: null }),
};
