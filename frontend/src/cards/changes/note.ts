/** A note as it is being written, and what Home Assistant is asked to do with it. */

import type { ChangeEntry, NoteCategory } from "../../data/contract";
import type { Format } from "../../lib/format";
import type { HomeAssistant } from "../../lib/hass";
import { isText, type Translate } from "../../lib/texts/texts";
import "../../lib/texts/changes";

export const CATEGORIES: readonly NoteCategory[] = [
  "maintenance",
  "adjustment",
  "repair",
  "building",
  "usage",
  "other",
];

export interface Draft {
  /** Of the note that is changed; null for a new one. */
  id: number | null;
  category: NoteCategory;
  text: string;
  /** As a field of a form has it, by the clock that is shown; empty for now. */
  time: string;
  /** What the time was: one that was not touched keeps its seconds. */
  before: string;
}

export const NEW: Draft = { id: null, category: "maintenance", text: "", time: "", before: "" };

export function draftOf({ id, category, text, time }: ChangeEntry, f: Format): Draft {
  const at = fieldTime(time, f);
  return { id, category: category ?? "other", text: text ?? "", time: at, before: at };
}

/** A moment as a field of a form has it. */
export function fieldTime(moment: string, f: Format): string {
  const { day, minutes } = f.local(moment);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${day}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Add a note, change it, or delete it. */
export function write(
  hass: HomeAssistant,
  entryId: string | undefined,
  { id, category, text, time, before }: Draft,
  isDeleted: boolean,
): Promise<unknown> {
  const what = isDeleted
    ? { delete: true }
    : {
        category,
        text: text.trim(),
        ...(time === before || !time ? {} : { time: sentTime(time, hass) }),
      };
  return hass.callWS({
    type: "call_service",
    domain: "heatpump_monitor",
    service: id === null ? "add_note" : "edit_note",
    service_data: {
      ...(entryId === undefined ? {} : { config_entry_id: entryId }),
      ...(id === null ? {} : { note_id: id }),
      ...what,
    },
  });
}

/** Home Assistant takes a time without a zone as its own. */
function sentTime(time: string, { locale }: HomeAssistant): string {
  return locale.time_zone === "server" ? time : new Date(time).toISOString();
}

interface Refusal {
  code?: unknown;
  message?: string;
  translation_key?: string;
  translation_placeholders?: Record<string, string>;
}

export function isGone(error: unknown): boolean {
  return (error as Refusal).translation_key === "note_unknown";
}

/** Why it was not written, and what to do. */
export function problemOf(error: unknown, t: Translate): string {
  const { code, message, translation_key, translation_placeholders } = error as Refusal;
  const key = `problem_${translation_key}`;
  if (isText(key)) return t(key, translation_placeholders ?? {});
  // Without a connection, the error is a number of the browser's own.
  return typeof code === "string"
    ? t("problem_other", { message: message ?? code })
    : t("problem_away");
}
