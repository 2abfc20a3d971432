/** What heat the house asks for: daily heating power against outside temperature. */

import type { Bucket } from "../../data/contract";
import { addDays, monthOf, monthStart } from "../../lib/days";

/** A day with less of it measured would seem to need less heat. */
const LEAST_COVERAGE = 0.9;
/** Below this share of the coldest days' power, a day is not heated throughout. */
const LEAST_SHARE = 0.08;
const LEAST_DAYS = 20;
/** Degree days count from here down, as in Germany's VDI 4710. */
const DEGREE_BASE_C = 15;
const ROUNDS = 3;

export interface HeatedDay {
  outside_c: number;
  /** Mean heating power over the day; what defrosts took back is subtracted. */
  kw: number;
  isThisSeason: boolean;
}

/** The straight line of a house: so much more heat for each degree colder. */
export interface Line {
  w_per_k: number;
  /** From here up the sun and the people heat the house. */
  balance_c: number;
  days: number;
}

export interface Demand {
  days: HeatedDay[];
  thisSeason: Line | null;
  lastSeason: Line | null;
  kwhPerDegreeDay: number | null;
}

export function demandOf(days: readonly Bucket[], today: string, seasonMonth: number): Demand {
  const start = seasonStart(today, seasonMonth);
  const heated = days
    .filter((day) => day.start !== today)
    .flatMap((day) => heatedDay(day, day.start >= start));
  const now = heated.filter((day) => day.isThisSeason);
  return {
    days: heated,
    thisSeason: lineOf(now),
    lastSeason: lineOf(heated.filter((day) => !day.isThisSeason)),
    kwhPerDegreeDay: perDegreeDay(now.length >= LEAST_DAYS ? now : heated),
  };
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
  return [{ outside_c, kw: heat_kwh / (24 * coverage), isThisSeason }];
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
  return { w_per_k: -1000 * slope, balance_c: x - y / slope, days: days.length };
}

function perDegreeDay(days: readonly HeatedDay[]): number | null {
  const degrees = days.reduce((sum, { outside_c }) => sum + Math.max(DEGREE_BASE_C - outside_c, 0), 0);
  const heat_kwh = days.reduce((sum, { kw }) => sum + 24 * kw, 0);
  return degrees >= 100 ? heat_kwh / degrees : null;
}
