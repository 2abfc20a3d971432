/** The alarms in words: what is raised, what is over, and what is watched. */

import type { Alarms, OverAlarm, RaisedAlarm } from "../../data/contract";
import type { Format } from "../../lib/format";
import type { Translate } from "../../lib/texts/texts";

const DAY_MIN = 1440;

export interface AlarmText {
  title: string;
  when: string;
  lines: string[];
}

/** How bad it is, since when, why, and what to do. */
export function raisedText(
  { severity, since, name, message, advice }: RaisedAlarm,
  t: Translate,
  f: Format,
): AlarmText {
  return {
    title: name,
    when: `${t(`severity_${severity}`)} · ${t("since", { time: moment(since, f) })}`,
    lines: [message, advice],
  };
}

export function overText(
  { since, until, name, message }: OverAlarm,
  t: Translate,
  f: Format,
): AlarmText {
  const when = since
    ? `${moment(since, f)}, ${lasted((Date.parse(until) - Date.parse(since)) / 60_000, t, f)}`
    : t("until", { time: moment(until, f) });
  // The words of a clear state are those of its last values.
  return { title: name, when, lines: message === name ? [] : [message] };
}

/** How many kinds are watched since when, and which cannot be. */
export function watchedText(
  { watched, watched_since, not_watched }: Alarms,
  t: Translate,
  f: Format,
): string[] {
  const all = watched + not_watched.length;
  const [count, since] = [f.number(watched, 0), moment(watched_since, f)];
  const watching = not_watched.length
    ? t("alarms_watched_of", { count, all: f.number(all, 0), since })
    : t("alarms_watched", { count, since });
  if (!not_watched.length) return [watching];
  return [watching, t("alarms_not_watched", { names: not_watched.join(", ") })];
}

function moment(time: string, f: Format): string {
  return `${f.day(time)}, ${f.time(time)}`;
}

function lasted(minutes: number, t: Translate, f: Format): string {
  if (minutes < 2 * DAY_MIN) return f.duration(minutes);
  return t("days_count", { days: f.number(minutes / DAY_MIN, 1) });
}
