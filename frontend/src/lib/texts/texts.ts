/**
 * All words of the cards and views, in every language from one place. Those that only
 * the cards of one view show are in a module that these cards import.
 */

import type { CHANGES } from "./changes";
import { COMMON } from "./common";
import type { EFFICIENCY } from "./efficiency";
import type { HEALTH } from "./health";
import type { HOUSE_METER } from "./house_meter";
import type { MARKS } from "./marks";
import type { PROBES } from "./probes";
import type { RUNS } from "./runs";
import type { SETTINGS } from "./settings";

const LANGUAGES = ["en", "de"] as const;
type Language = (typeof LANGUAGES)[number];

export type Texts = Readonly<Record<string, readonly [en: string, de: string]>>;
export type TextKey =
  | keyof typeof COMMON
  | keyof typeof CHANGES
  | keyof typeof EFFICIENCY
  | keyof typeof HEALTH
  | keyof typeof HOUSE_METER
  | keyof typeof MARKS
  | keyof typeof PROBES
  | keyof typeof RUNS
  | keyof typeof SETTINGS;
export type Translate = (
  key: TextKey,
  values?: Readonly<Record<string, string | number>>,
) => string;

const known: Record<string, readonly [en: string, de?: string]> = { ...COMMON };

export function addTexts(texts: Texts): void {
  Object.assign(known, texts);
}

/** Whether there is a text for what a newer integration may send. */
export function isText(key: string): key is TextKey {
  return Object.hasOwn(known, key);
}

/** The function that returns the texts of a language; English for all others. */
export function translator(language: string): Translate {
  const short = language.split("-")[0] as Language;
  const index = Math.max(LANGUAGES.indexOf(short), 0);
  return (key, values = {}) => {
    const text = known[key] ?? [key];
    return (text[index] ?? text[0]).replace(/\{(\w+)\}/g, (_, name: string) =>
      String(values[name] ?? ""),
    );
  };
}
