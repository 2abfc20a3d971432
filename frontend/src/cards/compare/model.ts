/** Two periods beside each other, and which of their differences can be seen. */

import type { Span } from "../../data/ask";
import type { Bucket, Figures } from "../../data/contract";
import { addDays, countDays, earlier, monthEnd, monthStart } from "../../lib/days";
import { type Format, UNKNOWN } from "../../lib/format";
import type { Translate } from "../../lib/texts/texts";
import { pricePerKwh } from "../cost/model";
import { degreeDays, perDegreeDay, WEATHER_SHARE } from "../demand/model";
import { boundaryName, isJaz } from "../jaz/model";
import { methodsApart, ownShare } from "../months/own";
import type { Period } from "../picker/period";
import { bandOf, inOne } from "../today/model";

export type Against = "year" | "before";

/** Sums of times whose lengths differ by more are no difference of the heat pump. */
const MOST_APART = 0.05;
/** Less than this share of the other's days is not compared at all. */
const LEAST_SHARE = 0.5;
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

/** What of two periods can be put beside each other. */
interface Beside {
  isSameBoundary: boolean;
  isAsLong: boolean;
  /** Whether both are long enough for their ratios to be compared. */
  isComparable: boolean;
  /** By which share ratios can differ although nothing changed; null if not known. */
  off: number | null;
  /** The difference of the mean outside temperatures. */
  warmer_k: number | null;
}

type Pair = readonly [now: number | null, before: number | null];

/** What one row shows, and how its difference is said. */
interface Spec {
  name: string;
  values: Pair;
  show: (value: number) => string;
  differ: (values: Pair) => string;
}

/** The base is that of the house's degree days. */
export function compare(
  now: Side,
  before: Side,
  today: string,
  base_c: number,
  t: Translate,
  f: Format,
  currency: string,
): Comparison {
  const [one, other] = [now.figures, before.figures];
  const beside = besideOf(one, other);
  const cop = copDifference([one.cop, other.cop], beside.isSameBoundary ? beside.off : null, t, f);
  const measured = ({ paired_days: days }: Figures) =>
    days ? t("measured_of", { days: f.number(days, days < 9.95 ? 1 : 0) }) : t("heat_not_known");
  const specs = [
    ...energySpecs(one, other, beside, t, f, currency),
    ...weatherSpecs(now, before, beside, today, base_c, t, f),
  ];
  return {
    measured: [measured(one), measured(other)],
    rows: [copRow(one, other, cop, t, f), ...specs.flatMap(rowOf)],
    notes: notesOf(one, other, beside, cop.isSeen, t, f),
  };
}

function besideOf(one: Figures, other: Figures): Beside {
  const [own, otherOwn] = [ownShare(one, other), ownShare(other, one)];
  const isComparable = areComparable(one, other);
  const [outside, otherOutside] = [one.outside_c, other.outside_c];
  return {
    isSameBoundary: boundaryOf(one) !== null && boundaryOf(one) === boundaryOf(other),
    isAsLong: isAlike(one.paired_days, other.paired_days),
    isComparable,
    off: own === null || otherOwn === null || !isComparable ? null : Math.hypot(own, otherOwn),
    warmer_k: outside === null || otherOutside === null ? null : outside - otherOutside,
  };
}

function rowOf({ name, values, show, differ }: Spec): Row[] {
  const [now, before] = values;
  if (now === null && before === null) return [];
  const text = (value: number | null) => (value === null ? UNKNOWN : show(value));
  return [
    {
      name,
      values: [text(now), text(before)],
      bands: ["", ""],
      difference: differ(values),
      note: "",
    },
  ];
}

function copRow(
  one: Figures,
  other: Figures,
  { text, range }: CopDifference,
  t: Translate,
  f: Format,
): Row {
  const value = (figures: Figures) => f.ratio(figures.cop, 2, bandOf(figures));
  const ends = (figures: Figures) => {
    const band = bandOf(figures);
    return band ? t("low_to_high", f.ends(band)) : "";
  };
  return {
    name: t(isJaz(one) && isJaz(other) ? "jaz_short" : "cop"),
    values: [value(one), value(other)],
    bands: [ends(one), ends(other)],
    difference: text,
    note: range,
  };
}

const none = () => UNKNOWN;

/** A difference in percent; one that is not larger than a share is not seen. */
function percent(least: number | null, t: Translate, f: Format) {
  return ([now, before]: Pair): string => {
    if (now === null || !before || least === null) return UNKNOWN;
    const share = (now - before) / Math.abs(before);
    return least && Math.abs(share) <= least ? t("not_seen") : signed(share, f.percent(share));
  };
}

