/** What each change did: one row for each, and its details. */

import type {
  BeforeAfter,
  ChangeEntry,
  Effect,
  Estimate,
  ExcludedDay,
  Look,
  Side,
  Yearly,
} from "../../data/contract";
import { type Format, UNKNOWN } from "../../lib/format";
import { clamp, type Range, ticks } from "../../lib/scale";
import { isText, type Translate } from "../../lib/texts/texts";
import { dayOf, signed, titleOf } from "../changes/entries";

/** Farther than this, in percent, a bar is cut off: it would flatten all others. */
const FARTHEST: Range = [-25, 40];
const MOST_LETTERS = 100;
const LEAST: Range = [-5, 5];

/** A change of the COP in percent, with the ends of its interval. */
export interface Bar extends Estimate {
  /** Whether it is seen to be better or worse. */
  isSeen: boolean;
}

export interface Row {
  id: number;
  title: string;
  day: string;
  bar: Bar | null;
  /** The change of the COP, once it is known well enough. */
  value: string;
  /** What there is to say beside the bar. */
  words: string;
  /** The interval, for who cannot see the bar. */
  interval: string;
  entry: LookedAt;
}

export type LookedAt = ChangeEntry & { look: Look };

export function rowsOf(
  entries: readonly ChangeEntry[],
  now: string,
  t: Translate,
  f: Format,
): Row[] {
  return entries.filter(isLookedAt).map((entry) => {
    const { effect } = entry.look;
    const bar = barOf(effect);
    return {
      id: entry.id,
      title: titleOf(entry, f),
      day: dayOf(entry.time, now, f),
      bar,
      value: bar && effect.verdict !== "not_enough_data" ? percent(bar.value, f) : UNKNOWN,
      words: wordsOf(effect, t),
      interval: bar ? t("low_to_high", ends(bar, f)) : "",
      entry,
    };
  });
}

/** A note may be long: the row that is closed shows its beginning. */
export function shortened(title: string): string {
  return title.length > MOST_LETTERS ? `${title.slice(0, MOST_LETTERS).trimEnd()}…` : title;
}

function isLookedAt(entry: ChangeEntry): entry is LookedAt {
  return entry.look !== null;
}

function barOf({ figures, verdict }: Effect): Bar | null {
  if (!figures) return null;
  const { value, low, high } = figures.cop.change;
  const isSeen = verdict === "better" || verdict === "worse";
  return { value: inPercent(value), low: inPercent(low), high: inPercent(high), isSeen };
}

const inPercent = (ratio: number) => 100 * (ratio - 1);

function percent(value: number, f: Format): string {
  return `${signed(Number(value.toFixed(1)), f.number(value, 1))}\u00a0%`;
}

/** Rounded outward: the interval may only get wider. */
function ends({ low, high }: Estimate, f: Format) {
  const tenths = [Math.floor(low * 10 + 1e-9) / 10, Math.ceil(high * 10 - 1e-9) / 10] as const;
  const [from, to] = tenths.map((end) => signed(end, f.number(end, 1)));
  return { low: from!, high: `${to}\u00a0%` };
}

function wordsOf({ verdict, lack, days_needed: days, together_with }: Effect, t: Translate) {
  const alone = together_with.length ? t("not_alone") : "";
  if (verdict === "no_visible_effect") return t("no_effect");
  if (verdict !== "not_enough_data" || !lack) return alone;
  if (lack !== "days_after" || days === null) return t(`lack_${lack}`);
  return days === 1 ? t("lack_one_day") : t("lack_days", { days });
}

/** One scale for all rows; null if none has a bar. */
export function scaleOf(rows: readonly Row[]): { range: Range; marks: number[] } | null {
  const bars = rows.flatMap(({ bar }) => bar ?? []);
  if (!bars.length) return null;
  const low = Math.min(...bars.map((bar) => bar.low), LEAST[0]);
  const high = Math.max(...bars.map((bar) => bar.high), LEAST[1]);
  const range = [clamp(low, FARTHEST) - 0.5, clamp(high, FARTHEST) + 0.5] as const;
  return { range, marks: ticks(range, 4) };
}

export function markText(value: number, isLast: boolean, f: Format): string {
  return signed(value, f.number(value, 0)) + (isLast ? "\u00a0%" : "");
}

/** A figure on both sides, and its change with the interval. */
export interface Line {
  name: string;
  before: string;
  after: string;
  change: string;
  /** Below the change: its interval, or what it means. */
  note: string;
}

