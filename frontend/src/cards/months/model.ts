/** The columns of a period: its months, or its days where it is short. */

import type { Span } from "../../data/ask";
import type { Bucket, Figures, Mode } from "../../data/contract";
import { addDays, countDays, earlier, later, monthEnd, monthOf, monthStart } from "../../lib/days";
import { type Format, UNKNOWN } from "../../lib/format";
import { addingUp } from "../../lib/adding_up";
import type { Translate } from "../../lib/texts/texts";
import { bandOf, inOne, type Part } from "../today/model";
import { ownShare } from "./own";

/** A period with fewer days is shown day by day. */
const LEAST_DAYS = 62;
/** A household of three months has no pillars. */
const MOST_PX = 90;
/** Less electricity is standby: its ratio says nothing. */
const LEAST_KWH = 0.5;

export interface Column {
  /** The local day on which it begins. */
  start: string;
  /** The days of it that lie in the period, as a share of all. */
  share: number;
  isPart: boolean;
  paired: number;
  /** Electricity whose heat is not known. */
  unpaired: number;
  /** Null where no heat is known. */
  heat: number | null;
  /** Share of own electricity; null where it is not known. */
  ownShare: number | null;
  /** From the bottom; electricity is drawn over them. */
  above: Part[];
  /** Cold, and what defrosts took back; positive. */
  below: Part[];
  cop: number | null;
  band: { value: number; low: number; high: number } | null;
  /** The part of the band that is not that of the whole period. */
  own: { low: number; high: number } | null;
}

export function isByDay({ first, last }: Span): boolean {
  return countDays(first, last) < LEAST_DAYS;
}

export function columnsOfMonths(
  months: readonly Figures[],
  firstDay: string,
  whole: Figures,
): Column[] {
  const counted = months.filter(({ last }) => last >= firstDay);
  return counted.map((month) => {
    const first = later(month.first, firstDay);
    const days = countDays(monthStart(first), monthEnd(first));
    const share = countDays(first, earlier(month.last, monthEnd(first))) / days;
    return {
      start: first,
      share,
      isPart: share < 1,
      ...energies(month),
      ownShare: month.own_electricity_share,
      cop: month.cop,
      band: bandOf(month),
      // Alone it has nothing to be surer beside.
      own: counted.length > 1 ? ownBand(month, whole) : bandOf(month),
    };
  });
}

function ownBand(month: Figures, whole: Figures): Column["own"] {
  const share = ownShare(month, whole);
  if (share === null || month.cop === null) return null;
  return { low: month.cop * (1 - share), high: month.cop * (1 + share) };
}

/** Each day of a period has its place, also one of which nothing is known. */
export function columnsOfDays(
  days: readonly Bucket[],
  { first, last }: Span,
  today: string,
): Column[] {
  const known = new Map(days.map((day) => [day.start, day]));
  return Array.from({ length: countDays(first, last) }, (_, index) => {
    const start = addDays(first, index);
    const day = known.get(start) ?? { ...NOTHING, start };
    const { paired_electricity_kwh: paired, heat_kwh } = day;
    const isEnough = paired !== null && heat_kwh !== null && paired >= LEAST_KWH;
    return {
      start: day.start,
      share: 1,
      isPart: day.start === today,
      ...energies(day),
      ownShare: null,
      cop: isEnough && heat_kwh > 0 ? heat_kwh / paired : null,
      band: null,
      own: null,
    };
  });
}

const NOTHING = {
  electricity_kwh: null,
  paired_electricity_kwh: null,
  unpaired_electricity_kwh: null,
  heat_kwh: null,
  modes: {},
};

type Sums = Pick<
  Bucket,
  "electricity_kwh" | "paired_electricity_kwh" | "unpaired_electricity_kwh" | "heat_kwh"
> & { modes: Partial<Record<Mode, { heat_kwh: number }>> };

function energies(sums: Sums): Pick<Column, "paired" | "unpaired" | "heat" | "above" | "below"> {
  const { modes, heat_kwh } = sums;
  const above = (["heating", "hot_water"] as const)
    .map((role): Part => ({ role, kwh: modes[role]?.heat_kwh ?? 0 }))
    .filter(({ kwh }) => kwh > 0);
  const below = (["defrost", "cooling"] as const)
    .map((role): Part => ({ role, kwh: -(modes[role]?.heat_kwh ?? 0) }))
    .filter(({ kwh }) => kwh > 0);
  const defrost = below.find(({ role }) => role === "defrost")?.kwh ?? 0;
  const rest = (heat_kwh ?? 0) + defrost - total(above);
  if (rest > 0.01 * (heat_kwh ?? 0)) above.push({ role: "unknown", kwh: rest });
  return {
    paired: sums.paired_electricity_kwh ?? 0,
    unpaired: sums.unpaired_electricity_kwh ?? 0,
    heat: heat_kwh,
    above,
    below,
  };
}

/** Whether neither electricity nor heat was measured. */
export function isHole({ heat, paired, unpaired }: Column): boolean {
  return heat === null && paired === 0 && unpaired === 0;
}