function energySpecs(
  one: Figures,
  other: Figures,
  { isSameBoundary, isAsLong, off }: Beside,
  t: Translate,
  f: Format,
  currency: string,
): Spec[] {
  const inKwh = (kwh: number) => f.number(kwh, kwh < 100 ? 1 : 0);
  const areSums = isSameBoundary && isAsLong;
  const counted = areSums ? percent(0, t, f) : none;
  return [
    {
      name: `${t("heat_title")}, kWh`,
      values: [one.heat_kwh, other.heat_kwh],
      show: inKwh,
      differ: areSums ? percent(off, t, f) : none,
    },
    {
      name: `${t("electricity_title")}, kWh`,
      values: [one.electricity_kwh, other.electricity_kwh],
      show: inKwh,
      differ: counted,
    },
    {
      name: t("cost"),
      values: [one.cost, other.cost],
      show: (amount) => f.money(amount, currency),
      differ: counted,
    },
    {
      name: t("heat_costs"),
      values: [one.cost_per_kwh_heat, other.cost_per_kwh_heat],
      show: (price) => inOne(pricePerKwh(price, currency, f)),
      differ: isSameBoundary ? percent(off, t, f) : none,
    },
    {
      name: `${t("co2")}, kg`,
      values: [one.co2_kg, other.co2_kg],
      show: inKwh,
      differ: counted,
    },
  ];
}

function weatherSpecs(
  now: Side,
  before: Side,
  { isAsLong, off, warmer_k }: Beside,
  today: string,
  base_c: number,
  t: Translate,
  f: Format,
): Spec[] {
  // Today's heat is not yet that of a day.
  const past = ({ days }: Side) => days.filter(({ start }) => start !== today);
  const degrees = ({ days, figures }: Side) =>
    degreeDays(days, countDays(figures.first, figures.last), base_c);
  const base = `${f.degrees(base_c, 0)}\u00a0${f.degreeUnit}`;
  return [
    {
      name: t("outside_mean"),
      values: [now.figures.outside_c, before.figures.outside_c],
      show: (celsius) => inOne(f.temperature(celsius)),
      differ:
        warmer_k === null || !isAsLong
          ? none
          : () => signed(warmer_k, `${f.difference(warmer_k)}\u00a0${f.differenceUnit}`),
    },
    {
      name: t("degree_days", { base }),
      values: [degrees(now), degrees(before)],
      show: (value) => f.difference(value, 0),
      differ: isAsLong ? percent(0, t, f) : none,
    },
    {
      name: t("heat_per_degree_day"),
      values: [perDegreeDay(past(now), base_c), perDegreeDay(past(before), base_c)],
      show: (value) => f.number(value / f.degreesPerKelvin, 1),
      differ: percent(off === null ? null : Math.hypot(off, WEATHER_SHARE), t, f),
    },
  ];
}

function notesOf(
  one: Figures,
  other: Figures,
  { isSameBoundary, isAsLong, isComparable, warmer_k }: Beside,
  isSeen: boolean,
  t: Translate,
  f: Format,
): string[] {
  const notes: string[] = [];
  if (!isSameBoundary) notes.push(t("other_boundary", boundaryNames(one, other)));
  if (!isComparable) notes.push(t("too_few_to_compare"));
  else if (!isAsLong) notes.push(t("not_as_long"));
  if (methodsApart(one, other) > OTHER_METHODS) notes.push(t("other_methods"));
  if (isSeen && warmer_k !== null && Math.abs(warmer_k) >= WEATHER_K) {
    const by = `${f.difference(Math.abs(warmer_k))}\u00a0${f.differenceUnit}`;
    notes.push(t(warmer_k < 0 ? "was_colder" : "was_warmer", { by }));
  }
  if (isSeen) notes.push(t("why_seen"));
  return notes;
}

interface CopDifference {
  text: string;
  range: string;
  isSeen: boolean;
}

/** The difference of two COPs, if it is more than what each can be off on its own. */
function copDifference(
  [now, before]: Pair,
  off: number | null,
  t: Translate,
  f: Format,
): CopDifference {
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

/** A few days of one are no period beside the other. */
function areComparable({ paired_days: one }: Figures, { paired_days: other }: Figures): boolean {
  return Math.min(one, other) >= LEAST_SHARE * Math.max(one, other);
}

function isAlike(one: number, other: number): boolean {
  return Math.abs(one - other) <= MOST_APART * Math.max(one, other);
}
