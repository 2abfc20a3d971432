/** A card with answers that are renewed now and then. */

import type { Live } from "../data/contract";
import { type Ask, QuestionCard } from "./question_card";

export abstract class AskingCard<D = Live> extends QuestionCard<D> {
  readonly #shown = new Map<string, unknown>();

  /** An answer; until the newest is there, the one before stays. */
  protected asked<T>(what: string, dependsOn: string, ask: Ask<T>): T | null {
    const value = this.answerTo(what, `${what},${dependsOn}`, ask);
    const shown = `${what},${this.config?.entry_id}`;
    if (value !== null || this.hasFailed(what)) this.#shown.set(shown, value);
    return value ?? (this.#shown.get(shown) as T | null | undefined) ?? null;
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
