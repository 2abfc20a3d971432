/** One subscription for each heat pump, shared by all cards that show it. */

import type { Connection } from "../lib/hass";
import type { Live } from "./contract";
import { earned } from "./earned";

/** Why there is nothing to show, as the integration says it. */
export type Failure = "not_loaded" | "several";
export type Listener = (live: Live | null, failure: Failure | null) => void;

class Subscription {
  readonly #listeners = new Set<Listener>();
  readonly #end: () => void;
  #live: Live | null = null;
  #failure: Failure | null = null;
  #stop: Promise<(() => Promise<void>) | null>;

  constructor(connection: Connection, entryId: string | undefined, end: () => void) {
    this.#end = end;
    this.#stop = connection
      .subscribeMessage<Live | null>(
        (live) => (live ? this.#publish(withEarned(live), null) : this.#publish(null, "not_loaded")),
        {
          type: "heatpump_monitor/live",
          ...(entryId === undefined ? {} : { entry_id: entryId }),
        },
      )
      .catch((error: { code?: string }) => {
        this.#publish(null, error.code === "several" ? "several" : "not_loaded");
        return null;
      });
  }

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
    void this.#stop.then((stop) => stop?.());
  }
}

function withEarned(live: Live): Live {
  return { ...live, today: earned(live.today), rolling_year: earned(live.rolling_year) };
}

const subscriptions = new WeakMap<Connection, Map<string, Subscription>>();

/** Listen to a heat pump; return how to stop. */
export function listen(
  connection: Connection,
  entryId: string | undefined,
  listener: Listener,
): () => void {
  const known = subscriptions.get(connection) ?? new Map<string, Subscription>();
  subscriptions.set(connection, known);
  const key = entryId ?? "";
  let subscription = known.get(key);
  if (!subscription) {
    subscription = new Subscription(connection, entryId, () => known.delete(key));
    known.set(key, subscription);
  }
  return subscription.add(listener);
}
