/** The card with the heating curve and the supply temperature of each run. */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import { askRuns } from "../../data/ask";
import type { CircuitCurves, Curve, Live } from "../../data/contract";
import { chartStyles, circles, gridLines } from "../../lib/axes";
import { addDays } from "../../lib/days";
import { form } from "../../lib/form";
import type { CardConfig } from "../../lib/hass";
import { Readout, type Spot } from "../../lib/readout";
import { clamp, linear, type Range, type Scale, textWidth, ticks } from "../../lib/scale";
import "../../lib/texts/changes";
import type { TextKey } from "../../lib/texts/texts";
import { dayOf } from "../changes/entries";
import { ChangesCard } from "../changes/changes_card";
import {
  curveName,
  followed,
  nowOf,
  type Point,
  pointSays,
  pointsOf,
  type Ranges,
  rangesOf,
  supplyAt,
} from "./model";

interface HeatingCurveConfig extends CardConfig {
  circuit?: string;
}

const DAYS = 365;
const LEFT_PX = 28;
const RIGHT_PX = 4;
const TOP_PX = 8;
const BOTTOM_PX = 20;
const LABEL_PX = 12;
const NOW_PX = 6;
/** From the right end of the chart to that of a curve's name: what is tried first. */
const NAME_IN_PX = { above: [56, 4, 120], below: [0, 60] } as const;

type Side = keyof typeof NAME_IN_PX;

interface Chart {
  now: Curve;
  before: Curve | null;
  points: readonly Point[];
  present: Point | null;
  ranges: Ranges;
  x: Scale;
  y: Scale;
  bottom: number;
}

/** A name in the chart, by its baseline. */
interface Label {
  text: string;
  x: number;
  y: number;
  anchor: "start" | "end";
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export class HeatingCurveCard extends ChangesCard {
  static override styles = [
    ...ChangesCard.styles,
    chartStyles,
    css`
      p {
        margin: 8px 0 0;
      }
      .head + .quiet {
        margin: 0 0 8px;
      }
      .switch {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin: 4px 0;
      }
      button {
        min-height: 44px;
        padding: 0 14px;
        color: var(--hp-quiet);
        background: none;
        border: 1px solid var(--hp-line);
        border-radius: 22px;
        font: inherit;
        cursor: pointer;
      }
      button[aria-pressed="true"] {
        color: var(--hp-ink);
        font-weight: 500;
        background: color-mix(in srgb, var(--primary-color, #009ac7) 18%, var(--hp-card));
        border-color: transparent;
      }
      button:focus-visible {
        outline: 2px solid var(--primary-color, #009ac7);
        outline-offset: 2px;
      }
      .curve {
        fill: none;
        stroke: var(--hp-ink);
        stroke-width: 2.4;
        stroke-linecap: round;
      }
      .curve.before {
        stroke: var(--hp-quiet);
        stroke-width: 1.6;
        stroke-dasharray: 4 4;
      }
      .label {
        font-size: ${LABEL_PX}px;
        fill: var(--hp-ink);
        font-weight: 500;
      }
      .label.before {
        fill: var(--hp-quiet);
        font-weight: 400;
      }
      .now {
        fill: var(--hp-heating);
        stroke: var(--hp-ink);
        stroke-width: 2;
      }
    `,
  ];
  static override properties = { ...ChangesCard.properties, circuit: { state: true } };

  protected declare config?: HeatingCurveConfig;
  /** What was chosen here; the settings say what comes first. */
  declare protected circuit: string | null;
  readonly #readout = new Readout(this);

  constructor() {
    super();
    this.circuit = null;
  }

  static override getConfigForm() {
    // Numbers are the same in every language.
    const numbers = ["0", "1", "2", "3"].map((each) => [each, each as TextKey] as const);
    return form({ circuit: numbers });
  }

  getCardSize() {
    return 6;
  }

  protected override content(live: Live): TemplateResult {
    const { t, format } = this;
    const changes = this.changes(live);
    const { last } = live.today;
    const span = { first: addDays(last, 1 - DAYS), last };
    const runs = this.asked("runs", last, (hass, id) => askRuns(hass, id, span));
    if (!changes || !runs) return this.waiting();
    const circuits = changes.circuits.filter(({ curves }) => curves.length);
    const wanted = this.circuit ?? this.config?.circuit;
    const chosen = circuits.find(({ circuit }) => circuit === wanted) ?? circuits[0];
    const now = chosen?.curves.at(-1);
    if (!chosen || !now) {
      return html`<div class="head"><h2>${t("curve_title")}</h2></div>
        ${this.message("curve_none")}`;
    }
    const points = pointsOf(runs, now);
    const day = now.since && dayOf(now.since, live.time, format);
    const isGrey = points.some(({ isSince }) => !isSince);
    return html`
      <div class="head"><h2>${t("curve_title")}</h2></div>
      <p class="quiet">
        ${t("supply_by_run", { unit: format.degreeUnit })}${
          day && isGrey ? `; ${t("grey_before", { day })}` : nothing
        }
      </p>
      ${circuits.length > 1 ? this.#switch(circuits, chosen.circuit) : nothing}
      ${this.#plot(chosen.curves, points, nowOf(live), day)}
      <p class="quiet">${followed(points, now, day, t, format)}</p>
    `;
  }

  #switch(circuits: readonly CircuitCurves[], chosen: string): TemplateResult {
    const { t } = this;
    return html`<div class="switch" role="group" aria-label=${t("setting_circuit")}>
      ${circuits.map(
        ({ circuit }) => html`<button
          type="button"
          aria-pressed=${circuit === chosen ? "true" : "false"}
          @click=${() => (this.circuit = circuit)}
        >
          ${t("circuit", { number: circuit })}
        </button>`,
      )}
    </div>`;
  }

