/** One subscription for each heat pump, shared by all cards that show it. */

import type { Connection, HomeAssistant } from "../lib/hass";
import type { Live } from "./contract";
import { earned } from "./earned";

/** Why there is nothing to show; the first passes by itself. */
export type Failure = "starting" | "not_found" | "several";
export type Listener<D = Live> = (live: D | null, failure: Failure | null) => void;

/** While Home Assistant starts, it does not know our commands yet. */
export const UNKNOWN_COMMAND = "unknown_command";
const RETRY_MS = 5000;

class Subscription {
  readonly #connection: Connection;
  readonly #asked: { entry_id?: string; language: string };
  readonly #listeners = new Set<Listener>();
  readonly #end: () => void;
  #live: Live | null = null;
  #failure: Failure | null = null;
  /** What an earlier attempt brings is of no use any more. */
  #attempt = 0;
  #stop: (() => Promise<void>) | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    connection: Connection,
    asked: { entry_id?: string; language: string },
    end: () => void,
  ) {
    this.#connection = connection;
    this.#asked = asked;
    this.#end = end;
    // By itself, the connection would give up where the command is not known yet.
    connection.addEventListener("ready", this.#begin);
    void this.#begin();
  }

  readonly #begin = async (): Promise<void> => {
    clearTimeout(this.#retry);
    const attempt = (this.#attempt += 1);
    const isOver = () => attempt !== this.#attempt;
    this.#stop = null;
    try {
      const stop = await this.#connection.subscribeMessage<Live | null>(
        (live) => {
          if (!isOver()) this.#publish(live && withEarned(live), live ? null : "starting");
        },
        { type: "heatpump_monitor/live", ...this.#asked },
        { resubscribe: false },
      );
      if (isOver()) await stop();
      else this.#stop = stop;
    } catch (error) {
      if (isOver()) return;
      const { code } = error as { code?: unknown };
      const isKnown = code === "several" || code === "not_found";
      this.#publish(null, isKnown ? code : "starting");
      if (code === UNKNOWN_COMMAND) this.#retry = setTimeout(this.#begin, RETRY_MS);
    }
  };

  add(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#live || this.#failure) listener(this.#live, this.#failure);
    return () => this.#remove(listener);
  }

  #publish(live: Live | null, failure: Failure | null): void {
    this.#live = live;
    this.#failure = failure;
    for (const listener of this.#listeners) listener(live, failure);
  }

  #remove(listener: Listener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size) return;
    this.#end();
    this.#attempt += 1;
    clearTimeout(this.#retry);
    this.#connection.removeEventListener("ready", this.#begin);
    // Without a connection there is nothing to stop.
    this.#stop?.().catch(() => {});
  }
}

function withEarned(live: Live): Live {
  return { ...live, today: earned(live.today), rolling_year: earned(live.rolling_year) };
}

const subscriptions = new WeakMap<Connection, Map<string, Subscription>>();

/** Listen to a heat pump; return how to stop. */
export function listen(
  { connection, locale: { language } }: Pick<HomeAssistant, "connection" | "locale">,
  entryId: string | undefined,
  listener: Listener,
): () => void {
  const known = subscriptions.get(connection) ?? new Map<string, Subscription>();
  subscriptions.set(connection, known);
  const asked = { ...(entryId === undefined ? {} : { entry_id: entryId }), language };
  const key = JSON.stringify(asked);
  let subscription = known.get(key);
  if (!subscription) {
    subscription = new Subscription(connection, asked, () => known.delete(key));
    known.set(key, subscription);
  }
  return subscription.add(listener);
}