export function linesOf({ before, after, figures }: Effect, t: Translate, f: Format): Line[] {
  const days = {
    name: t("days_compared"),
    before: f.number(before.used, 0),
    after: f.number(after.used, 0),
    change: "",
    note: "",
  };
  if (!figures) return [days];
  const line = (name: string, pair: BeforeAfter | null, digits: number, per = 1): Line[] => {
    if (!pair) return [];
    const change = {
      value: inPercent(pair.change.value),
      low: inPercent(pair.change.low),
      high: inPercent(pair.change.high),
    };
    return [
      {
        name,
        before: f.number(pair.before.value / per, digits),
        after: f.number(pair.after.value / per, digits),
        change: percent(change.value, f),
        note: t("low_to_high", ends(change, f)),
      },
    ];
  };
  return [
    days,
    ...line(t("cop"), figures.cop, 2),
    ...supplyLine(figures.supply_c, figures.cop, t, f),
    ...line(t("heat_a_day"), figures.heat_kwh_per_day, 1),
    ...line(t("heat_a_degree_day"), figures.heat_kwh_per_degree_day, 2, f.degreesPerKelvin),
    ...line(t("electricity_a_day"), figures.electricity_kwh_per_day, 1),
  ];
}

function supplyLine(supply: BeforeAfter | null, cop: BeforeAfter, t: Translate, f: Format): Line[] {
  if (!supply) return [];
  const { value } = supply.change;
  return [
    {
      name: t("supply_degrees", { unit: f.degreeUnit }),
      before: f.degrees(supply.before.value),
      after: f.degrees(supply.after.value),
      change: `${signed(Number(value.toFixed(1)), f.difference(value))}\u00a0${f.differenceUnit}`,
      note: explains(supply.change, cop.change) ? t("explains_it") : "",
    },
  ];
}

/** Colder water makes the COP better, warmer water worse. */
function explains(supply: Estimate, cop: Estimate): boolean {
  return (supply.high < 0 && cop.low > 1) || (supply.low > 0 && cop.high < 1);
}

/** What is saved in a year: a name, energy and money, each with its interval. */
export interface Saved {
  name: string;
  energy: string;
  energyEnds: string;
  money: string;
  moneyEnds: string;
}

export function savedOf(yearly: Yearly, t: Translate, f: Format, currency: string): Saved[] {
  const kwh = (value: number) => f.number(value, 0);
  const amount = (value: number) => f.money(value, currency, 0).replace(/^-/, "\u2212");
  const whole = ({ low, high }: Estimate, show: (value: number) => string) =>
    t("low_to_high", { low: show(Math.floor(low)), high: show(Math.ceil(high)) });
  const row = (name: string, energy: Estimate, money: Estimate | null): Saved => ({
    name,
    energy: `${kwh(energy.value)}\u00a0kWh`,
    energyEnds: whole(energy, kwh),
    money: money ? amount(money.value) : "",
    moneyEnds: money ? whole(money, amount) : "",
  });
  return [
    row(t("by_cop"), yearly.saved_kwh, yearly.saved_money),
    row(t("in_all"), yearly.saved_in_all_kwh, yearly.saved_in_all_money),
  ];
}

/** What else there is to know: the weather, what was left out, and when it is looked at. */
export function remarksOf(
  { look, id }: LookedAt,
  entries: readonly ChangeEntry[],
  t: Translate,
  f: Format,
): string[] {
  const { effect, looked_on, next_look } = look;
  const together = effect.together_with.map((time) => namesAt(time, id, entries, f));
  const [before, after] = [leftOut(effect.before, t, f), leftOut(effect.after, t, f)];
  const next = next_look ? t("next_look", { day: f.date(next_look) }) : t("last_look");
  return [
    together.length ? t("together_with", { changes: together.join("; ") }) : "",
    weatherOf(effect, t, f),
    [
      before && t("left_before", { days: before }),
      after && t("left_after", { days: after }),
    ].join(" "),
    `${t("looked_on", { day: f.date(looked_on) })} ${next}`,
  ].filter((remark) => remark.trim());
}

function weatherOf({ figures, yearly }: Effect, t: Translate, f: Format): string {
  if (!figures) return "";
  const degrees = (value: number) => `${f.degrees(value, 0)}\u00a0${f.degreeUnit}`;
  const [low, high] = figures.outside_c;
  const mean = degrees(figures.mean_outside_c);
  const found = [t("weather", { mean, low: degrees(low), high: degrees(high) })];
  if (figures.source_adjusted) found.push(t("same_brine"));
  if (yearly) {
    const { share_measured: share, share_in_range: range } = yearly;
    found.push(t("year_measured", { share: f.percent(share), range: f.percent(range) }));
  }
  return found.join(" ");
}

function leftOut({ excluded }: Side, t: Translate, f: Format): string {
  return Object.entries(excluded)
    .map(([reason, days]) => {
      const key = `left_${reason as ExcludedDay}`;
      const text = f.number(days, 0);
      return isText(key) ? t(key, { days: text }) : text;
    })
    .join(", ");
}

/** The changes of a moment by their names; one that is not in the log by its day. */
function namesAt(time: string, id: number, entries: readonly ChangeEntry[], f: Format): string {
  const at = Date.parse(time);
  const names = entries
    .filter((each) => each.id !== id && each.touched && Date.parse(each.time) === at)
    .map((each) => titleOf(each, f));
  return names.join("; ") || f.date(time);
}