  #plot(
    curves: readonly Curve[],
    points: readonly Point[],
    present: Point | null,
    day: string | null,
  ) {
    const { t, width, format } = this;
    const [now, before = null] = [curves.at(-1)!, curves.at(-2)];
    const shown = present ? [...points, present] : points;
    const ranges = rangesOf(shown, before ? [now, before] : [now]);
    const bottom = TOP_PX + clamp(width * 0.58, [190, 300]);
    const height = bottom + BOTTOM_PX;
    const x = linear(ranges.outside, [LEFT_PX, width - RIGHT_PX]);
    const y = linear(ranges.supply, [bottom, TOP_PX]);
    const chart: Chart = { now, before, points, present, ranges, x, y, bottom };
    const at = ({ outside_c, supply_c }: Point) => [x(outside_c), y(supply_c)] as const;
    const places = (isSince: boolean) =>
      points.filter((point) => point.isSince === isSince).map(at);
    const layer = this.#readout.layer({
      label: t("arrow_keys", { name: t("curve_title") }),
      width,
      height,
      steps: [1, 10],
      spots: () => this.#spots(chart),
    });
    return html`<div class="chart">
      <svg viewBox="0 0 ${width} ${height}" style="height: ${height}px" role="img"
        aria-label=${this.#says(now, before, points, day)}>
        ${gridLines(this.#supplyTicks(ranges.supply), y, [LEFT_PX, width - RIGHT_PX], (value) =>
          format.degrees(value, 0),
        )}
        ${this.#outsideTicks(chart)}
        ${circles(places(false), 1.8, "var(--hp-unknown)", 0.5)}
        ${circles(places(true), 2, "var(--hp-heating)", 0.6)}
        ${before ? drawCurve(before, chart, "before") : nothing} ${drawCurve(now, chart, "")}
        ${present ? svg`<circle class="now" cx=${x(present.outside_c)} cy=${y(present.supply_c)}
          r=${NOW_PX}></circle>` : nothing}
        ${this.#labels(chart)}
      </svg>
      ${layer}
    </div>`;
  }

  #supplyTicks(range: Range): number[] {
    const { format: f } = this;
    const shown = [f.fromCelsius(range[0]), f.fromCelsius(range[1])] as const;
    return ticks(shown, 5).map((value) => f.toCelsius(value));
  }

  /** The ends with their words, and round values between them. */
  #outsideTicks({ ranges, x, bottom }: Chart) {
    const { t, format: f, width } = this;
    const [warm, cold] = ranges.outside;
    const end = t("outside_end", { degrees: f.degrees(cold, 0) });
    const start = `${f.degrees(warm, 0)}\u00a0${f.degreeUnit}`;
    const left = LEFT_PX + textWidth(start) + 16;
    const right = width - textWidth(end) - 20;
    const between = ticks([f.fromCelsius(cold), f.fromCelsius(warm)], 5)
      .map((value) => f.toCelsius(value))
      .filter((value) => x(value) > left && x(value) < right);
    const base = bottom + 16;
    return svg`<path class="zero" d="M${LEFT_PX} ${bottom}H${width - RIGHT_PX}"></path>
      <text class="tick" x=${LEFT_PX} y=${base}>${start}</text>
      ${between.map(
        (value) => svg`<text class="tick" x=${x(value)} y=${base} text-anchor="middle">
          ${f.degrees(value, 0)}</text>`,
      )}
      <text class="tick" x=${width - RIGHT_PX} y=${base} text-anchor="end">${end}</text>`;
  }

  /** The upper curve is named above it, the lower one below: so they never meet. */
  #labels(chart: Chart) {
    const { t, format, width } = this;
    const { now, before, present, ranges, x, y } = chart;
    const cold = ranges.outside[1];
    const isUpper = before !== null && supplyAt(before, cold) < supplyAt(now, cold);
    const ring = present ? [boxAround(x(present.outside_c), y(present.supply_c), NOW_PX + 4)] : [];
    const nameOf = (curve: Curve, other: Curve | null, places: readonly Side[]) => {
      const text = curveName(curve, other ? [other] : [], t, format);
      return free(places.flatMap((side) => this.#places(text, curve, side, chart)), ring, width);
    };
    const name = nameOf(now, before, before ? [isUpper ? "above" : "below"] : ["above", "below"]);
    const former = before ? [nameOf(before, now, [isUpper ? "below" : "above"])] : [];
    const taken = [
      ...[name, ...former].map(boxOf),
      ...(before ? [now, before] : [now]).flatMap((curve) => boxesAlong(curve, chart)),
    ];
    return [
      drawLabel(name, ""),
      ...former.map((label) => drawLabel(label, "before")),
      present
        ? drawLabel(free(besideRing(t("now"), x(present.outside_c), y(present.supply_c)), taken, width), "")
        : nothing,
    ];
  }

  /** Where the name of a curve can stand, on one side of it. */
  #places(text: string, curve: Curve, side: Side, { ranges, y, bottom }: Chart): Label[] {
    const right = this.width - RIGHT_PX;
    const wide = textWidth(text, LABEL_PX) + 4;
    const outsideAt = linear([LEFT_PX, right], ranges.outside);
    const yAt = (px: number) => y(supplyAt(curve, outsideAt(Math.max(px, LEFT_PX))));
    return NAME_IN_PX[side].map((inset) => {
      // The curve rises to the right: it comes nearest to one end of its name.
      const end = Math.max(right - inset, LEFT_PX + wide);
      const base =
        side === "above"
          ? Math.max(yAt(end) - 10, TOP_PX + 8)
          : Math.min(yAt(end - wide) + 16, bottom - 4);
      return { text, x: end, y: base, anchor: "end" };
    });
  }

  #spots({ points, present, now, x, y }: Chart): Spot[] {
    const { t, format: f } = this;
    const spot = (point: Point, name: () => string): Spot => ({
      x: x(point.outside_c),
      y: y(point.supply_c),
      // Only the one that is found is put into words.
      get says() {
        return pointSays(point, point.isSince ? now : null, name(), t, f);
      },
    });
    const runs = points.map((each) => spot(each, () => `${f.date(each.start)}, ${f.time(each.start)}`));
    return present ? [...runs, spot(present, () => t("now"))] : runs;
  }

  #says(
    now: Curve,
    before: Curve | null,
    points: readonly Point[],
    day: string | null,
  ): string {
    const { t, format } = this;
    const set = t("curve_set", { curve: curveName(now, before ? [before] : [], t, format) });
    const was =
      before && day
        ? t("curve_before", { day, curve: curveName(before, [now], t, format) })
        : "";
    return [t("curve_title"), set, was, followed(points, now, day, t, format)].filter(Boolean).join(" ");
  }
}

