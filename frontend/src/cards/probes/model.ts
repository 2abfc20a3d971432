/** Probes in words, and their curves in places. */

import type { Point, Probe, ProbeAlarm, Session } from "../../data/contract";
import type { Format } from "../../lib/format";
import { clamp, type Range } from "../../lib/scale";
import type { Translate } from "../../lib/texts/texts";

const MINUTE_MS = 60_000;
/** What is expected takes at most as much room as what was measured, or this. */
const LEAST_AHEAD_MS = 30 * MINUTE_MS;
/** In °C: what changes less shall not look like a lot. */
const LEAST_RANGE_K = 5;
const LOW_BATTERY_PCT = 20;

/** A temperature with its unit; a limit without the digit that says nothing. */
export function degrees(celsius: number | null, f: Format, digits = 1): string {
  const text = f.degrees(celsius, digits);
  return celsius === null ? text : `${text.replace(/[.,]0$/, "")}\u00a0${f.degreeUnit}`;
}

/** From 100 on, a tenth of a degree says nothing. */
export function temperatureNow({ temperature_c }: Probe, f: Format): string {
  const shown = f.fromCelsius(temperature_c ?? 0);
  return f.degrees(temperature_c, Math.abs(shown) < 100 ? 1 : 0);
}

/** Both ends of what is allowed. */
function rangeOf({ low_c, high_c }: Probe["settings"], f: Format): string {
  return `${f.degrees(low_c, 1).replace(/[.,]0$/, "")} – ${degrees(high_c, f)}`;
}

/** What is watched. */
export function aimOf({ settings, battery_pct }: Probe, t: Translate, f: Format): string {
  const { target_c, low_c, high_c } = settings;
  const aims = [];
  if (target_c !== null) aims.push(t("probe_target", { value: degrees(target_c, f) }));
  if (low_c !== null && high_c !== null) aims.push(rangeOf(settings, f));
  else if (high_c !== null) aims.push(t("alarm_above", { value: degrees(high_c, f) }));
  else if (low_c !== null) aims.push(t("alarm_below", { value: degrees(low_c, f) }));
  if (!aims.length) aims.push(t("no_target"));
  if (battery_pct !== null && battery_pct < LOW_BATTERY_PCT) {
    aims.push(t("battery_low", { share: f.percent(battery_pct / 100) }));
  }
  return aims.join(" · ");
}

export interface Status {
  text: string;
  isWarning: boolean;
}

/** How it is, in words. */
export function statusOf(probe: Probe, t: Translate, f: Format): Status {
  const { is_fresh, measured_at, raised, settings, time_to_target } = probe;
  const warning = (text: string) => ({ text, isWarning: true });
  const good = (text: string) => ({ text, isWarning: false });
  if (!is_fresh) {
    return warning(measured_at ? t("silent_since", { time: f.time(measured_at) }) : t("silent"));
  }
  for (const alarm of ["high", "low"] as const) {
    const value = degrees(settings[`${alarm}_c`], f);
    if (raised.includes(alarm)) return warning(t(`is_${alarm}`, { value }));
  }
  for (const alarm of ["rising", "falling"] as const) {
    if (raised.includes(alarm)) return warning(t(`is_${alarm}`));
  }
  if (settings.target_c !== null) {
    const span = readyIn(time_to_target, f);
    return good(span === null ? t(`approach_${time_to_target.approach}`) : t("ready_in", { span }));
  }
  return good(settings.high_c === null && settings.low_c === null ? "" : t("in_range"));
}

/** Between which times it is ready, rounded outward. */
function readyIn({ approach, low_s, high_s }: Probe["time_to_target"], f: Format): string | null {
  if (approach === "reached" || low_s === null || high_s === null) return null;
  const step = high_s < 3600 ? 1 : 5;
  const low = Math.floor(low_s / 60 / step) * step;
  const high = Math.ceil(high_s / 60 / step) * step;
  return high < 60 ? `${low} – ${f.duration(high)}` : `${f.duration(low)} – ${f.duration(high)}`;
}

/** Since when, and of what, the curve is. */
export function sinceOf(probe: Probe, t: Translate, f: Format): string {
  const { session, settings, curve, is_fresh, time_to_target } = probe;
  const texts = session ? [`${session.name}, ${t("since", { time: f.time(session.start) })}`] : [];
  if (is_fresh && time_to_target.approach === "stalled") texts.push(t("approach_stalled"));
  if (texts.length) return texts.join(" · ");
  const { target_c, low_c, high_c } = settings;
  if (!is_fresh || target_c !== null || (low_c === null && high_c === null)) return "";
  const [low, high] = [low_c ?? -Infinity, high_c ?? Infinity];
  const first = curve.findLastIndex(([, celsius]) => celsius < low || celsius > high) + 1;
  const entered = first > 0 ? curve[first] : undefined;
  return entered ? t("in_range_since", { time: f.time(new Date(entered[0])) }) : "";
}

