/** The change log by months, and where its entries come from. */

import type { ChangeEntry, ChangeSource } from "../../data/contract";
import type { Format } from "../../lib/format";

export const PAGE = 20;
/** The integration sends no more. */
export const MOST = 500;

const SOURCES: readonly ChangeSource[] = ["unit", "option", "plant", "meter", "note"];

export type Filter = ChangeSource | "all";

export interface Month {
  name: string;
  entries: ChangeEntry[];
}

/** What can be filtered by: only what there is. */
export function filtersOf(entries: readonly ChangeEntry[]): Filter[] {
  const found = SOURCES.filter((source) => entries.some((entry) => entry.source === source));
  return ["all", ...found];
}

export function matching(entries: readonly ChangeEntry[], filter: Filter): ChangeEntry[] {
  return entries.filter(({ source }) => filter === "all" || source === filter);
}

/** The entries of each month in the order in which they come. */
export function monthsOf(entries: readonly ChangeEntry[], f: Format): Month[] {
  const months = new Map<string, ChangeEntry[]>();
  for (const entry of entries) {
    const name = f.wholeMonth(entry.time);
    const month = months.get(name) ?? [];
    month.push(entry);
    months.set(name, month);
  }
  return [...months].map(([name, found]) => ({ name, entries: found }));
}
