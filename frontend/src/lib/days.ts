/** Local days as `2026-01-31`: a day of the household is the same in every time zone. */

const DAY_MS = 86_400_000;

function msOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

export function addDays(day: string, count: number): string {
  return dayOf(msOf(day) + count * DAY_MS);
}

/** The first day of the month that lies so many months after a day's. */
export function monthStart(day: string, later = 0): string {
  const date = new Date(msOf(day));
  return dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1));
}

export function monthEnd(day: string): string {
  return addDays(monthStart(day, 1), -1);
}

/** How many days, both ends included. */
export function countDays(first: string, last: string): number {
  return Math.round((msOf(last) - msOf(first)) / DAY_MS) + 1;
}

export function monthOf(day: string): number {
  return Number(day.slice(5, 7));
}

export function later(one: string, other: string): string {
  return one > other ? one : other;
}

export function earlier(one: string, other: string): string {
  return one < other ? one : other;
}
