/** What the heat pump reached beside what it should, and among others, in words. */

import type { Expected, ExpectedMode, Live, Recent, Standing } from "../../data/contract";
import type { Format } from "../../lib/format";
import { isText, type TextKey, type Translate } from "../../lib/texts/texts";

/** What all modes and each of them have. */
type Reached = Omit<Recent, "run_hours">;

const MODES = ["heating", "hot_water"] as const;
/** The ends of the fleet's table: beyond them only "or more" is known. */
const [LOWEST, HIGHEST] = [5, 95];

export interface Row {
  name: string;
  reached: Reached;
  cop: string;
  expected: string;
  /** With its interval. */
  index: string;
}

/** The ends in whole percent, rounded outward. */
function endsOf({ index }: Reached): { low: number; high: number } {
  return {
    low: Math.floor(100 * index.low + 1e-9),
    high: Math.ceil(100 * index.high - 1e-9),
  };
}

function wordsOf(recent: Reached, t: Translate, f: Format): { share: string; ends: string } {
  const { low, high } = endsOf(recent);
  return {
    share: f.percent(recent.index.value),
    ends: t("low_to_high", { low: f.number(low, 0), high: `${f.number(high, 0)}\u00a0%` }),
  };
}

/** The words agree with the ends as they are shown. */
export function verdict(recent: Reached, t: Translate, f: Format): string {
  const { low, high } = endsOf(recent);
  const key = high < 100 ? "expected_low" : low > 100 ? "expected_high" : "expected_usual";
  return t(key, { index: t("of_usual", wordsOf(recent, t, f)) });
}

/** All modes together, if there are several, and each. */
export function rowsOf({ recent, modes }: Expected, t: Translate, f: Format): Row[] {
  const known = MODES.flatMap((mode) => {
    const reached = modes[mode];
    return reached ? [[t(mode), reached] as const] : [];
  });
  const all: (readonly [string, Reached])[] =
    recent && known.length > 1 ? [[t("all_modes"), recent], ...known] : known;
  return all.map(([name, reached]) => {
    const { share, ends } = wordsOf(reached, t, f);
    return {
      name,
      reached,
      cop: f.number(reached.cop, 2),
      expected: f.number(reached.expected_cop, 2),
      index: `${share}, ${ends}`,
    };
  });
}

export function carnotText({ recent, modes }: Expected, t: Translate, f: Format): string {
  const parts = MODES.flatMap((mode) => {
    const reached = modes[mode];
    return reached ? [`${t(mode)} ${f.percent(reached.share_of_carnot)}`] : [];
  });
  return recent && parts.length > 1
    ? `${f.percent(recent.share_of_carnot)} (${parts.join(", ")})`
    : parts.join();
}

/** From which days each mode was learned, and which of the two weeks are left out. */
export function learnedTexts({ modes }: Expected, t: Translate, f: Format): string[] {
  const text = (mode: TextKey, { learned_days, learned_first, learned_last }: ExpectedMode) =>
    t("learned_from", {
      mode: t(mode),
      days: f.number(learned_days, 0),
      span: f.days(learned_first, learned_last),
    });
  const unlike = MODES.reduce((sum, mode) => sum + (modes[mode]?.days_unlike ?? 0), 0);
  return [
    ...MODES.flatMap((mode) => (modes[mode] ? [text(mode, modes[mode])] : [])),
    ...(unlike ? [t(unlike === 1 ? "unlike_day" : "unlike_days", { days: unlike })] : []),
  ];
}

/** Where the year stands among metered heat pumps, or why that is not known. */
export function fleetText(
  standing: Standing,
  kind: Live["source_kind"],
  t: Translate,
  f: Format,
): string {
  const { percentile, median_cop, systems, lift_k, unknown } = standing;
  const lift = lift_k === null ? "" : `${f.difference(lift_k, 0)}\u00a0${f.differenceUnit}`;
  if (percentile === null) {
    const key = `fleet_${unknown}`;
    return isText(key) ? t(key, { lift, systems: systems ?? 0 }) : t("fleet_not_known");
  }
  const share = (of: number) => f.percent(of / 100);
  const place =
    percentile <= LOWEST
      ? t("fleet_lowest", { share: share(100 - LOWEST) })
      : percentile >= HIGHEST
        ? t("fleet_highest", { share: share(HIGHEST) })
        : t("fleet_better", { share: share(percentile) });
  return t("fleet_among", {
    place,
    systems: systems ?? "",
    kind: t(kind === null ? "fleet_kind" : `fleet_kind_${kind}`),
    lift,
    median: f.number(median_cop, 1),
  });
}
