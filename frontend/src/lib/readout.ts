/**
 * The figures of a chart at the place of the pointer, of a finger, or of the keys.
 *
 * A card has one `Readout` for each chart, and puts its layer over the drawing:
 * `<div class="chart">${drawing}${this.#readout.layer({ ... })}</div>`.
 */

import { css, html, nothing, type ReactiveControllerHost, type TemplateResult } from "lit";
import type { Range } from "./scale";

/** A place of the drawing, in px, and what is known there: its name, then figures. */
export interface Spot {
  x: number;
  y: number;
  says: readonly string[];
  /** As far to the left and to the right, it is hit as if in its middle. */
  half?: number;
}

export interface Chart {
  /** What the layer is called by a screen reader. */
  label: string;
  width: number;
  height: number;
  /** All places in the order of the keys; asked for when one of them is shown. */
  spots: () => readonly Spot[];
  /** From where to where a line marks the place; then the nearest is found by x alone. */
  line?: Range;
  /** By how many places the keys move across and down. */
  steps?: readonly [across: number, down: number];
  /** What a click or Enter does with a place. */
  choose?: (index: number) => void;
}

/** A pointer that is farther away than this points at nothing. */
const REACH_PX = 40;

export class Readout {
  readonly #host: ReactiveControllerHost;
  #chart: Chart | null = null;
  #at: number | null = null;
  /** What a pointer finds is seen, not heard. */
  #isByKey = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  layer(chart: Chart): TemplateResult {
    this.#chart = chart;
    const spot = this.#at === null ? undefined : chart.spots().at(this.#at);
    return html`<div class="readout" role="application" tabindex="0" aria-label=${chart.label}
      style="height: ${chart.height}px"
      @pointerdown=${this.#onPointer}
      @pointermove=${this.#onPointer}
      @pointerleave=${this.#onLeave}
      @click=${this.#choose}
      @pointercancel=${this.#hide}
      @blur=${this.#hide}
      @keydown=${this.#onKey}
    >
      ${spot ? mark(spot, chart) : nothing}
      <span class="only-heard" aria-live="polite"
        >${spot && this.#isByKey ? spot.says.join(", ") : nothing}</span
      >
    </div>`;
  }

  #show(at: number | null, isByKey = false): void {
    if (at === this.#at && isByKey === this.#isByKey) return;
    this.#at = at;
    this.#isByKey = isByKey;
    this.#host.requestUpdate();
  }

  readonly #hide = () => this.#show(null);

  readonly #choose = (): null | number => {
    if (this.#at !== null) this.#chart?.choose?.(this.#at);
    return this.#at;
  };

  /** A finger that is lifted leaves, too: what it found stays to be read. */
  readonly #onLeave = ({ pointerType }: PointerEvent) => {
    if (pointerType !== "touch") this.#hide();
  };

  readonly #onPointer = ({ currentTarget, clientX, clientY }: PointerEvent) => {
    if (!this.#chart) return;
    const { left, top } = (currentTarget as Element).getBoundingClientRect();
    this.#show(nearest(this.#chart, clientX - left, clientY - top));
  };

  readonly #onKey = (event: KeyboardEvent) => {
    const count = this.#chart?.spots().length ?? 0;
    const [across, down] = this.#chart?.steps ?? [1, 1];
    const last = count - 1;
    const at = this.#at ?? last;
    const moved = (by: number) =>
      this.#at === null ? last : Math.min(Math.max(at + by, 0), last);
    const keys: Record<string, () => number | null> = {
      ArrowLeft: () => moved(-across),
      ArrowRight: () => moved(across),
      ArrowUp: () => moved(-down),
      ArrowDown: () => moved(down),
      Home: () => 0,
      End: () => last,
      Escape: () => null,
      ...(this.#chart?.choose ? { Enter: this.#choose } : {}),
    };
    const next = keys[event.key];
    if (!next || !count || (event.key === "Escape" && this.#at === null)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#show(next(), true);
  };
}

function nearest({ spots, line }: Chart, x: number, y: number): number | null {
  let [found, least] = [null as number | null, line ? Infinity : REACH_PX];
  spots().forEach((spot, index) => {
    const across = Math.max(Math.abs(spot.x - x) - (spot.half ?? 0), 0);
    const away = line ? across : Math.hypot(across, spot.y - y);
    if (away < least) [found, least] = [index, away];
  });
  return found;
}

/** The box begins left of its place as far as the place is right: it stays inside. */
function mark({ x, y, says: [name, ...figures] }: Spot, { width, height, line }: Chart) {
  const share = Math.min(Math.max((100 * x) / width, 0), 100);
  const above = y > height / 2;
  const vertical = above ? `bottom: ${height - y + 10}px` : `top: ${y + 10}px`;
  return html`
    ${
      line
        ? html`<i style="left: ${x}px; top: ${line[0]}px; height: ${line[1] - line[0]}px"></i>`
        : nothing
    }
    <b style="left: ${x}px; top: ${y}px"></b>
    <div style="left: ${share}%; transform: translateX(-${share}%); ${vertical}">
      <span class="quiet">${name}</span>
      ${figures.map((figure) => html`<span>${figure}</span>`)}
    </div>
  `;
}

export const readoutStyles = css`
  .chart {
    position: relative;
  }
  .readout {
    position: absolute;
    inset: 0 0 auto;
    /* A finger that moves across reads, one that moves down scrolls the page. */
    touch-action: pan-y pinch-zoom;
    border-radius: 4px;
  }
  .readout:focus-visible {
    outline: 2px solid var(--primary-color, #009ac7);
    outline-offset: 3px;
  }
  .readout > :not(.only-heard) {
    position: absolute;
    pointer-events: none;
    z-index: 1;
  }
  .readout i {
    border-left: 1px solid var(--hp-ink);
  }
  .readout b {
    width: 7px;
    height: 7px;
    margin: -5.5px;
    border: 2px solid var(--hp-ink);
    border-radius: 50%;
    background: var(--hp-card);
  }
  .readout div {
    width: max-content;
    max-width: 100%;
    box-sizing: border-box;
    padding: 4px 8px;
    border: 1px solid var(--hp-unknown);
    border-radius: 6px;
    background: var(--hp-card);
    font-size: 12px;
    line-height: 16px;
  }
  .readout div span {
    display: block;
  }
`;
