/** What heat the house asks for: daily heating power against outside temperature. */

import type { Bucket } from "../../data/contract";
import { addDays, monthOf, monthStart } from "../../lib/days";
import { clamp } from "../../lib/scale";

/** A day with less of it measured would seem to need less heat. */
const LEAST_COVERAGE = 0.9;
/** Below this share of the coldest days' power, a day is not heated throughout. */
const LEAST_SHARE = 0.08;
export const LEAST_DAYS = 20;
/** Less is no heating: it is what a counter rounds. */
const LEAST_KW = 0.02;
/** Fewer say nothing of a house. */
const LEAST_DEGREE_DAYS = 100;
/** Two standard deviations. */
const DEVIATIONS = 2;
/** Sun, wind and people: of two seasons, 5 % each, which no degree day knows. */
export const WEATHER_SHARE = 0.07;
/**
 * Degree days count from the house's own balance temperature down: with a fixed base,
 * a house that heats below 17 °C would seem to need more in an autumn than in a winter.
 * Unknown, it is 15 °C, as in Germany's VDI 4710.
 */
const USUAL_BASE_C = 15;
const BASES_C = [10, 20] as const;
const ROUNDS = 3;

export interface HeatedDay {
  start: string;
  outside_c: number;
  /** Mean heating power over the day; what defrosts took back is subtracted. */
  kw: number;
  isThisSeason: boolean;
}

/** The straight line of a house: so much more heat for each degree colder. */
export interface Line {
  w_per_k: number;
  /** By how much the scatter of the days lets it be off. */
  error_w_per_k: number;
  /** From here up the sun and the people heat the house. */
  balance_c: number;
}

export interface Season {
  /** How many days were heated. */
  heated: number;
  line: Line | null;
  kwhPerDegreeDay: number | null;
}

export interface Demand {
  days: HeatedDay[];
  now: Season;
  before: Season;
  /** From here down degree days count. */
  base_c: number;
  /** The line of the season before on days as cold as this season's. */
  alike: Line | null;
  /** Whether the house was heated, but the outside temperature of no day is known. */
  lacksOutside: boolean;
}

export function demandOf(days: readonly Bucket[], today: string, seasonMonth: number): Demand {
  const start = seasonStart(today, seasonMonth);
  const past = days.filter((day) => day.start !== today);
  const heated = past.flatMap((day) => heatedDay(day, day.start >= start));
  const now = heated.filter((day) => day.isThisSeason);
  const before = heated.filter((day) => !day.isThisSeason);
  // An autumn's line is not that of a winter, with its frost and its defrosts.
  const coldest = Math.min(...now.map((day) => day.outside_c)) - 1;
  const base_c = baseOf(heated);
  return {
    days: heated,
    now: seasonOf(now, base_c),
    before: seasonOf(before, base_c),
    base_c,
    alike: lineOf(before.filter((day) => day.outside_c >= coldest)),
    lacksOutside:
      past.some(({ modes }) => modes.heating) && past.every((day) => day.outside_c === null),
  };
}

function seasonOf(days: readonly HeatedDay[], base_c: number): Season {
  return {
    heated: days.filter(({ kw }) => kw > LEAST_KW).length,
    line: lineOf(days),
    kwhPerDegreeDay: perDegree(days, base_c),
  };
}

/** By which share two seasons' heat losses differ; null if that cannot be seen. */
export function lossChange(now: Line, before: Line): number | null {
  const change = now.w_per_k / before.w_per_k - 1;
  const off = Math.hypot(
    now.error_w_per_k / now.w_per_k,
    before.error_w_per_k / before.w_per_k,
    WEATHER_SHARE,
  );
  return Math.abs(change) > off ? change : null;
}

export function seasonStart(today: string, month: number): string {
  const back = (monthOf(today) - month + 12) % 12;
  return monthStart(today, -back);
}

/** Two seasons, so that this one can be seen beside the last. */
export function twoSeasons(today: string, month: number): { first: string; last: string } {
  return { first: monthStart(seasonStart(today, month), -12), last: addDays(today, -1) };
}

function heatedDay(day: Bucket, isThisSeason: boolean): HeatedDay[] {
  const { outside_c, coverage, modes } = day;
  if (outside_c === null || coverage === null || coverage < LEAST_COVERAGE) return [];
  const heat_kwh = (modes.heating?.heat_kwh ?? 0) + (modes.defrost?.heat_kwh ?? 0);
  return [{ start: day.start, outside_c, kw: heat_kwh / (24 * coverage), isThisSeason }];
}

/** Fit the line to the days on which the house is heated throughout. */
function lineOf(days: readonly HeatedDay[]): Line | null {
  const most = Math.max(...days.map((day) => day.kw), 0);
  let chosen = days.filter((day) => day.kw > LEAST_SHARE * most);
  let line: Line | null = null;
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = fitted(chosen);
    if (!found) return line;
    line = found;
    const limit = found.balance_c - 1;
    chosen = days.filter((day) => day.outside_c < limit);
  }
  return line;
}

function fitted(days: readonly HeatedDay[]): Line | null {
  if (days.length < LEAST_DAYS) return null;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / days.length;
  const [x, y] = [mean(days.map((day) => day.outside_c)), mean(days.map((day) => day.kw))];
  const xx = mean(days.map((day) => (day.outside_c - x) ** 2));
  const xy = mean(days.map((day) => (day.outside_c - x) * (day.kw - y)));
  const slope = xx > 1 ? xy / xx : 0;
  if (slope >= 0) return null;
  const squares = mean(days.map((day) => (day.kw - y - slope * (day.outside_c - x)) ** 2));
  return {
    w_per_k: -1000 * slope,
    error_w_per_k: 1000 * DEVIATIONS * Math.sqrt(squares / ((days.length - 2) * xx)),
    balance_c: x - y / slope,
  };
}

function baseOf(days: readonly HeatedDay[]): number {
  return clamp(Math.round(lineOf(days)?.balance_c ?? USUAL_BASE_C), BASES_C);
}

function perDegree(days: readonly HeatedDay[], base_c: number): number | null {
  const degrees = days.reduce((sum, day) => sum + Math.max(base_c - day.outside_c, 0), 0);
  const heat_kwh = days.reduce((sum, { kw }) => sum + 24 * kw, 0);
  return degrees >= LEAST_DEGREE_DAYS ? heat_kwh / degrees : null;
}

/** The base of the degree days of a house, of the days that are measured. */
export function degreeBase(days: readonly Bucket[]): number {
  return baseOf(days.flatMap((day) => heatedDay(day, true)));
}

/** The heat for heating for each degree day, of the days that are measured. */
export function perDegreeDay(days: readonly Bucket[], base_c: number): number | null {
  return perDegree(days.flatMap((day) => heatedDay(day, true)), base_c);
}

/** The degree days of a period; null if too many of its days have no temperature. */
export function degreeDays(days: readonly Bucket[], count: number, base_c: number): number | null {
  const known = days.flatMap(({ outside_c }) => (outside_c === null ? [] : [outside_c]));
  if (known.length < LEAST_COVERAGE * count) return null;
  return known.reduce((sum, outside_c) => sum + Math.max(base_c - outside_c, 0), 0);
}
