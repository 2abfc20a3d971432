/** What was wrong with the data: what still lasts first, then what is over. */

import type { Flag } from "../../data/contract";
import type { Format } from "../../lib/format";
import { isText, type Translate } from "../../lib/texts";

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
  const over = newest.filter(({ end }) => end !== null);
  const room = Math.max(MOST - open.length, 0);
  const show = (flag: Flag) => finding(flag, t, f);
  return {
    open: open.map(show),
    over: over.slice(0, room).map(show),
    more: Math.max(over.length - room, 0),
  };
}

function finding({ kind, start, end }: Flag, t: Translate, f: Format): Finding {
  const title = `flag_${kind}`;
  const consequence = `flag_${kind}_so`;
  const minutes = end === null ? 0 : (Date.parse(end) - Date.parse(start)) / 60_000;
  const when = `${f.day(start)}, ${f.time(start)}`;
  return {
    title: isText(title) ? t(title) : t("flag_unknown"),
    consequence: isText(consequence) ? t(consequence) : kind,
    when: minutes >= 1 ? `${when}, ${f.duration(minutes)}` : when,
  };
}
