/** A card that asks the integration about the past. */

import { html, type TemplateResult } from "lit";
import { Answer, shared } from "../data/answers";
import type { Live } from "../data/contract";
import type { HomeAssistant } from "../lib/hass";
import { AROUND_PX, SizedCard } from "./sized_card";

export type Ask<T> = (hass: HomeAssistant, entryId: string | undefined) => Promise<T>;

export abstract class QuestionCard<D = Live> extends SizedCard<D> {
  readonly #answers = new Map<string, Answer<unknown>>();

  /** The answer, or null until it is there; it is asked for again when the key changes. */
  protected answerTo<T>(slot: string, question: string, ask: Ask<T>): T | null {
    const { hass } = this;
    if (!hass) return null;
    const id = this.config?.entry_id;
    const answer = (this.#answers.get(slot) ?? new Answer<T>(this)) as Answer<T>;
    this.#answers.set(slot, answer);
    const key = [question, id ?? ""].join();
    return answer.of(key, () => shared(hass.connection, key, () => ask(hass, id)));
  }

  /** Whether a question had no answer: that of a slot, or any. */
  protected hasFailed(slot?: string): boolean {
    const found = slot === undefined ? [...this.#answers.values()] : [this.#answers.get(slot)];
    return found.some((each) => each?.hasFailed);
  }

  /** As high as what it stands in for, so that the cards below stay where they are. */
  protected waiting(): TemplateResult {
    const height = Math.max(this.offsetHeight - AROUND_PX, 0);
    return html`<div style="min-height: ${height}px">
      ${this.message(this.hasFailed() ? "no_answer" : "loading")}
    </div>`;
  }
}
