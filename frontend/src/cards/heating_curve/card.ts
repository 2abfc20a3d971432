/** The card with the heating curve and the supply temperature of each run. */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import { askRuns } from "../../data/ask";
import type { CircuitCurves, Curve, Live } from "../../data/contract";
import { chartStyles, circles, gridLines } from "../../lib/axes";
import { addDays } from "../../lib/days";
import { form } from "../../lib/form";
import type { CardConfig } from "../../lib/hass";
import { Readout, type Spot } from "../../lib/readout";
import { clamp, linear, type Range, textWidth, ticks } from "../../lib/scale";
import "../../lib/texts/changes";
import type { TextKey } from "../../lib/texts/texts";
import { dayOf } from "../changes/entries";
import { ChangesCard } from "../changes/changes_card";
import { switchStyles } from "../scatter/switch";
import {
  type Chart,
  type Label,
  LABEL_PX,
  labelsOf,
  LEFT_PX,
  NOW_PX,
  RIGHT_PX,
  TOP_PX,
} from "./labels";
import {
  curveName,
  followed,
  nowOf,
  type Point,
  pointSays,
  pointsOf,
  rangesOf,
  supplyAt,
} from "./model";

interface HeatingCurveConfig extends CardConfig {
  circuit?: string;
}

const DAYS = 365;
const BOTTOM_PX = 20;

export class HeatingCurveCard extends ChangesCard {
  static override styles = [
    ...ChangesCard.styles,
    chartStyles,
    switchStyles,
    css`
      p {
        margin: 8px 0 0;
      }
      .head + .quiet {
        margin: 0 0 8px;
      }
      .switch {
        flex-wrap: wrap;
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
    const numbers = ["0", "1", "2", "3"].map((each) => [each, String(Number(each) + 1) as TextKey] as const);
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
          ${t("circuit", { number: Number(circuit) + 1 })}
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
    const chart: Chart = { now, before, points, present, ranges, x, y, bottom, width };
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
        ${present ? drawNow(present, chart) : nothing}
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
  #outsideTicks({ ranges, x, bottom, width }: Chart) {
    const { t, format: f } = this;
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

  #labels(chart: Chart) {
    const { t, format } = this;
    const { now, before } = chart;
    const { name, former, present } = labelsOf(chart, {
      now: curveName(now, before ? [before] : [], t, format),
      before: before ? curveName(before, [now], t, format) : "",
      present: t("now"),
    });
    return [drawLabel(name, ""), drawLabel(former, "before"), drawLabel(present, "")];
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
    const runs = points.map((each) =>
      spot(each, () => `${f.date(each.start)}, ${f.time(each.start)}`),
    );
    return present ? [...runs, spot(present, () => t("now"))] : runs;
  }

  #says(
    now: Curve,
    before: Curve | null,
    points: readonly Point[],
    day: string | null,
  ): string {
    const { t, format } = this;
    const set = curveName(now, before ? [before] : [], t, format);
    const was = before && day ? curveName(before, [now], t, format) : "";
    return [
      t("curve_title"),
      t("curve_set", { curve: set }),
      ...(was && day ? [t("curve_before", { day, curve: was })] : []),
      followed(points, now, day, t, format),
    ].join(" ");
  }
}

function drawNow({ outside_c, supply_c }: Point, { x, y }: Chart) {
  return svg`<circle class="now" cx=${x(outside_c)} cy=${y(supply_c)} r=${NOW_PX}></circle>`;
}

function drawLabel(label: Label | null, kind: string) {
  if (!label) return nothing;
  const { text, x, y, anchor } = label;
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
