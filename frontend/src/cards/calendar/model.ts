/** How much of each day was measured. */

import type { Bucket } from "../../data/contract";
import { addDays, countDays } from "../../lib/days";

/** From this coverage on nothing of a day is missed, below the other nothing is known. */
const WHOLE = 0.95;
const NOTHING = 0.05;
/** Longer holes than these are not named: the squares show them. */
const NAMED = 3;

export type State = "measured" | "in_part" | "not_measured";

export interface Day {
  day: string;
  state: State;
  /** Between 0 and 1; null where nothing could be counted. */
  coverage: number | null;
}

export interface Hole {
  first: string;
  last: string;
  count: number;
}

/** The days from the first that was ever counted to today. */
export function calendar(
  buckets: readonly Bucket[],
  { first, last, firstEver }: { first: string; last: string; firstEver: string | null },
): { days: Day[]; holes: Hole[] } {
  const coverage = new Map(buckets.map((each) => [each.start, each.coverage]));
  const begun = firstEver ?? last;
  const start = begun > first ? begun : first;
  const days = Array.from({ length: countDays(start, last) }, (_, index): Day => {
    const day = addDays(start, index);
    const known = coverage.get(day) ?? null;
    return { day, coverage: known, state: stateOf(known, day === last) };
  });
  return { days, holes: holesOf(days) };
}

function stateOf(coverage: number | null, isToday: boolean): State {
  // Of a day that has just begun nothing can be closed yet.
  if (coverage === null) return isToday ? "in_part" : "not_measured";
  if (coverage >= WHOLE) return "measured";
  return coverage <= NOTHING ? "not_measured" : "in_part";
}

function holesOf(days: readonly Day[]): Hole[] {
  const holes: Hole[] = [];
  for (const { day, state } of days) {
    if (state !== "not_measured") continue;
    const last = holes.at(-1);
    if (last && addDays(last.last, 1) === day) {
      last.last = day;
      last.count += 1;
    } else {
      holes.push({ first: day, last: day, count: 1 });
    }
  }
  return holes
    .toSorted((one, other) => other.count - one.count)
    .slice(0, NAMED)
    .toSorted((one, other) => (one.first < other.first ? -1 : 1));
}

/** Where the square of a day is, in columns and rows. */
export interface Place {
  column: number;
  row: number;
}

/** Monday is 0. */
export function weekday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** Weeks beside each other. */
export function byWeek(day: string, first: string): Place {
  const row = weekday(day);
  return { row, column: (countDays(first, day) - 1 - row + weekday(first)) / 7 };
}

/** Months below each other, for a narrow card. */
export function byMonth(day: string, first: string): Place {
  const months = (of: string) => 12 * Number(of.slice(0, 4)) + Number(of.slice(5, 7));
  return { row: months(day) - months(first), column: Number(day.slice(8)) - 1 };
}
