/** What was wrong with the data: what still lasts first, then what is over. */

import type { Flag } from "../../data/contract";
import type { Format } from "../../lib/format";
import { isText, type Translate } from "../../lib/texts/texts";

const MOST = 8;

export interface Finding {
  title: string;
  /** What follows from it, and what to do. */
  consequence: string;
  when: string;
}

export interface Findings {
  open: Finding[];
  over: Finding[];
  /** How many older ones are not shown. */
  more: number;
}

export function findings(flags: readonly Flag[], t: Translate, f: Format): Findings {
  const newest = flags.toSorted((one, other) => Date.parse(other.start) - Date.parse(one.start));
  const open = newest.filter(({ end }) => end === null);
  const over = grouped(newest.filter(({ end }) => end !== null));
  const room = Math.max(MOST - open.length, 0);
  return {
    open: open.map((flag) => finding([flag], t, f)),
    over: over.slice(0, room).map((flags) => finding(flags, t, f)),
    more: Math.max(over.length - room, 0),
  };
}

/** What happened several times is one line; the newest of each is the first. */
function grouped(flags: readonly Flag[]): Flag[][] {
  const groups = new Map<string, Flag[]>();
  for (const flag of flags) {
    const group = groups.get(flag.kind) ?? [];
    groups.set(flag.kind, [...group, flag]);
  }
  return [...groups.values()];
}

function finding(flags: readonly Flag[], t: Translate, f: Format): Finding {
  const { kind, start, end } = flags[0]!;
  const title = `flag_${kind}`;
  const consequence = `flag_${kind}_so`;
  const minutes = end === null ? 0 : (Date.parse(end) - Date.parse(start)) / 60_000;
  const when = `${f.day(start)}, ${f.time(start)}`;
  return {
    title: isText(title) ? t(title) : t("flag_unknown"),
    consequence: isText(consequence) ? t(consequence) : kind,
    when:
      flags.length > 1
        ? t("times_since", { count: flags.length, day: f.day(flags.at(-1)!.start) })
        : minutes >= 1
          ? `${when}, ${f.duration(minutes)}`
          : when,
  };
}
