/** A card as wide as its cell, with answers to questions about the past. */

import type { TemplateResult } from "lit";
import { Answer, shared } from "../data/answers";
import type { HomeAssistant } from "../lib/hass";
import { SizedCard } from "./sized_card";

export abstract class AskingCard extends SizedCard {
  readonly #answers = new Map<string, Answer<unknown>>();
  readonly #shown = new Map<string, unknown>();

  getGridOptions() {
    return { columns: 12, min_columns: 6 };
  }

  /** An answer; it is asked for again when what it depends on changes. */
  protected asked<T>(
    what: string,
    dependsOn: string,
    ask: (hass: HomeAssistant, entryId: string | undefined) => Promise<T>,
  ): T | null {
    const { hass } = this;
    if (!hass) return null;
    const id = this.config?.entry_id;
    const answer = (this.#answers.get(what) ?? new Answer<T>(this)) as Answer<T>;
    this.#answers.set(what, answer);
    const key = [what, id ?? "", dependsOn].join();
    const value = answer.of(key, () => shared(hass.connection, key, () => ask(hass, id)));
    if (value !== null || answer.hasFailed) this.#shown.set(`${what},${id}`, value);
    // Until the newest part is there, the rest stays as it is.
    return value ?? (this.#shown.get(`${what},${id}`) as T | null | undefined) ?? null;
  }

  protected waiting(): TemplateResult {
    const hasFailed = [...this.#answers.values()].some((each) => each.hasFailed);
    return this.message(hasFailed ? "no_answer" : "loading");
  }
}

const PART_MS = 300_000;

/** What changes as often as a part of a day can be complete. */
export function partOf(time: string): string {
  return String(Math.floor(Date.parse(time) / PART_MS));
}

export function hourOf(time: string): string {
  return String(Math.floor(Date.parse(time) / 3_600_000));
}
