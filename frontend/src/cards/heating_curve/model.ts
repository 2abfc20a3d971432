/** The heating curve that is set, and what the unit did. */

import type { Curve, Live, Run } from "../../data/contract";
import { type Format, inOne } from "../../lib/format";
import type { Range } from "../../lib/scale";
import { quantile } from "../../lib/statistics";
import type { Translate } from "../../lib/texts/texts";
import { signed } from "../changes/entries";

/** Where the unit does not report the room temperature of its heating program. */
const USUAL_ROOM_C = 20;
/** From here to the right it gets colder. */
export const WARM_C = 20;
const COLD_C = -10;
/** Fewer runs say nothing of how the unit follows its curve. */
const LEAST_RUNS = 10;

/**
 * The supply temperature that a heating curve asks for, by the formula that Viessmann's
 * ViGuide uses: https://github.com/openviess/PyViCare/issues/238
 */
export function supplyAt({ slope, shift, room_c }: Curve, outside_c: number): number {
  const room = room_c ?? USUAL_ROOM_C;
  const colder = outside_c - room;
  const steepness = 1.4347 + 0.021 * colder + 247.9e-6 * colder * colder;
  return room + shift - slope * colder * steepness;
}

/** The means of a heating run. */
export interface Point {
  start: string;
  outside_c: number;
  supply_c: number;
  /** Whether the curve that is set now was set then. */
  isSince: boolean;
}

/** The heating runs from warm to cold; one during which the curve was changed is of neither. */
export function pointsOf(runs: readonly Run[], { since }: Curve): Point[] {
  const changed = since === null ? -Infinity : Date.parse(since);
  return runs
    .flatMap(({ mode, start, end, outside_c, supply_c }): Point[] => {
      if (mode !== "heating" || outside_c === null || supply_c === null) return [];
      const isSince = Date.parse(start) >= changed;
      if (outside_c > WARM_C || (!isSince && Date.parse(end) > changed)) return [];
      return [{ start, outside_c, supply_c, isSince }];
    })
    .sort((one, other) => other.outside_c - one.outside_c);
}

/** Where the unit is now, if it heats. */
export function nowOf({ mode, outside_c, supply_c, time }: Live): Point | null {
  if (mode !== "heating" || outside_c === null || supply_c === null) return null;
  return outside_c > WARM_C ? null : { start: time, outside_c, supply_c, isSince: true };
}

export interface Ranges {
  /** From warm to cold. */
  outside: Range;
  supply: Range;
}

export function rangesOf(points: readonly Point[], curves: readonly Curve[]): Ranges {
  const coldest = Math.min(...points.map((point) => point.outside_c - 0.5), COLD_C);
  const cold = Math.floor(coldest / 2) * 2;
  const supplies = [
    ...points.map((point) => point.supply_c),
    ...curves.flatMap((curve) => [supplyAt(curve, WARM_C), supplyAt(curve, cold)]),
  ];
  return {
    outside: [WARM_C, cold],
    supply: [Math.floor(Math.min(...supplies, WARM_C)), Math.ceil(Math.max(...supplies) + 1)],
  };
}

/** What of a curve is named: its slope, and the rest where it matters. */
export function curveName(curve: Curve, others: readonly Curve[], t: Translate, f: Format) {
  const differs = (key: "shift" | "room_c") => others.some((other) => other[key] !== curve[key]);
  const parts = [t("slope_is", { value: f.number(curve.slope, 1) })];
  if (curve.shift || differs("shift")) {
    const digits = Number.isInteger(curve.shift) ? 0 : 1;
    parts.push(t("shift_is", { value: f.number(curve.shift, digits) }));
  }
  if (curve.room_c !== null && differs("room_c")) {
    parts.push(t("room_is", { value: `${f.degrees(curve.room_c, 0)}\u00a0${f.degreeUnit}` }));
  }
  return parts.join(", ");
}

/** By how much a supply temperature is off the curve. */
export function offCurve({ supply_c, outside_c }: Point, curve: Curve): number {
  return supply_c - supplyAt(curve, outside_c);
}

/** Whether the unit follows the curve that is set now. */
export function followed(
  points: readonly Point[],
  curve: Curve,
  day: string | null,
  t: Translate,
  f: Format,
): string {
  const since = day ? { day } : {};
  const offs = points
    .filter(({ isSince }) => isSince)
    .map((point) => offCurve(point, curve))
    .sort((one, other) => one - other);
  if (offs.length < LEAST_RUNS) {
    const key = day ? "too_few_runs_since" : "too_few_runs_year";
    return t(key, { ...since, count: f.number(offs.length, 0) });
  }
  const low = Math.floor(quantile(offs, 0.1) * 10) / 10;
  const high = Math.ceil(quantile(offs, 0.9) * 10) / 10;
  const text = (kelvin: number) => signed(kelvin, f.difference(kelvin));
  return t(day ? "follows_since" : "follows_year", {
    ...since,
    low: text(low),
    high: `${text(high)}\u00a0${f.differenceUnit}`,
  });
}

export function pointSays(
  point: Point,
  curve: Curve | null,
  name: string,
  t: Translate,
  f: Format,
): string[] {
  const set = curve && supplyAt(curve, point.outside_c);
  return [
    name,
    t("outside_is", { value: inOne(f.temperature(point.outside_c)) }),
    t("supply_is", { value: inOne(f.temperature(point.supply_c)) }),
    ...(set === null ? [] : [t("curve_is", { value: inOne(f.temperature(set)) })]),
  ];
}
