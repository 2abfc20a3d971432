/** How efficient the heat pump was in a period, how sure that is, and of what. */

import type { Bucket, Figures, Live } from "../../data/contract";
import { addDays, countDays } from "../../lib/days";
import { type Format, inOne, UNKNOWN } from "../../lib/format";
import { clamp, COP_AXIS, linear } from "../../lib/scale";
import type { TextKey, Translate } from "../../lib/texts/texts";
import { bandOf } from "../today/model";

/** A method with less of the heat is not worth a word. */
const LEAST_SHARE = 0.01;
/** A day counts as measured from this coverage on. */
const MEASURED_SHARE = 0.5;
const PARTS = ["compressor", "source_pump", "backup_heater", "circulation_pumps"] as const;

export interface Jaz {
  title: string;
  period: string;
  cop: string;
  /** How sure it is, or why it is not known. */
  note: string;
  days: string;
  boundary: string[];
  heatBy: string;
  /** Null if it is not known how much was own. */
  own: string | null;
  /** Places on the axis, from 0 to 1; null where there is none. */
  mark: number | null;
  band: { from: number; to: number } | null;
}

export function jaz(
  figures: Figures,
  kind: Live["source_kind"],
  isRolling: boolean,
  t: Translate,
  f: Format,
): Jaz {
  const band = bandOf(figures);
  const place = (cop: number) => clamp(linear(COP_AXIS, [0, 1])(cop), [0, 1]);
  return {
    title: titleOf(figures, isRolling, t, f),
    period: f.days(figures.first, figures.last),
    cop: f.ratio(figures.cop, 2, band),
    note: band ? t("between", f.ends(band)) : figures.cop === null ? t(whyNot(figures)) : "",
    days: daysOf(figures, t, f),
    boundary: boundaryOf(figures, kind, t, f),
    heatBy: heatBy(figures, t, f),
    own: ownOf(figures, t, f),
    mark: figures.cop === null ? null : place(figures.cop),
    band: band && { from: place(band.low), to: place(band.high) },
  };
}

function daysOf({ first, last, paired_days, coverage }: Figures, t: Translate, f: Format) {
  const days = countDays(first, last);
  if (days === 1) return f.percent(coverage);
  // A day that began is not one more, but rounding must not take one away.
  const paired = Math.floor(paired_days + 0.05);
  return t("days_of", { paired: f.number(paired, 0), days: f.number(days, 0) });
}

/** A ratio is only called a JAZ if it is one. */
function titleOf(figures: Figures, isRolling: boolean, t: Translate, f: Format): string {
  if (isJaz(figures)) return t(isRolling ? "jaz_rolling" : "jaz");
  const days = Math.round(figures.paired_days);
  if (days === 0) return t("cop");
  return days > 1 ? t("cop_of_days", { days: f.number(days, 0) }) : t("cop_of_one_day");
}

/** A year, and no more of it than a year: several together are a COP of their days. */
export function isJaz({ is_full_year, first, last }: Figures): boolean {
  return is_full_year && countDays(first, last) <= 366;
}

function whyNot({ paired_days, heat_kwh }: Figures): TextKey {
  if (heat_kwh === null) return "heat_not_known";
  return paired_days < 1 ? "no_day_yet" : "just_started";
}

/** What electricity is counted, in words, with the name of the boundary. */
function boundaryOf(
  figures: Figures,
  kind: Live["source_kind"],
  t: Translate,
  f: Format,
): string[] {
  const { boundary } = figures;
  if (boundary === null) return changedBoundaries(figures, t, f);
  const parts: string[] = PARTS.slice(0, Number(boundary[1]));
  const counted = PARTS.filter(
    (part) =>
      !figures.boundary_missing.includes(part) &&
      (parts.includes(part) || figures.boundary_extra.includes(part)),
  );
  const word = (part: (typeof PARTS)[number]) =>
    t(part === "source_pump" && kind === "air" ? "boundary_fan" : `boundary_${part}`);
  const lines = [`${counted.map(word).join(", ")} (${boundary})`];
  const without = figures.cop_without_backup_heater;
  if (without !== null) {
    const name = figures.boundary_without_backup_heater;
    lines.push(
      t("without_heater_of", {
        cop: f.ratio(without, 2, bandAround(without, figures)),
        boundary: name ? ` (${name})` : "",
      }),
    );
  }
  return lines;
}

/** A period within which another electricity was counted has a COP of each. */
function changedBoundaries({ boundaries }: Figures, t: Translate, f: Format): string[] {
  const parts = Object.entries(boundaries).map(([key, { days, cop }]) => {
    const counted = t("days_count", { days: f.number(days, 0) });
    return `${boundaryName(key)}: ${counted}, ${t("cop")} ${f.number(cop, 2)}`;
  });
  return parts.length ? parts : [UNKNOWN];
}

/** `H1+` for `H1+backup_heater`. */
export function boundaryName(key: string): string {
  return key.replace(/\+.*/, "+");
}

/** The ratio without the heater is as sure as the one with it. */
function bandAround(value: number, figures: Figures) {
  const band = bandOf(figures);
  if (!band) return null;
  const scale = value / band.value;
  return { value, low: band.low * scale, high: band.high * scale };
}

function heatBy({ method_shares, method_errors }: Figures, t: Translate, f: Format): string {
  const methods = Object.entries(method_shares)
    .filter(([, share]) => share >= LEAST_SHARE)
    .sort(([, one], [, other]) => other - one);
  if (!methods.length) return UNKNOWN;
  return methods
    .map(([method, share]) => {
      const error = method_errors[method];
      return [
        t(`method_${method}` as TextKey),
        ...(methods.length > 1 ? [f.percent(share)] : []),
        ...(error === undefined ? [] : [`±${f.percent(error)}`]),
      ].join(", ");
    })
    .join("; ");
}

/** The share of own electricity; what it is of may be less than all. */
function ownOf(figures: Figures, t: Translate, f: Format): string | null {
  const { own_electricity_kwh: own, own_electricity_share: share } = figures;
  if (share === null) return null;
  const energy = inOne(f.energy(share && own !== null ? own / share : figures.electricity_kwh));
  return t("own_of", { share: f.percent(share), energy });
}

/** The parts of a period in which the days are measured, from 0 to 1. */
export function measuredParts(
  days: readonly Bucket[],
  first: string,
  last: string,
): { from: number; to: number }[] {
  const measured = new Set(
    days
      .filter((day) => day.heat_kwh !== null && (day.coverage ?? 0) >= MEASURED_SHARE)
      .map((day) => day.start),
  );
  const count = countDays(first, last);
  const parts: { from: number; to: number }[] = [];
  for (let index = 0; index < count; index += 1) {
    if (!measured.has(addDays(first, index))) continue;
    const before = parts.at(-1);
    if (before && Math.abs(before.to - index / count) < 1e-9) before.to = (index + 1) / count;
    else parts.push({ from: index / count, to: (index + 1) / count });
  }
  return parts;
}
