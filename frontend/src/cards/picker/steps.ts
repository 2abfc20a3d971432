/** Periods of all kinds, and how to move from one to the next. */

import type { Span } from "../../data/ask";
import type { Live } from "../../data/contract";
import { addDays, earlier, monthEnd, monthOf, monthStart } from "../../lib/days";

export const KINDS = ["day", "month", "season", "year", "days365", "all"] as const;
export type Kind = (typeof KINDS)[number];

export interface Period extends Span {
  kind: Kind;
}

/** What the periods of a household depend on. */
export interface Calendar {
  today: string;
  /** The first day that was counted. */
  firstDay: string;
  seasonStartMonth: number;
}

export function calendarOf(live: Live): Calendar {
  return {
    today: live.today.last,
    firstDay: live.first_day ?? live.today.last,
    seasonStartMonth: live.season_start_month,
  };
}

/** The period of a kind that a day is in; the one of 365 days ends with it. */
export function periodAt(kind: Kind, day: string, calendar: Calendar): Period {
  const { today, firstDay } = calendar;
  const until = (first: string, last: string) => ({
    kind,
    first,
    last: earlier(last, today),
  });
  switch (kind) {
    case "day":
      return until(day, day);
    case "month":
      return until(monthStart(day), monthEnd(day));
    case "season":
      return yearFrom(calendar.seasonStartMonth);
    case "year":
      return yearFrom(1);
    case "days365":
      return until(addDays(day, -364), day);
    case "all":
      return until(firstDay, today);
  }
  function yearFrom(month: number) {
    const first = monthStart(day, -((monthOf(day) - month + 12) % 12));
    return until(first, monthEnd(monthStart(first, 11)));
  }
}

/** The period before or after; null where nothing is known. */
export function stepped(period: Period, by: -1 | 1, calendar: Calendar): Period | null {
  const { kind, first, last } = period;
  if (kind === "all") return null;
  const day = by < 0 ? addDays(first, -1) : addDays(last, 1);
  if (day > calendar.today || day < calendar.firstDay) return null;
  const anchor = kind === "days365" && by > 0 ? addDays(last, 365) : day;
  return periodAt(kind, earlier(anchor, calendar.today), calendar);
}
