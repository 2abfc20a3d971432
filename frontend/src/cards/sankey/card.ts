/** The card that draws where the heat of a period came from and where it went. */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import type { Live } from "../../data/contract";
import { chartStyles } from "../../lib/axes";
import { form, PERIOD_CHOICE } from "../../lib/form";
import { clamp } from "../../lib/scale";
import "../../lib/texts/efficiency";
import { PeriodCard } from "../period_card";
import { layout, type Layout, type Ribbon, type Sankey, sankey } from "./model";

const NODE_PX = 7;
/** The words of what goes out stand at the right of the drawing. */
const WORDS_PX = { wide: 116, narrow: 94 };
/** The words of what comes in stand on its bands. */
const LEAST_IN_PX = 148;
const NARROW_PX = 440;
/** A thinner band has its words below it, not on it. */
const INSIDE_PX = { source: 62, electricity: 24 };

export class SankeyCard extends PeriodCard {
  static override styles = [
    ...PeriodCard.styles,
    chartStyles,
    css`
      p {
        margin: 4px 0 0;
      }
      .word {
        fill: var(--hp-quiet);
        font-size: 12px;
      }
      .on {
        fill: color-mix(in srgb, var(--hp-ink) 75%, transparent);
      }
      .figure {
        fill: var(--hp-ink);
        font-size: 15px;
        font-weight: 500;
      }
      .unit {
        font-size: 11px;
        font-weight: 400;
        fill: var(--hp-quiet);
      }
    `,
  ];

  static override async getConfigForm() {
    return form(PERIOD_CHOICE);
  }

  getCardSize() {
    return 7;
  }

  override getGridOptions() {
    return { columns: 18, min_columns: 6 };
  }

  protected override content(live: Live): TemplateResult {
    const { t, format } = this;
    const figures = this.figures(live, this.periodOf(live));
    if (!figures) return this.waiting();
    const isNarrow = this.width < NARROW_PX;
    const shown = sankey(figures, live.source_kind, isNarrow, t, format);
    return html`
      <div class="head">
        <h2>${t("sankey_title")}</h2>
        <span class="quiet">${format.days(figures.first, figures.last)}</span>
      </div>
      ${
        shown
          ? html`<p class="quiet">${shown.sum}</p>
              ${this.#draw(shown)}
              ${shown.notes.map((note) => html`<p class="quiet">${note}</p>`)}`
          : this.message("no_sums")
      }
    `;
  }

  #draw(shown: Sankey): TemplateResult {
    const { width, t } = this;
    const words = WORDS_PX[width < NARROW_PX ? "narrow" : "wide"];
    const places = layout(shown, clamp(width * 0.55, [230, 290]));
    const [left, right] = [NODE_PX, width - words - NODE_PX];
    const middle = left + Math.max((right - left) * 0.6, Math.min(LEAST_IN_PX, right - left - 28));
    const said = shown.flows.map((flow) => `${flow.name} ${flow.figure} kWh`);
    if (shown.defrost.text) said.push(shown.defrost.text);
    return html`<svg viewBox="0 0 ${width} ${places.height}" style="height: ${places.height}px"
        role="img" aria-label=${said.join(", ")}>
      ${places.ribbons.map((ribbon) =>
        ribbon.flow.side === "in"
          ? drawRibbon(ribbon, [left, ribbon.outer], [middle, ribbon.inner], 0)
          : drawRibbon(ribbon, [middle + NODE_PX, ribbon.inner], [right, ribbon.outer], right),
      )}
      <rect x=${middle} y=${places.top} width=${NODE_PX} height=${places.bottom - places.top}
        rx="2" fill="var(--hp-ink)"></rect>
      <text class="word" x=${middle + NODE_PX / 2} y=${places.top - 8}
        text-anchor="middle">${t("heat_pump")}</text>
      ${places.ribbons.map((ribbon) =>
        ribbon.flow.side === "in" ? wordsIn(ribbon) : wordsOut(ribbon, right + NODE_PX + 8),
      )}
      ${drawDefrost(shown, places, right)}
    </svg>`;
  }
}

type Corner = readonly [x: number, y: number];

/** A band between two heights, with the node at its outer end. */
function drawRibbon({ flow, outer, thickness }: Ribbon, from: Corner, to: Corner, node: number) {
  const colour = `var(--hp-${flow.role})`;
  const half = (from[0] + to[0]) / 2;
  const [top, bottom] = [from[1], from[1] + thickness];
  const thick = Math.max(thickness, 1.5);
  return svg`<path fill=${colour} opacity=${flow.role === "standby" ? 0.9 : 0.55}
      d="M${from[0]} ${top}C${half} ${top} ${half} ${to[1]} ${to[0]} ${to[1]}V${to[1] + thick}C${half} ${to[1] + thick} ${half} ${bottom} ${from[0]} ${bottom}Z"></path>
    <rect x=${node} y=${outer} width=${NODE_PX} height=${thick} rx="1" fill=${colour}></rect>`;
}

/** On the band where it is thick enough, else below it. */
function wordsIn({ flow, outer, thickness }: Ribbon) {
  const x = NODE_PX + 9;
  const { name, figure, unit, note } = flow;
  const number = svg`<tspan class="figure">${figure}</tspan><tspan class="unit"> ${unit}</tspan>`;
  if (flow.role === "source" && thickness >= INSIDE_PX.source) {
    const y = outer + thickness / 2;
    return svg`<text class="word on" x=${x} y=${y - 15}>${name}</text>
      <text class="word" x=${x} y=${y + 4}>${number}</text>
      <text class="word on" x=${x} y=${y + 22}>${note}</text>`;
  }
  const isInside = thickness >= INSIDE_PX.electricity;
  const y = isInside ? outer + thickness / 2 + 5 : outer + thickness + 17;
  return svg`<text class="word ${isInside ? "on" : ""}" x=${x} y=${y}>${name} ${number}</text>`;
}

function wordsOut({ flow, label }: Ribbon, x: number) {
  const { name, figure, unit } = flow;
  if (flow.role === "standby") {
    return svg`<text class="word" x=${x} y=${label + 4}>${name} ${figure}</text>`;
  }
  return svg`<text class="word" x=${x} y=${label - 4}>${name}</text>
    <text class="word" x=${x} y=${label + 14}><tspan class="figure">${figure}</tspan><tspan
      class="unit"> ${unit}</tspan></text>`;
}

/** At the lower end of heating: the part of it that defrosts took back. */
function drawDefrost(shown: Sankey, places: Layout, right: number) {
  const heating = places.ribbons.find(({ flow }) => flow.role === "heating");
  if (!heating || !shown.defrost.text) return nothing;
  const share = Math.min(shown.defrost.kwh / heating.flow.kwh, 1);
  const thick = Math.max(heating.thickness * share, 2);
  const end = heating.outer + heating.thickness;
  const below = places.ribbons.find((each) => each.flow.side === "out" && each.label > heating.label);
  const y = clamp(end, [heating.label + 32, (below?.label ?? places.height) - 36]);
  return svg`<rect x=${right} y=${end - thick} width=${NODE_PX + 4} height=${thick}
      fill="var(--hp-defrost)"></rect>
    <text class="word" x=${right + NODE_PX + 8} y=${y + 4}>${shown.defrost.text}</text>`;
}
