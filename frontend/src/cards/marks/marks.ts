/** Small marks in charts over time, at the days of changes that act on the figures. */

import {
  html,
  type ReactiveControllerHost,
  svg,
  type SVGTemplateResult,
  type TemplateResult,
} from "lit";
import { Answer, shared } from "../../data/answers";
import { askChanges } from "../../data/ask";
import type { Changes, Live } from "../../data/contract";
import { countDays } from "../../lib/days";
import type { Format } from "../../lib/format";
import type { CardConfig, HomeAssistant } from "../../lib/hass";
import "../../lib/texts/marks";
import type { Translate } from "../../lib/texts/texts";

/** The words of the changes of each day. */
export type Marks = ReadonlyMap<string, readonly string[]>;

/** More are not read out one by one. */
const MOST_SHOWN = 3;
const MOST_SPOKEN = 10;
const TICK_PX = 8;
/** Nearer to each other, two ticks look like one. */
const APART_PX = 3;

/** What a card marks: the change log, for which all charts ask together. */
export class ChangeMarks {
  readonly #answer: Answer<Changes>;
  /** Of a long log, they take a while to find. */
  #marks: Marks = new Map();
  #of: [changes: Changes, format: Format] | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#answer = new Answer(host);
  }

  /** Empty until the log is there: no chart waits for it, or fails with it. */
  of(hass: HomeAssistant | undefined, config: CardConfig | undefined, live: Live, f: Format): Marks {
    if (!hass) return this.#marks;
    const [id, { language }] = [config?.entry_id, hass.locale];
    // The key of the cards that show the log.
    const key = ["changes", language, live.changes_at, id ?? ""].join();
    const ask = () => shared(hass.connection, key, () => askChanges(hass, id, language));
    const changes = this.#answer.of(key, ask) ?? this.#of?.[0];
    if (changes && (changes !== this.#of?.[0] || f !== this.#of[1])) {
      this.#of = [changes, f];
      this.#marks = marksOf(changes, f);
    }
    return this.#marks;
  }
}

export function marksOf({ entries }: Changes, f: Format): Marks {
  const marks = new Map<string, string[]>();
  for (const { time, touched, description } of entries.toReversed()) {
    if (touched === null) continue;
    const { day } = f.household.local(time);
    marks.set(day, [...(marks.get(day) ?? []), description]);
  }
  return marks;
}

/** The marks of some days, both ends included, the oldest first. */
export function within(marks: Marks, first: string, last: string): Marks {
  const inside = [...marks].filter(([day]) => day >= first && day <= last);
  return new Map(inside.sort(([one], [other]) => (one < other ? -1 : 1)));
}

export function onDay(marks: Marks, day: string): Marks {
  const words = marks.get(day);
  return new Map(words ? [[day, words]] : []);
}

/** What a read-out says of the changes of some days, or of one that it names itself. */
export function said(marks: Marks, t: Translate, f: Format, withDays = false): string[] {
  const all = [...marks].flatMap(([day, words]) =>
    words.map((each) => (withDays ? `${f.day(day)}: ${each}` : each)),
  );
  const more = all.length - MOST_SHOWN;
  return more > 0 ? [...all.slice(0, MOST_SHOWN), t("more_changes", { count: more })] : all;
}

/** What is added to the description of a chart; empty without any change. */
export function spoken(marks: Marks, t: Translate, f: Format): string {
  const all = [...marks].flatMap(([day, words]) =>
    words.map((each) => `${f.date(day)}: ${each}`),
  );
  const newest = all.slice(-MOST_SPOKEN);
  return all.length ? ` ${t("changes_are", { count: all.length, list: newest.join("; ") })}` : "";
}

/** Short lines down from a height; of those that would touch, the first. */
export function drawTicks(places: readonly number[], y: number): SVGTemplateResult {
  let last = -Infinity;
  const apart = places.toSorted((one, other) => one - other).filter((x) => {
    if (x - last < APART_PX) return false;
    last = x;
    return true;
  });
  const path = apart.map((x) => `M${x.toFixed(1)} ${y}v${TICK_PX}`).join("");
  return svg`<path d=${path} stroke="var(--hp-ink)" stroke-width="2"></path>`;
}

/** A strip of days, which is 1 wide and 1 high. */
export interface Strip {
  ticks: SVGTemplateResult;
  words: string;
}

export function onStrip(
  marks: Marks,
  first: string,
  last: string,
  t: Translate,
  f: Format,
): Strip {
  const shown = within(marks, first, last);
  const count = countDays(first, last);
  const path = [...shown.keys()]
    .map((day) => `M${(countDays(first, day) - 0.5) / count} 0V1`)
    .join("");
  const ticks = svg`<path d=${path} stroke="var(--hp-ink)" stroke-width="2"
    vector-effect="non-scaling-stroke"></path>`;
  return { ticks, words: spoken(shown, t, f) };
}

/** What the ticks are, for a legend. */
export function tickKey(t: Translate): TemplateResult {
  return html`<span
    ><svg viewBox="0 0 4 10" style="width: 4px">${drawTicks([2], 1)}</svg>${t("a_change")}</span
  >`;
}
