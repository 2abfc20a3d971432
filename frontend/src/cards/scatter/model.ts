/** What cold, or hot water in the pipes, costs: the COP of each day by mode. */

import type { Bucket, Mode } from "../../data/contract";
import type { Format } from "../../lib/format";
import type { Range } from "../../lib/scale";
import { type CurvePoint, smooth, type Weighted } from "../../lib/smooth";
import type { Translate } from "../../lib/texts/texts";

export type Against = "outside" | "supply";
export type ScatterMode = Extract<Mode, "heating" | "hot_water">;

/** Less is a run that was cut off: its ratio says nothing. */
const LEAST_KWH = 0.3;
/** How far a day is felt along the axis. */
const REACH_K = 2;
/** The curve ends where fewer days than this share lie beyond. */
const TAIL_SHARE = 0.01;
/** Where the sentence says the COP. */
const SAID: Record<Against, readonly number[]> = {
  outside: [-7, 0, 7],
  supply: [30, 35, 45],
};

export interface Mark extends Weighted {
  /** The local day. */
  day: string;
  isToday: boolean;
}

export interface Cloud {
  mode: ScatterMode;
  marks: Mark[];
  curve: CurvePoint[];
}

/** How many days of a mode have no supply temperature, of how many. */
export function withoutSupply(days: readonly Bucket[]): { without: number; all: number } {
  const heated = days.filter(({ modes }) => modes.heating ?? modes.hot_water);
  const known = heated.filter(
    ({ modes }) => (modes.heating?.supply_c ?? modes.hot_water?.supply_c ?? null) !== null,
  );
  return { without: heated.length - known.length, all: heated.length };
}

export function clouds(days: readonly Bucket[], against: Against, today: string): Cloud[] {
  return (["heating", "hot_water"] as const).flatMap((mode) => {
    const marks = days.flatMap((day): Mark[] => {
      const sums = day.modes[mode];
      if (!sums || sums.electricity_kwh < LEAST_KWH || sums.heat_kwh <= 0) return [];
      const x = against === "outside" ? day.outside_c : sums.supply_c;
      if (x === null) return [];
      const y = sums.heat_kwh / sums.electricity_kwh;
      return [
        { x, y, weight: sums.electricity_kwh, day: day.start, isToday: day.start === today },
      ];
    });
    return marks.length ? [{ mode, marks, curve: curveOf(marks) }] : [];
  });
}

/** Today is not over: it does not bend the curve. */
function curveOf(marks: readonly Mark[]): CurvePoint[] {
  const known = marks.filter((mark) => !mark.isToday);
  const sorted = known.map((mark) => mark.x).sort((one, other) => one - other);
  const cut = Math.ceil(sorted.length * TAIL_SHARE);
  const [low, high] = [sorted[cut], sorted.at(-1 - cut)];
  if (low === undefined || high === undefined) return [];
  const steps = Math.max(Math.ceil((high - low) / (REACH_K / 2)), 1);
  const places = Array.from({ length: steps + 1 }, (_, i) => low + ((high - low) * i) / steps);
  return smooth(known, places, REACH_K);
}

/** The COP on a curve, between its points; null beyond its ends. */
export function copAt(curve: readonly CurvePoint[], x: number): number | null {
  for (let index = 1; index < curve.length; index += 1) {
    const [before, after] = [curve[index - 1]!, curve[index]!];
    if (x < before.x || x > after.x) continue;
    const share = (x - before.x) / (after.x - before.x || 1);
    return before.y + (after.y - before.y) * share;
  }
  return null;
}

/** The curves in words, one sentence for each mode. */
export function sentences(
  found: readonly Cloud[],
  against: Against,
  t: Translate,
  f: Format,
): string[] {
  return found.flatMap(({ mode, curve }) => {
    const said = SAID[against].flatMap((celsius) => {
      const cop = copAt(curve, celsius);
      if (cop === null) return [];
      return [t("cop_at", { cop: f.number(cop, 1), at: `${f.degrees(celsius, 0)}\u00a0${f.degreeUnit}` })];
    });
    return said.length ? [`${t(mode)}: ${said.join(", ")}.`] : [];
  });
}

/** The range of the horizontal axis: whole degrees around all marks. */
export function rangeOf(found: readonly Cloud[]): Range {
  const values = found.flatMap(({ marks }) => marks.map((mark) => mark.x));
  if (!values.length) return [0, 10];
  const low = Math.floor(Math.min(...values) - 0.5);
  return [low, Math.max(Math.ceil(Math.max(...values) + 0.5), low + 5)];
}
