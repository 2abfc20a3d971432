/** Two periods beside each other, and which of their differences can be seen. */

import type { Span } from "../../data/ask";
import type { Bucket, Figures } from "../../data/contract";
import { addDays, countDays, earlier, monthEnd, monthStart } from "../../lib/days";
import { type Format, UNKNOWN } from "../../lib/format";
import type { Translate } from "../../lib/texts/texts";
import { pricePerKwh } from "../cost/model";
import { degreeBase, degreeDays, perDegreeDay, WEATHER_SHARE } from "../demand/model";
import { boundaryName, isJaz } from "../jaz/model";
import { methodsApart, ownShare } from "../months/own";
import type { Period } from "../picker/period";
import { bandOf, inOne } from "../today/model";

export type Against = "year" | "before";

/** Sums of times whose lengths differ by more are no difference of the heat pump. */
const MOST_APART = 0.05;
/** A difference of the outside temperature that explains one of the COP. */
const WEATHER_K = 0.5;
/** Heat by other methods for more of the time than this is said. */
const OTHER_METHODS = 0.01;

/** What a period can be compared with; nothing lies beside all. */
export function choicesOf({ kind }: Period): readonly Against[] {
  if (kind === "all") return [];
  // The last 365 days, season and year begin where the one before ended.
  return kind === "day" || kind === "month" ? ["year", "before"] : ["year"];
}

/** What is shown without a choice: a year earlier, if that was counted. */
export function usualAgainst(period: Period, firstDay: string | null): Against | undefined {
  const choices = choicesOf(period);
  return choices.find((each) => firstDay && otherOf(period, each).last >= firstDay) ?? choices[0];
}

/** The other period: as many days, where this one is not over. */
export function otherOf({ kind, first, last }: Period, against: Against): Span {
  if (kind === "days365") return { first: addDays(first, -365), last: addDays(first, -1) };
  if (kind === "day" && against === "before") {
    return { first: addDays(first, -1), last: addDays(last, -1) };
  }
  const months = against === "before" ? -1 : -12;
  return { first: shifted(first, months), last: lastShifted(last, months) };
}

function shifted(day: string, months: number): string {
  const start = monthStart(day, months);
  return earlier(addDays(start, countDays(monthStart(day), day) - 1), monthEnd(start));
}

/** The end of a month becomes the end of the other, however long. */
function lastShifted(day: string, months: number): string {
  return day === monthEnd(day) ? monthEnd(monthStart(day, months)) : shifted(day, months);
}

export interface Side {
  figures: Figures;
  days: readonly Bucket[];
}

export interface Row {
  name: string;
  /** Of this period and of the other one. */
  values: [now: string, before: string];
  bands: [now: string, before: string];
  difference: string;
  note: string;
}

export interface Comparison {
  /** How much of each is measured. */
  measured: [now: string, before: string];
  rows: Row[];
  notes: string[];
}