/** A curve of a session or of a probe; times in ms, temperatures in °C. */
export interface Curve {
  points: readonly (readonly [at: number, celsius: number])[];
  gaps: readonly Range[];
  /** Until when it is drawn, also without values. */
  now: number;
  target_c: number | null;
  low_c: number | null;
  high_c: number | null;
  /** When the target is expected, and the range of that. */
  ahead: { at: number; range: Range } | null;
  /** Whether it is of the past. */
  isOver: boolean;
}

const timed = (points: readonly Point[]) =>
  points.map(([at, celsius]) => [+new Date(at), celsius] as const);

const gapsOf = (session: Session | null): Range[] =>
  (session?.gaps ?? []).map(([start, end]) => [+new Date(start), +new Date(end)]);

export function curveOf(probe: Probe, clock: number): Curve {
  const { curve, session, settings, time_to_target, is_fresh } = probe;
  const points = timed(curve);
  const last = points.at(-1)?.[0] ?? clock;
  const { remaining_s, low_s, high_s } = time_to_target;
  const isAhead = is_fresh && settings.target_c !== null && remaining_s !== null && remaining_s > 0;
  const { target_c, low_c, high_c } = settings;
  return {
    points,
    gaps: gapsOf(session),
    now: is_fresh ? last : Math.max(clock, last),
    target_c,
    low_c,
    high_c,
    ahead: isAhead
      ? {
          at: last + 1000 * remaining_s,
          range: [last + 1000 * (low_s ?? remaining_s), last + 1000 * (high_s ?? remaining_s)],
        }
      : null,
    isOver: !is_fresh,
  };
}

export function curveOfSession(session: Session): Curve {
  const points = timed(session.points);
  return {
    points,
    gaps: gapsOf(session),
    now: points.at(-1)?.[0] ?? 0,
    target_c: session.target_c,
    low_c: null,
    high_c: null,
    ahead: null,
    isOver: true,
  };
}

/** From when to when a curve is drawn. */
export function timesOf({ points, now, ahead }: Curve): Range {
  const first = points[0]?.[0] ?? now;
  const room = Math.max(now - first, LEAST_AHEAD_MS);
  if (!ahead) return [first, Math.max(now, first + MINUTE_MS)];
  return [first, clamp(ahead.range[1], [now, now + room])];
}

/** From which to which temperature. */
export function heightsOf({ points, target_c, low_c, high_c }: Curve): Range {
  const values = points.map(([, celsius]) => celsius);
  for (const limit of [target_c, low_c, high_c]) if (limit !== null) values.push(limit);
  const [low, high] = values.length ? [Math.min(...values), Math.max(...values)] : [0, 0];
  const lack = Math.max(LEAST_RANGE_K - (high - low), 0) / 2;
  return [low - lack, high + lack];
}

export interface AlarmRow {
  text: string;
  detail: string;
  isRaised: boolean;
  /** The entity by which it is set. */
  entity: string | undefined;
}

/** All that can ring. */
export function alarmsOf(probes: readonly Probe[], t: Translate, f: Format): AlarmRow[] {
  return probes.flatMap((probe) => {
    const { name, settings, raised, entities, is_fresh, measured_at } = probe;
    const { target_c, low_c, high_c, hold_s } = settings;
    const time = hold_s < 60 ? `${f.number(hold_s, 0)}\u00a0s` : f.duration(hold_s / 60);
    const row = (
      alarms: readonly ProbeAlarm[],
      text: string,
      calm = t("rings_after", { time }),
    ): AlarmRow => {
      const isRaised = alarms.some((each) => raised.includes(each));
      const detail = isRaised ? t("raised") : calm;
      return { text, detail, isRaised, entity: entities[alarms[0]!] };
    };
    const rows: AlarmRow[] = [];
    if (target_c !== null) {
      const text = t("alarm_target", { name, value: degrees(target_c, f) });
      const once = row(["target"], text, t("rings_once"));
      // That it is ready is no warning.
      rows.push({ ...once, isRaised: false });
    }
    if (low_c !== null && high_c !== null) {
      rows.push(row(["high", "low"], t("alarm_range", { name, value: rangeOf(settings, f) })));
    } else if (high_c !== null) {
      rows.push(row(["high"], t("alarm_high", { name, value: degrees(high_c, f) })));
    } else if (low_c !== null) {
      rows.push(row(["low"], t("alarm_low", { name, value: degrees(low_c, f) })));
    }
    for (const alarm of ["rising", "falling"] as const) {
      const rate = settings[`${alarm}_k_per_min`];
      if (rate === null) continue;
      const value = `${f.difference(rate)}\u00a0${f.differenceUnit}`;
      rows.push(row([alarm], t(`alarm_${alarm}`, { name, value })));
    }
    if (!is_fresh && raised.includes("silent")) {
      const since = measured_at && t("since", { time: f.time(measured_at) });
      rows.push({ ...row(["silent"], `${name}: ${t("silent")}`), detail: since ?? t("raised") });
    }
    return rows;
  });
}
