/** Parts that several charts draw: grid, ticks, hatch and legend. */

import { css, html, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import type { Format } from "./format";
import { readoutStyles } from "./readout";
import { type Range, type Scale, ticks } from "./scale";

export const chartStyles = css`
  ${readoutStyles}
  svg {
    display: block;
    width: 100%;
    font-family: inherit;
    overflow: visible;
  }
  .tick {
    fill: var(--hp-quiet);
    font-size: 11px;
  }
  .name {
    fill: var(--hp-ink);
    font-size: 11px;
    font-weight: 500;
  }
  .halo {
    paint-order: stroke;
    stroke: var(--hp-card);
    stroke-width: 3px;
    stroke-linejoin: round;
  }
  .grid {
    stroke: var(--hp-line);
    opacity: 0.7;
  }
  .zero {
    stroke: var(--hp-unknown);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
    margin-top: 8px;
    color: var(--hp-quiet);
    font-size: 12px;
  }
  .legend span,
  .key {
    display: inline-flex;
    gap: 6px;
    align-items: center;
  }
  .square {
    flex: none;
    box-sizing: border-box;
    width: 10px;
    height: 10px;
    border-radius: 2px;
  }
  .hatched {
    background: repeating-linear-gradient(
      135deg,
      var(--hp-unknown) 0 1.2px,
      transparent 1.2px 3.6px
    );
    border: 1px solid color-mix(in srgb, var(--hp-unknown) 50%, transparent);
  }
  .only-heard {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
export const HATCH_FILL = "url(#hatch)";
/** Below the hatch of electricity whose heat is not known. */
export const UNPAIRED_FILL = "color-mix(in srgb, var(--hp-electricity) 35%, var(--hp-card))";

export function hatchPattern(): SVGTemplateResult {
  return svg`<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)">
    <path d="M0 0V5" stroke="var(--hp-unknown)" stroke-width="2"></path>
  </pattern>`;
}

/** Lines across with their values at the left. */
export function gridLines(
  values: readonly number[],
  y: Scale,
  [left, right]: readonly [number, number],
  text: (value: number) => string,
): SVGTemplateResult[] {
  return values.map(
    (value) => svg`<path class="grid" d="M${left} ${y(value)}H${right}"></path>
      <text class="tick" x=${left - 8} y=${y(value) + 4} text-anchor="end">${text(value)}</text>`,
  );
}

/** Values below the chart, with the unit at the right end. */
export function bottomTicks(
  values: readonly number[],
  x: Scale,
  y: number,
  text: (value: number) => string,
): SVGTemplateResult[] {
  return values.map(
    (value) => svg`<path class="zero" d="M${x(value)} ${y}v4"></path>
      <text class="tick" x=${x(value)} y=${y + 17} text-anchor="middle">${text(value)}</text>`,
  );
}

/** Ticks of temperatures in °C below the chart, round in the unit that is shown. */
export function temperatureAxis(
  [low, high]: Range,
  x: Scale,
  y: number,
  width: number,
  format: Format,
): SVGTemplateResult[] {
  const range = [format.fromCelsius(low), format.fromCelsius(high)] as const;
  const values = ticks(range, width / 60).map((value) => format.toCelsius(value));
  return [
    ...bottomTicks(
      values.filter((value) => x(value) < width - 32),
      x,
      y,
      (value) => format.degrees(value, 0),
    ),
    svg`<text class="tick" x=${width} y=${y + 17} text-anchor="end">${format.degreeUnit}</text>`,
  ];
}

/** Many small marks as one path each: a year of circles is slow to lay out. */
export function circles(
  places: readonly (readonly [x: number, y: number])[],
  radius: number,
  fill: string,
  opacity: number,
): SVGTemplateResult {
  const path = places.map(([x, y]) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`).join("");
  return svg`<path d=${path} stroke=${fill} stroke-width=${2 * radius} stroke-linecap="round"
    fill="none" opacity=${opacity}></path>`;
}

/** A square of a role's colour, or of the hatch of what is unknown. */
export function square(role: string | null): TemplateResult {
  return role === null
    ? html`<i class="square hatched"></i>`
    : html`<i class="square" style="background: var(--hp-${role})"></i>`;
}

export function legend(
  entries: readonly (readonly [role: string | null, name: string])[],
  more: unknown = "",
) {
  return html`<div class="legend" aria-hidden="true">
    ${entries.map(([role, name]) => html`<span>${square(role)}${name}</span>`)}${more}
  </div>`;
}