/** Right below the ring, or where else there is room. */
function besideRing(text: string, x: number, y: number): Label[] {
  const [below, above] = [y + 18, y - 10];
  return [
    { text, x: x + 11, y: below, anchor: "start" },
    { text, x: x - 11, y: above, anchor: "end" },
    { text, x: x + 11, y: above, anchor: "start" },
    { text, x: x - 11, y: below, anchor: "end" },
  ];
}

/** The first place where a name meets nothing. */
function free(places: readonly Label[], taken: readonly Box[], width: number): Label {
  const isFree = (place: Label) => {
    const box = boxOf(place);
    return box.left >= LEFT_PX && box.right <= width && !taken.some((other) => meets(box, other));
  };
  return places.find(isFree) ?? places[0]!;
}

function boxOf({ text, x, y, anchor }: Label): Box {
  const wide = textWidth(text, LABEL_PX);
  const left = anchor === "end" ? x - wide : x;
  return { left, right: left + wide, top: y - LABEL_PX, bottom: y + 3 };
}

function boxAround(x: number, y: number, reach: number): Box {
  return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
}

function boxesAlong(curve: Curve, { ranges, x, y }: Chart): Box[] {
  const [warm, cold] = ranges.outside;
  return Array.from({ length: 4 * (warm - cold) }, (_, step) => {
    const outside_c = warm - step / 4;
    return boxAround(x(outside_c), y(supplyAt(curve, outside_c)), 4);
  });
}

function meets(one: Box, other: Box): boolean {
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom
  );
}

function drawLabel({ text, x, y, anchor }: Label, kind: string) {
  return svg`<text class="label halo ${kind}" x=${x} y=${y} text-anchor=${anchor}>${text}</text>`;
}

function drawCurve(curve: Curve, { ranges, x, y }: Chart, kind: string) {
  const [warm, cold] = ranges.outside;
  const path = Array.from({ length: warm - cold + 1 }, (_, step) => {
    const outside_c = warm - step;
    return `${x(outside_c).toFixed(1)} ${y(supplyAt(curve, outside_c)).toFixed(1)}`;
  });
  return svg`<path class="curve ${kind}" d="M${path.join("L")}"></path>`;
}
