/** Answers to questions, shared by all cards of a page. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Connection } from "../lib/hass";

/** More are not kept: who leafs through years asks again when coming back. */
const KEPT = 30;
const answers = new WeakMap<Connection, Map<string, Promise<unknown>>>();

/** Ask once for all cards; a failed answer is not kept. */
export function shared<T>(
  connection: Connection,
  key: string,
  ask: () => Promise<T>,
): Promise<T> {
  const known = answers.get(connection) ?? new Map<string, Promise<unknown>>();
  answers.set(connection, known);
  const before = known.get(key);
  if (before) return before as Promise<T>;
  const answer = ask();
  known.set(key, answer);
  answer.catch(() => known.delete(key));
  for (const oldest of known.keys()) {
    if (known.size <= KEPT) break;
    known.delete(oldest);
  }
  return answer;
}

/** After a failure, it is asked again not before this. */
const RETRY_MS = 60_000;

/** What a card asked for; it asks again when the key changes. */
export class Answer<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #key: string | null = null;
  #value: T | null = null;
  #failedAt: number | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  get hasFailed(): boolean {
    return this.#failedAt !== null;
  }

  get #mayRetry(): boolean {
    return this.#failedAt !== null && Date.now() - this.#failedAt >= RETRY_MS;
  }

  /** The answer, or null until it is there: what was asked before is of another time. */
  of(key: string, ask: () => Promise<T>): T | null {
    if (key !== this.#key || this.#mayRetry) {
      this.#key = key;
      this.#failedAt = null;
      this.#value = null;
      ask().then(
        (value) => this.#settle(key, value),
        () => this.#settle(key, null),
      );
    }
    return this.#value;
  }

  #settle(key: string, value: T | null): void {
    if (key !== this.#key) return;
    this.#value = value;
    this.#failedAt = value === null ? Date.now() : null;
    this.#host.requestUpdate();
  }
}
