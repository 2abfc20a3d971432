/** A card that is drawn as wide as its cell. */

import type { Live } from "../data/contract";
import { HeatpumpCard } from "./base";

/** Padding and line of a card, left and right. */
export const AROUND_PX = 34;
const LEAST_PX = 220;

export abstract class SizedCard<D = Live> extends HeatpumpCard<D> {
  static override properties = { ...HeatpumpCard.properties, width: { state: true } };

  declare protected width: number;
  readonly #observer = new ResizeObserver(([entry]) => {
    if (entry) this.#measure(entry.contentRect.width);
  });

  constructor() {
    super();
    this.width = 320;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#measure(this.offsetWidth);
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  #measure(px: number): void {
    if (px > 0) this.width = Math.max(Math.floor(px) - AROUND_PX, LEAST_PX);
  }
}
