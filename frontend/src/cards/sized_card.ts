/** A card that is drawn as wide as its cell. */

import { HeatpumpCard } from "./base";

/** Padding and line of a card, left and right. */
export const AROUND_PX = 34;
const LEAST_PX = 220;

export abstract class SizedCard extends HeatpumpCard {
  static override properties = { ...HeatpumpCard.properties, width: { state: true } };

  declare protected width: number;
  readonly #observer = new ResizeObserver(([entry]) => {
    if (entry) this.width = Math.max(Math.floor(entry.contentRect.width) - AROUND_PX, LEAST_PX);
  });

  constructor() {
    super();
    this.width = 320;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }
}
