/** What an entry sends, asked for again when one of its entities changes. */

import type { Connection, HomeAssistant } from "../lib/hass";
import { type Listener, UNKNOWN_COMMAND } from "./live";

/** How the answers of a command are followed. */
export interface Command<D> {
  name: string;
  ask: (hass: HomeAssistant, entryId: string | undefined) => Promise<D>;
  /** The entities that change with what it answers. */
  entities: (answer: D) => string[];
  /** After which time it is old though no entity has changed; null for never. */
  agesAfterMs: (answer: D) => number | null;
}

/** Many entities change together: they are one question. */
const TOGETHER_MS = 300;
/** So often at most. */
const PACE_MS = 4000;
const RETRY_MS = 5000;
/** The entry is not there for this card, and does not come by itself. */
const FINAL = ["several", "not_found"] as const;

export class Watch<D> {
  readonly #command: Command<D>;
  readonly #entryId: string | undefined;
  readonly #listeners = new Set<Listener<D>>();
  #hass: HomeAssistant;
  #last: Parameters<Listener<D>> | null = null;
  #entities: string[] = [];
  #states: unknown[] = [];
  #askedAt = 0;
  #isAsking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer ends. */
  #due = Infinity;

  constructor(hass: HomeAssistant, command: Command<D>, entryId: string | undefined) {
    this.#hass = hass;
    this.#command = command;
    this.#entryId = entryId;
  }

  add(listener: Listener<D>): () => void {
    if (!this.#listeners.size) {
      this.#hass.connection.addEventListener("ready", this.#ask);
      void this.#ask();
    }
    this.#listeners.add(listener);
    if (this.#last) listener(...this.#last);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size) return;
      this.#last = null;
      clearTimeout(this.#timer);
      this.#due = Infinity;
      this.#hass.connection.removeEventListener("ready", this.#ask);
    };
  }

  /** Take the newest states. */
  look(hass: HomeAssistant): void {
    this.#hass = hass;
    const states = this.#statesOf();
    if (states.every((each, index) => each === this.#states[index])) return;
    this.#states = states;
    this.#askIn(Math.max(this.#askedAt + PACE_MS - Date.now(), TOGETHER_MS));
  }

  #statesOf(): unknown[] {
    return this.#entities.map((id) => this.#hass.states?.[id]);
  }

  #askIn(ms: number): void {
    const due = Date.now() + ms;
    if (due >= this.#due || !this.#listeners.size) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(this.#ask, ms);
  }

  readonly #ask = async (): Promise<void> => {
    clearTimeout(this.#timer);
    this.#due = Infinity;
    if (this.#isAsking) return this.#askIn(PACE_MS);
    this.#isAsking = true;
    this.#askedAt = Date.now();
    const states = this.#statesOf();
    const { ask, entities, agesAfterMs } = this.#command;
    try {
      const answer = await ask(this.#hass, this.#entryId);
      const before = this.#entities.join();
      this.#entities = entities(answer);
      // What changed while it was asked may not be in the answer.
      this.#states = before === this.#entities.join() ? states : this.#statesOf();
      this.#publish(answer, null);
      const age_ms = agesAfterMs(answer);
      if (age_ms !== null) this.#askIn(Math.max(age_ms, PACE_MS));
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      const failure = FINAL.find((each) => each === code) ?? "starting";
      this.#publish(null, failure);
      // Without a connection, "ready" comes; an entry that is not loaded may be soon.
      if (code === UNKNOWN_COMMAND || code === "not_loaded") this.#askIn(RETRY_MS);
    } finally {
      this.#isAsking = false;
    }
    this.look(this.#hass);
  };

  #publish(...last: Parameters<Listener<D>>): void {
    // What nobody sees any more is old when a card comes back.
    this.#last = this.#listeners.size ? last : null;
    for (const listener of this.#listeners) listener(...last);
  }
}

const watches = new WeakMap<Connection, Map<string, unknown>>();

/** All cards of a page that show the same share their questions. */
export function watchOf<D>(
  hass: HomeAssistant,
  command: Command<D>,
  entryId: string | undefined,
): Watch<D> {
  const known = watches.get(hass.connection) ?? new Map<string, unknown>();
  watches.set(hass.connection, known);
  const key = `${command.name},${entryId ?? ""}`;
  const found = (known.get(key) as Watch<D> | undefined) ?? new Watch(hass, command, entryId);
  known.set(key, found);
  return found;
}
