/** A card of an entry that is no heat pump. */

import type { PropertyValues } from "lit";
import type { Listener } from "../data/live";
import { type Command, type Watch, watchOf } from "../data/watch";
import type { HomeAssistant } from "../lib/hass";
import type { TextKey } from "../lib/texts/texts";
import { AskingCard } from "./asking_card";

export abstract class EntryCard<D> extends AskingCard<D> {
  protected abstract readonly command: Command<D>;
  /** What is said where it is not clear which entry is meant. */
  protected abstract readonly which: TextKey;
  #watch: Watch<D> | null = null;

  protected override listen(hass: HomeAssistant, listener: Listener<D>): () => void {
    this.#watch = watchOf(hass, this.command, this.config?.entry_id);
    return this.#watch.add(listener);
  }

  /** Home Assistant sends states by itself: they are looked at, and seldom drawn. */
  protected override shouldUpdate(changed: PropertyValues): boolean {
    if (this.hass && changed.has("hass")) this.#watch?.look(this.hass);
    return super.shouldUpdate(changed);
  }

  protected override get reason(): TextKey {
    return this.failure === "starting" ? this.failure : this.failure ? this.which : "loading";
  }
}
