/** What heat the house asks for: daily heating power against outside temperature. */

import type { Span } from "../../data/ask";
import type { Bucket, HeatLoss } from "../../data/contract";
import { addDays, monthOf, monthStart } from "../../lib/days";

/** A day with less of it measured would seem to need less heat. */
const LEAST_COVERAGE = 0.9;
/** Without so many heated days, a heat loss is not fitted. */
export const LEAST_DAYS = 20;
/** Less is no heating: it is what a counter rounds. */
const LEAST_KW = 0.02;
/** Fewer say nothing of a house. */
const LEAST_DEGREE_DAYS = 100;
/** Sun, wind and people: of two seasons, 5 % each, which no degree day knows. */
export const WEATHER_SHARE = 0.07;
/** Of the degree days of a house whose own is not known, as in Germany's VDI 4710. */
export const USUAL_BASE_C = 15;

export interface HeatedDay {
  start: string;
  outside_c: number;
  /** Mean heating power over the day; what defrosts took back is subtracted. */
  kw: number;
  isThisSeason: boolean;
}

export interface Demand {
  days: HeatedDay[];
  /** How many days were heated in the season with more of them. */
  heated: number;
  /** Whether the house was heated, but the outside temperature of no day is known. */
  lacksOutside: boolean;
}

/** The heat loss of each season, and of the one before on the days of this one. */
export interface Losses {
  now: HeatLoss | null;
  before: HeatLoss | null;
  alike: HeatLoss | null;
}

export function demandOf(days: readonly Bucket[], today: string, seasonMonth: number): Demand {
  const start = seasonStart(today, seasonMonth);
  const past = days.filter((day) => day.start !== today);
  const known = past.flatMap((day) => heatedDay(day, day.start >= start));
  const heated = (ofThis: boolean) =>
    known.filter(({ kw, isThisSeason }) => kw > LEAST_KW && isThisSeason === ofThis).length;
  return {
    days: known,
    heated: Math.max(heated(true), heated(false)),
    lacksOutside:
      past.some(({ modes }) => modes.heating) && past.every((day) => day.outside_c === null),
  };
}

/** By which share two seasons' heat losses differ; null if that cannot be seen. */
export function lossChange(now: HeatLoss, before: HeatLoss): number | null {
  const change = now.w_per_k.value / before.w_per_k.value - 1;
  // The method's error is the same in both.
  const scatter = ({ scatter_w_per_k, w_per_k }: HeatLoss) => scatter_w_per_k / w_per_k.value;
  const off = Math.hypot(scatter(now), scatter(before), WEATHER_SHARE);
  return Math.abs(change) > off ? change : null;
}

export function seasonStart(today: string, month: number): string {
  const back = (monthOf(today) - month + 12) % 12;
  return monthStart(today, -back);
}

/** This season until yesterday, the one before, and as much of that as of this one. */
export function seasons(today: string, month: number): Record<keyof Losses, Span> {
  const start = seasonStart(today, month);
  const first = monthStart(start, -12);
  const last = addDays(today, -1);
  return {
    now: { first: start, last },
    before: { first, last: addDays(start, -1) },
    // An autumn's line is not that of a winter, with its frost and its defrosts.
    alike: { first, last: addDays(last, -365) },
  };
}

function heatedDay(day: Bucket, isThisSeason: boolean): HeatedDay[] {
  const { outside_c, coverage, modes } = day;
  if (outside_c === null || coverage === null || coverage < LEAST_COVERAGE) return [];
  const heat_kwh = (modes.heating?.heat_kwh ?? 0) + (modes.defrost?.heat_kwh ?? 0);
  return [{ start: day.start, outside_c, kw: heat_kwh / (24 * coverage), isThisSeason }];
}

/** The heat for heating for each degree day, of the days that are measured. */
export function perDegreeDay(days: readonly Bucket[], base_c: number): number | null {
  const heated = days.flatMap((day) => heatedDay(day, true));
  const degrees = heated.reduce((sum, day) => sum + Math.max(base_c - day.outside_c, 0), 0);
  const heat_kwh = heated.reduce((sum, { kw }) => sum + 24 * kw, 0);
  return degrees >= LEAST_DEGREE_DAYS ? heat_kwh / degrees : null;
}

/** The degree days of a period; null if too many of its days have no temperature. */
export function degreeDays(days: readonly Bucket[], count: number, base_c: number): number | null {
  const known = days.flatMap(({ outside_c }) => (outside_c === null ? [] : [outside_c]));
  if (known.length < LEAST_COVERAGE * count) return null;
  return known.reduce((sum, outside_c) => sum + Math.max(base_c - outside_c, 0), 0);
}