export function compare(
  now: Side,
  before: Side,
  today: string,
  t: Translate,
  f: Format,
  currency: string,
): Comparison {
  const sides = [now, before] as const;
  const [one, other] = [now.figures, before.figures];
  const isSameBoundary = boundaryOf(one) !== null && boundaryOf(one) === boundaryOf(other);
  const isAsLong = isAlike(one.paired_days, other.paired_days);
  const [own, otherOwn] = [ownShare(one, other), ownShare(other, one)];
  /** By which share two ratios, or two heats, can differ without anything having changed. */
  const off = own === null || otherOwn === null ? null : Math.hypot(own, otherOwn);
  const rows: Row[] = [];
  const add = (
    name: string,
    values: readonly [number | null, number | null],
    show: (value: number) => string,
    said: Pick<Row, "difference"> & Partial<Row>,
  ) => {
    if (values[0] === null && values[1] === null) return;
    const [a, b] = values.map((value) => (value === null ? UNKNOWN : show(value)));
    rows.push({ name, values: [a!, b!], bands: ["", ""], note: "", ...said });
  };
  const both = <T>(pick: (side: Side) => T): [T, T] => [pick(now), pick(before)];
  const sum = (
    name: string,
    values: readonly [number | null, number | null],
    show: (value: number) => string,
    least: number | null = 0,
  ) => {
    const difference = isSameBoundary && isAsLong ? inPercent(values, least) : UNKNOWN;
    add(name, values, show, { difference });
  };
  const inPercent = ([a, b]: readonly [number | null, number | null], least: number | null) => {
    if (a === null || b === null || !b || least === null) return UNKNOWN;
    const share = (a - b) / Math.abs(b);
    return Math.abs(share) <= least && least ? t("not_seen") : signed(share, f.percent(share));
  };
  const energy = (kwh: number) => f.number(kwh, kwh < 100 ? 1 : 0);
  const kwh = (name: string) => `${name}, kWh`;

  const cops = both(({ figures }) => figures.cop);
  const cop = copDifference(cops, isSameBoundary ? off : null, t, f);
  rows.push({
    name: t(sides.every(({ figures }) => isJaz(figures)) ? "jaz_short" : "cop"),
    values: both(({ figures }) => f.ratio(figures.cop, 2, bandOf(figures))),
    bands: both(({ figures }) => {
      const band = bandOf(figures);
      return band ? t("low_to_high", f.ends(band)) : "";
    }),
    difference: cop.text,
    note: cop.range,
  });
  sum(kwh(t("heat_title")), both(({ figures }) => figures.heat_kwh), energy, off);
  sum(kwh(t("electricity_title")), both(({ figures }) => figures.electricity_kwh), energy);
  sum(t("cost"), both(({ figures }) => figures.cost), (value) => f.money(value, currency));
  const costs = both(({ figures }) => figures.cost_per_kwh_heat);
  add(t("heat_costs"), costs, (value) => inOne(pricePerKwh(value, currency, f)), {
    difference: isSameBoundary ? inPercent(costs, off) : UNKNOWN,
  });
  sum(`${t("co2")}, kg`, both(({ figures }) => figures.co2_kg), energy);
  const outside = both(({ figures }) => figures.outside_c);
  const warmer = outside[0] === null || outside[1] === null ? null : outside[0] - outside[1];
  add(t("outside_mean"), outside, (value) => inOne(f.temperature(value)), {
    difference: warmer === null || !isAsLong ? UNKNOWN : signed(warmer, `${f.number(warmer, 1)}\u00a0K`),
  });
  // Today's heat is not yet that of a day.
  const past = both(({ days }) => days.filter(({ start }) => start !== today));
  const base_c = degreeBase(past.flat());
  const degrees = both(({ days, figures }) => degreeDays(days, daysOf(figures), base_c));
  const areDaysAlike = degrees.every((each) => each !== null) && isAsLong;
  const base = `${f.number(base_c, 0)}\u00a0°C`;
  add(t("degree_days", { base }), degrees, (value) => f.number(value, 0), {
    difference: areDaysAlike ? inPercent(degrees, 0) : UNKNOWN,
  });
  const perDegree = [perDegreeDay(past[0], base_c), perDegreeDay(past[1], base_c)] as const;
  const weather = off === null ? null : Math.hypot(off, WEATHER_SHARE);
  add(t("heat_per_degree_day"), perDegree, (value) => f.number(value, 1), {
    difference: inPercent(perDegree, weather),
  });

  const notes: string[] = [];
  if (!isSameBoundary) notes.push(t("other_boundary", boundaryNames(one, other)));
  if (!isAsLong) notes.push(t("not_as_long"));
  if (methodsApart(one, other) > OTHER_METHODS) notes.push(t("other_methods"));
  if (cop.isSeen && warmer !== null && Math.abs(warmer) >= WEATHER_K) {
    notes.push(
      t(warmer < 0 ? "was_colder" : "was_warmer", {
        kelvin: `${f.number(Math.abs(warmer), 1)}\u00a0K`,
      }),
    );
  }
  if (cop.isSeen) notes.push(t("why_seen"));
  const measured = both(({ figures: { paired_days: days } }) =>
    days ? t("measured_of", { days: f.number(days, days < 9.95 ? 1 : 0) }) : t("heat_not_known"),
  );
  return { measured, rows, notes };
}

/** The difference of two COPs, if it is more than what each can be off on its own. */
function copDifference(
  [now, before]: readonly [number | null, number | null],
  off: number | null,
  t: Translate,
  f: Format,
): { text: string; range: string; isSeen: boolean } {
  if (now === null || before === null || off === null) {
    return { text: UNKNOWN, range: "", isSeen: false };
  }
  const [value, around] = [now - before, off * Math.max(now, before)];
  if (Math.abs(value) <= around) return { text: t("not_seen"), range: "", isSeen: false };
  const ends = [Math.floor((value - around) * 100), Math.ceil((value + around) * 100)];
  const [low, high] = ends.map((end) => signed(end, f.number(end / 100, 2)));
  return {
    text: signed(value, f.number(value, 2)),
    range: t("low_to_high", { low: low!, high: high! }),
    isSeen: true,
  };
}

function signed(value: number, text: string): string {
  return value > 0 ? `+${text}` : text;
}

/** What electricity is counted; null where that changed within the period. */
function boundaryOf({ boundary, boundary_extra, boundary_missing }: Figures): string | null {
  if (boundary === null) return null;
  return [boundary, ...[...boundary_extra, ...boundary_missing].sort()].join();
}

function boundaryNames(one: Figures, other: Figures) {
  const name = ({ boundary, boundaries }: Figures) =>
    boundary ?? Object.keys(boundaries).map(boundaryName).join(" + ");
  return { one: name(one), other: name(other) };
}

function isAlike(one: number, other: number): boolean {
  return Math.abs(one - other) <= MOST_APART * Math.max(one, other);
}

function daysOf({ first, last }: Figures): number {
  return countDays(first, last);
}
