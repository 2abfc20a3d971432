/** The card that says what went in and what came out today. */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import type { Live } from "../../data/contract";
import { chartStyles, HATCH_FILL, hatchPattern, square, UNPAIRED_FILL } from "../../lib/axes";
import type { Quantity } from "../../lib/format";
import { linear } from "../../lib/scale";
import { PeriodCard } from "../period_card";
import { type Bars, inOne, type Today, today } from "./model";

const BAR_PX = 16;
const APART_PX = 6;
/** A mark for every multiple is only drawn where they can be counted. */
const LEAST_MULTIPLE_PX = 6;

export class TodayCard extends PeriodCard {
  static override styles = [
    ...PeriodCard.styles,
    chartStyles,
    css`
      .figures {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 4px 16px;
        margin: 4px 0 8px;
      }
      .figure {
        font-size: 24px;
        line-height: 32px;
        white-space: nowrap;
      }
      .figure small {
        color: var(--hp-quiet);
        font-size: 75%;
      }
      .right {
        text-align: right;
        margin-left: auto;
      }
      .both {
        background: linear-gradient(90deg, var(--hp-heating) 50%, var(--hp-hot_water) 50%);
      }
      .notes {
        margin: 8px 0 0;
      }
    `,
  ];

  getCardSize() {
    return 4;
  }

  protected override content(live: Live): TemplateResult {
    const { t } = this;
    const shown = today(live.today, t, this.format, this.hass?.config.currency ?? "EUR");
    const until = t("until", { time: this.format.time(live.time) });
    return html`
      <div class="head">
        <h2>${t("today")}</h2>
        <span class="quiet">${[until, shown.measured].filter(Boolean).join(" · ")}</span>
      </div>
      <div class="figures">
        <div>
          ${figure(shown.electricity)}
          <div class="quiet key">${square("electricity")}${t("electricity")}</div>
          ${[shown.own, shown.cost].map((each) =>
            each ? html`<div class="quiet">${each}</div>` : nothing,
          )}
        </div>
        <div>
          ${figure(shown.heat)}
          <div class="quiet key"><i class="square both"></i>${t("heat")}</div>
        </div>
        <div class="right">
          <div class="figure"><small>${t("cop")}</small> ${shown.cop}</div>
          <div class="quiet">${shown.copNote}</div>
        </div>
      </div>
      ${drawBars(shown.bars, this.width, this.#sentence(shown))}
      ${shown.notes.map((note) => html`<p class="quiet notes">${note}</p>`)}
    `;
  }

  #sentence(shown: Today): string {
    const { t } = this;
    return [
      `${inOne(shown.electricity)} ${t("electricity")}`,
      shown.own,
      `${inOne(shown.heat)} ${t("heat")}`,
      `${t("cop")} ${shown.cop}`,
      shown.copNote,
    ]
      .filter(Boolean)
      .join(", ");
  }
}

function figure({ text, unit }: Quantity): TemplateResult {
  return html`<div class="figure">${text} <small>${unit}</small></div>`;
}

/** Electricity and heat from the same zero: the ratio is one of lengths. */
function drawBars(bars: Bars, width: number, sentence: string): TemplateResult {
  const x = linear([0, bars.top], [0, width]);
  const rows = bars.cold ? 3 : 2;
  const height = rows * BAR_PX + (rows - 1) * APART_PX;
  const heatY = BAR_PX + APART_PX;
  let from = 0;
  return html`<svg viewBox="0 0 ${width} ${height}" style="height: ${height}px" role="img"
      aria-label=${sentence}>
    <defs>${hatchPattern()}</defs>
    ${bars.isMetered ? nothing : bar(0, width, 0, HATCH_FILL)}
    ${bar(0, x(bars.paired), 0, "var(--hp-electricity)")}
    ${[UNPAIRED_FILL, HATCH_FILL].map((fill) =>
      bar(x(bars.paired), x(bars.paired + bars.unpaired), 0, fill),
    )}
    ${
      bars.heat === null
        ? bar(0, width, heatY, HATCH_FILL)
        : bars.heat.map(({ role, kwh }) => {
            const start = from;
            from += kwh;
            return bar(x(start), x(from), heatY, `var(--hp-${role})`);
          })
    }
    ${
      x(bars.multiples[0] ?? 0) < LEAST_MULTIPLE_PX
        ? nothing
        : bars.multiples.map(
            (kwh) => svg`<path d="M${x(kwh)} ${heatY}v${BAR_PX}" stroke="var(--hp-card)"
              stroke-width="1.5"></path>`,
          )
    }
    ${bars.cold ? bar(0, x(bars.cold), 2 * heatY, "var(--hp-cooling)") : nothing}
  </svg>`;
}

function bar(from: number, to: number, y: number, fill: string) {
  if (to - from < 0.5) return nothing;
  return svg`<rect x=${from} y=${y} width=${Math.max(to - from - 1, 0.5)} height=${BAR_PX}
    rx="3" fill=${fill}></rect>`;
}
