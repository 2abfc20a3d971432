/** Today's COP beside that of the days that were as warm. */

import type { Bucket, Figures } from "../../data/contract";
import type { Format } from "../../lib/format";
import { quantile } from "../../lib/statistics";
import type { Translate } from "../../lib/texts/texts";

/** Less energy than this is a night of standby: its ratio says nothing. */
const LEAST_KWH = 0.5;
const LEAST_COVERAGE = 0.8;
/** Days so near in temperature are like today. */
const AROUND_K = 1.5;
const LEAST_DAYS = 8;
/** Nine of ten days are above the one, and nine of ten below the other. */
const [LOW_SHARE, HIGH_SHARE] = [0.1, 0.9];

export interface Dot {
  day: string;
  celsius: number;
  cop: number;
}

export interface Usual {
  dots: Dot[];
  today: Dot | null;
  /** The days like today, and what most of them gave. */
  like: { from: number; to: number; low: number; high: number } | null;
  sentence: string;
}

/** A day's ratio of sums; null where it is not known or says nothing. */
export function dotOf(day: Bucket): Dot | null {
  const { paired_electricity_kwh: electricity, heat_kwh, outside_c } = day;
  if (electricity === null || heat_kwh === null || outside_c === null) return null;
  if (electricity < LEAST_KWH || (day.coverage ?? 0) < LEAST_COVERAGE) return null;
  const cop = heat_kwh / electricity;
  return cop > 0 ? { day: day.start, celsius: outside_c, cop } : null;
}

export function usual(
  days: readonly Bucket[],
  today: Figures,
  t: Translate,
  f: Format,
): Usual {
  const dots = days
    .filter((day) => day.start !== today.last)
    .map(dotOf)
    .filter((dot) => dot !== null);
  const { cop, outside_c } = today;
  const none = { dots, today: null, like: null };
  if (cop === null) return { ...none, sentence: t("usual_no_cop") };
  if (outside_c === null) return { ...none, sentence: t("usual_no_outside") };
  const mark = { day: today.last, celsius: outside_c, cop };
  const near = dots.filter((dot) => Math.abs(dot.celsius - outside_c) <= AROUND_K);
  const outside = [f.degrees(outside_c), "±", f.difference(AROUND_K), f.degreeUnit];
  const words = { days: near.length, outside: outside.join("\u00a0") };
  if (near.length < LEAST_DAYS) {
    return { ...none, today: mark, sentence: t("too_few_days", words) };
  }
  const sorted = near.map((dot) => dot.cop).sort((one, other) => one - other);
  const [low, high] = [quantile(sorted, LOW_SHARE), quantile(sorted, HIGH_SHARE)];
  const ends = { value: (low + high) / 2, low, high };
  const verdict = judge(cop, low, high);
  const like = t("days_like_this", { ...words, ...f.ends(ends) });
  return {
    dots,
    today: mark,
    like: { from: outside_c - AROUND_K, to: outside_c + AROUND_K, low, high },
    sentence: t(verdict, { like }),
  };
}

/** The words agree with the ends as they are shown, rounded outward. */
function judge(cop: number, low: number, high: number) {
  if (cop < Math.floor(low * 10) / 10) return "usual_low";
  return cop > Math.ceil(high * 10) / 10 ? "usual_high" : "usual_yes";
}
