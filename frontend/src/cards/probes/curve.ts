/** The drawing of a probe's curve. */

import { html, nothing, svg, type TemplateResult } from "lit";
import { HATCH_FILL, hatchPattern } from "../../lib/axes";
import type { Format } from "../../lib/format";
import type { Readout } from "../../lib/readout";
import { clamp, linear, textWidth } from "../../lib/scale";
import type { Translate } from "../../lib/texts/texts";
import { type Curve, degrees, heightsOf, timesOf } from "./model";

const TOP_PX = 8;
const PLOT_PX = 72;
const HEIGHT_PX = TOP_PX + PLOT_PX + 22;
/** For the dots at the ends. */
const SIDE_PX = 5;

interface Drawing {
  curve: Curve;
  width: number;
  /** What the drawing shows, for who does not see it. */
  says: string;
  name: string;
  readout: Readout;
  t: Translate;
  format: Format;
}

export function drawCurve(drawing: Drawing): TemplateResult {
  const { curve, width, says, name, readout, t, format } = drawing;
  const { points, gaps, now, target_c, low_c, high_c, ahead } = curve;
  const times = timesOf(curve);
  const x = linear(times, [SIDE_PX, width - SIDE_PX]);
  const y = linear(heightsOf(curve), [TOP_PX + PLOT_PX, TOP_PX]);
  const last = points.at(-1);
  const isSilent = last && now > last[0];
  const ink = `var(--hp-${isSilent ? "quiet" : "ink"})`;
  const line = (celsius: number | null) =>
    celsius === null
      ? nothing
      : svg`<path d="M0 ${y(celsius)}H${width}" stroke="var(--hp-ink)"
          stroke-dasharray="4 3"></path>`;
  const hatch = (from: number, to: number) => svg`<rect x=${x(from)} y=${TOP_PX}
    width=${x(to) - x(from)} height=${PLOT_PX} fill=${HATCH_FILL}></rect>`;
  return html`<div class="chart">
    <svg viewBox="0 0 ${width} ${HEIGHT_PX}" style="height: ${HEIGHT_PX}px" role="img"
      aria-label=${says}>
      <defs>${hatchPattern()}
        <clipPath id="plot"><rect width=${width} height=${HEIGHT_PX}></rect></clipPath>
      </defs>
      ${
        low_c !== null && high_c !== null
          ? svg`<rect y=${y(high_c)} width=${width} height=${y(low_c) - y(high_c)}
              fill="var(--hp-band)"></rect>`
          : line(high_c ?? low_c)
      }
      ${line(target_c)} ${gaps.map(([from, to]) => hatch(from, to))}
      ${isSilent ? hatch(last[0], now) : nothing}
      ${ahead && last && target_c !== null ? drawAhead(ahead, last, target_c, x, y) : nothing}
      <path d=${pathOf(curve, x, y)} fill="none" stroke=${ink} stroke-width="2"
        stroke-linejoin="round"></path>
      ${
        last
          ? svg`<circle cx=${x(last[0])} cy=${y(last[1])} r="4" fill=${ink}></circle>`
          : nothing
      }
      ${drawTimes(curve, x, width, t, format)}
    </svg>
    ${readout.layer({
      label: t("arrow_keys", { name }),
      width,
      height: HEIGHT_PX,
      line: [TOP_PX, TOP_PX + PLOT_PX],
      steps: [1, 10],
      spots: () =>
        points.map(([at, celsius]) => ({
          x: x(at),
          y: y(celsius),
          says: [format.time(new Date(at)), degrees(celsius, format)],
        })),
    })}
  </div>`;
}

type Place = (value: number) => number;

/** The way to the target, and when it may be there. */
function drawAhead(
  { at, range: [low, high] }: NonNullable<Curve["ahead"]>,
  [start, celsius]: readonly [number, number],
  target_c: number,
  x: Place,
  y: Place,
) {
  return svg`<g clip-path="url(#plot)">
    <path d="M${x(low)} ${y(target_c)}H${x(high)}" stroke="var(--hp-band)" stroke-width="9"
      stroke-linecap="round"></path>
    <path d="M${x(start)} ${y(celsius)}L${x(at)} ${y(target_c)}" stroke="var(--hp-ink)"
      stroke-width="2" stroke-dasharray="2 4"></path>
    <circle cx=${x(at)} cy=${y(target_c)} r="4.5" fill="var(--hp-card)" stroke="var(--hp-ink)"
      stroke-width="2"></circle>
  </g>`;
}

/** A line through the points, with a hole at each gap. */
function pathOf({ points, gaps }: Curve, x: Place, y: Place): string {
  return points
    .map(([at, celsius], index) => {
      const before = points[index - 1]?.[0];
      const isStart = before === undefined || gaps.some(([from, to]) => from < at && to > before);
      return `${isStart ? "M" : "L"}${x(at).toFixed(1)} ${y(celsius).toFixed(1)}`;
    })
    .join("");
}

/** The first time, that of the last value, and when the target is expected. */
function drawTimes(
  { points, ahead, isOver }: Curve,
  x: Place,
  width: number,
  t: Translate,
  format: Format,
) {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return nothing;
  const time = (at: number) => format.time(new Date(at));
  const wanted: [at: number, text: string][] = [
    [first[0], time(first[0])],
    ...(ahead ? [[ahead.at, time(ahead.at)] as [number, string]] : []),
    [last[0], isOver ? time(last[0]) : t("now")],
  ];
  const drawn: [left: number, right: number][] = [];
  return wanted.map(([at, text]) => {
    const half = textWidth(text) / 2;
    const centre = clamp(x(at), [half, width - half]);
    const [start, end] = [centre - half - 6, centre + half + 6];
    if (x(at) > width || drawn.some(([left, right]) => start < right && end > left)) return nothing;
    drawn.push([centre - half, centre + half]);
    return svg`<text class="tick" x=${centre} y=${HEIGHT_PX - 4}
      text-anchor="middle">${text}</text>`;
  });
}
