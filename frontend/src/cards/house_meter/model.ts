/** Quarter-hours of a house meter: shares, days and months in columns. */

import type { Span } from "../../data/ask";
import type { HouseDay, MonthPeak, Parts, QuarterHour, RunningQuarter } from "../../data/contract";
import { addingUp } from "../../lib/adding_up";
import { addDays, countDays, monthStart } from "../../lib/days";
import type { Format } from "../../lib/format";

export const QUARTER_MS = 900_000;

/** One of the columns of a chart; powers in kW. */
export interface Column {
  kw: number | null;
  /** What the heat pumps drew of it; null if that is not known. */
  heat_pump_kw: number | null;
  /** Whether all of it, or a part of what it is the highest of, is not known. */
  isPart: boolean;
  isOpen?: boolean;
  isStrong?: boolean;
}

/** What the heat pumps drew of a quarter-hour's average, in kW. */
export function heatPumpOf(parts_wh: Parts, total_kw: number): number | null {
  const known = Object.values(parts_wh);
  if (!known.length) return null;
  // They can draw more than the grid gives: the rest is the household's own electricity.
  return Math.min(known.reduce((sum, each) => sum + (4 * each) / 1000, 0), total_kw);
}

/** The parts of the average that is expected, in kW and of one digit, which add up. */
export interface Shares {
  heat_pump: number | null;
  rest: number;
  to_come: number;
}

export function sharesOf({ so_far_w, forecast_w, parts_wh }: RunningQuarter): Shares | null {
  if (so_far_w === null) return null;
  const so_far = so_far_w / 1000;
  const heat_pump = heatPumpOf(parts_wh, so_far);
  const coming = Math.max((forecast_w ?? so_far_w) / 1000 - so_far, 0);
  const [part, rest, to_come] = addingUp([heat_pump ?? 0, so_far - (heat_pump ?? 0), coming], 1);
  return { heat_pump: heat_pump === null ? null : part!, rest: rest!, to_come: to_come! };
}

export interface DayColumn extends Column {
  day: string;
  start: string | null;
  incomplete: number;
}

/** Each day of a month, of the present one until today. */
export function daysOf(
  days: readonly HouseDay[],
  { first, last }: Span,
  today: string,
): DayColumn[] {
  const highest = Math.max(...days.map(({ peak }) => peak?.average_w ?? 0));
  const strongest = days.find(({ peak }) => peak?.average_w === highest)?.day;
  return Array.from({ length: countDays(first, last) }, (_, index) => {
    const day = addDays(first, index);
    const known = days.find((each) => each.day === day);
    const peak = known?.peak ?? null;
    const kw = peak && peak.average_w / 1000;
    const isOpen = day === today;
    const incomplete = known?.incomplete ?? 0;
    return {
      day,
      start: peak?.start ?? null,
      incomplete,
      kw,
      heat_pump_kw: peak && heatPumpOf(peak.parts_wh, peak.average_w / 1000),
      // Before the first day that is known, there was no meter.
      isPart: incomplete > 0 || (known !== undefined && !peak && !isOpen),
      isOpen,
      isStrong: day === strongest,
    };
  });
}

export interface QuarterColumn extends Column {
  start: Date;
}

/** Each quarter-hour of a local day, as many as it has; what is not over is empty. */
export function quartersOf(
  quarters: readonly QuarterHour[],
  day: string,
  until: number,
  f: Format,
): QuarterColumn[] {
  const known = new Map(quarters.map((each) => [Date.parse(each.start), each]));
  const isOfDay = (at: number) => f.local(new Date(at)).day === day;
  // At noon in Greenwich, nearly everywhere has the same date.
  let start = quarters[0] ? Date.parse(quarters[0].start) : Date.parse(`${day}T12:00:00Z`);
  while (isOfDay(start - QUARTER_MS)) start -= QUARTER_MS;
  const columns: QuarterColumn[] = [];
  for (let at = start; isOfDay(at); at += QUARTER_MS) {
    const quarter = known.get(at);
    const kw = quarter?.average_w == null ? null : quarter.average_w / 1000;
    columns.push({
      start: new Date(at),
      kw,
      heat_pump_kw: kw === null ? null : heatPumpOf(quarter!.parts_wh, kw),
      isPart: kw === null && at + QUARTER_MS <= until,
    });
  }
  return columns;
}

export interface MonthColumn extends Column {
  month: string;
  peak: MonthPeak | null;
}

/** The months that are billed, without gaps. */
export function monthsOf(months: readonly MonthPeak[]): MonthColumn[] {
  const [first, last] = [months[0]?.month, months.at(-1)?.month];
  const columns: MonthColumn[] = [];
  for (let month = first ?? ""; last && month <= last; month = monthStart(month, 1)) {
    const peak = months.find((each) => each.month === month) ?? null;
    columns.push({
      month,
      peak,
      kw: peak && peak.peak_w / 1000,
      heat_pump_kw: null,
      isPart: peak === null,
      isStrong: month === last,
    });
  }
  return columns;
}