/** How high a column is: its heat, or its electricity where that is more. */
export function heightOf(column: Column): number {
  return Math.max(total(column.above), column.paired + column.unpaired);
}

export function depthOf(column: Column): number {
  return total(column.below);
}

function total(parts: readonly Part[]): number {
  return parts.reduce((sum, { kwh }) => sum + kwh, 0);
}

/** Where a column has its place, and its bar in it. */
export interface Place {
  left: number;
  width: number;
  centre: number;
  barWidth: number;
}

/**
 * Give each column a place: a whole month's are equal; a part's is as much narrower,
 * but its figures must fit. The bar itself is always as wide as its days.
 */
export function placesOf(
  columns: readonly Column[],
  [left, right]: readonly [number, number],
  least: number,
): Place[] {
  const room = right - left;
  const widths = (whole: number) =>
    columns.map(({ share }) => Math.max(share * whole, Math.min(least, whole)));
  // The parts that need their least width leave less for the others.
  let whole = room / Math.max(columns.length, 1);
  for (let round = 0; round < 8; round += 1) {
    const used = widths(whole).reduce((sum, width) => sum + width, 0);
    whole = Math.min((whole * room) / (used || 1), MOST_PX);
  }
  let start = left;
  return widths(whole).map((width, index) => {
    const place = {
      left: start,
      width,
      centre: start + width / 2,
      barWidth: Math.max(columns[index]!.share * whole * 0.88, 1.5),
    };
    start += width;
    return place;
  });
}

export type LabelStyle = "short" | "narrow" | "none";

/** The text below a column; where there is no room, only every so many have one. */
export function labelsOf(
  columns: readonly Column[],
  places: readonly Place[],
  byDay: boolean,
  f: Format,
): string[] {
  const width = Math.max(...places.map((place) => place.width), 0);
  if (byDay) {
    return dayLabels(columns, width, f);
  }
  if (width >= 30) return columns.map(({ start }) => f.month(start));
  if (width >= 12) return columns.map(({ start }) => f.month(start, "narrow"));
  return columns.map(({ start }) => (monthOf(start) === 1 ? f.year(start) : ""));
}

/** Days of the month; a first one within the period has the month's name. */
function dayLabels(columns: readonly Column[], width: number, f: Format): string[] {
  const last = columns.at(-1)?.start ?? "";
  const every = Math.max(Math.ceil(22 / (width || 1)), 1);
  return columns.map(({ start }, index) => {
    const day = Number(start.slice(8));
    if (day === 1 && index) return f.month(start);
    const next = monthStart(start, 1);
    const isTooNear = next <= last && countDays(start, next) <= every + 1;
    return (day - 1) % every || isTooNear ? "" : f.dayOfMonth(start);
  });
}

export interface Cells {
  cop: string[];
  heat: string[];
  electricity: string[];
  /** Null if no own electricity is known. */
  own: string[] | null;
}

/** The figures of the table; those of one row add up to the rounded total. */
export function cells(columns: readonly Column[], f: Format): Cells {
  const whole = (values: readonly (number | null)[]) => {
    const rounded = addingUp(values.map((value) => value ?? 0), 0);
    return values.map((value, index) => (value === null ? UNKNOWN : f.number(rounded[index]!, 0)));
  };
  return {
    cop: columns.map(({ cop, band }) => f.ratio(cop, 1, band)),
    heat: whole(columns.map(({ heat }) => heat)),
    // The electricity of the COP beside it; without any COP, all that was counted.
    electricity: whole(columns.map((c) => (c.heat === null ? c.unpaired : c.paired))),
    own: columns.some((c) => c.ownShare !== null)
      ? columns.map((c) => f.percent(c.ownShare))
      : null,
  };
}

/** Above a dot there is no room for the sign that a figure is rough: its band is seen. */
export function dotLabel({ cop }: Column, f: Format): string {
  return cop === null ? "" : f.number(cop, 1);
}

/** What is known of a column: its name, then its figures. */
export function columnSays(column: Column, name: string, t: Translate, f: Format): string[] {
  const { band, own, heat, paired, unpaired, below } = column;
  if (isHole(column)) return [name, t("not_measured")];
  const energy = (kwh: number) => inOne(f.energy(kwh));
  const cop = `${t("cop")} ${f.ratio(column.cop, band ? 2 : 1, band)}`;
  const cold = below.find(({ role }) => role === "cooling");
  return [
    name,
    own ? `${cop}, ${t("low_to_high", f.ends({ value: column.cop!, ...own }))}` : cop,
    t("heat_is", { value: heat === null ? UNKNOWN : energy(heat) }),
    t("electricity_is", { value: energy(heat === null ? unpaired : paired) }),
    ...(column.ownShare === null ? [] : [`${t("of_it_own")} ${f.percent(column.ownShare)}`]),
    ...(heat !== null && unpaired >= 0.05 ? [t("unpaired_more", { energy: energy(unpaired) })] : []),
    ...(cold ? [`${t("cold")} ${energy(cold.kwh)}`] : []),
  ];
}
