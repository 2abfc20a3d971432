/** The card with what the heat pump reached beside what it should reach. */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import { askExpected } from "../../data/ask";
import type { Expected, Live } from "../../data/contract";
import { chartStyles } from "../../lib/axes";
import { clamp, linear, type Range, type Scale, textWidth } from "../../lib/scale";
import "../../lib/texts/efficiency";
import { AskingCard, hourOf } from "../asking_card";
import { tableStyles } from "../maker/table";
import { carnotText, fleetText, learnedTexts, type Row, rowsOf, verdict } from "./model";

/** Fixed, so that a difference looks as large as it is. */
const AXIS: Range = [0.85, 1.15];
const MARKS = [0.9, 1, 1.1];
const LINE_PX = 22;
const PAD_PX = 6;
const FIGURE_PX = 40;
/** On the narrowest phone the words alone say it. */
const LEAST_PX = 84;
/** Narrower, the names of the marks would touch. */
const NAMED_PX = 130;

export class ExpectedCard extends AskingCard {
  static override styles = [
    ...AskingCard.styles,
    chartStyles,
    tableStyles,
    css`
      h3 {
        margin: 12px 0 0;
        font-size: 14px;
        font-weight: 500;
      }
      p {
        margin: 4px 0 8px;
      }
      table {
        margin: 4px 0 8px;
      }
      th,
      td {
        padding: 0 0 0 10px;
      }
      th:first-child {
        padding: 0 8px 0 0;
      }
      th > svg,
      td > svg {
        margin-left: auto;
      }
      tbody :is(th, td) {
        height: 44px;
        border-top: 1px solid var(--hp-line);
        line-height: 18px;
      }
      tbody .quiet {
        display: block;
      }
      .cop {
        font-weight: 500;
      }
      .band {
        fill: var(--hp-band);
      }
      .dot {
        fill: var(--hp-ink);
      }
      .usual {
        stroke: var(--hp-ink);
        stroke-dasharray: 2 3;
      }
      dl {
        margin: 0;
        font-size: 12px;
      }
      dt {
        margin-top: 4px;
        color: var(--hp-quiet);
      }
      dd {
        margin: 0;
      }
    `,
  ];

  getCardSize() {
    return 7;
  }

  protected override content(live: Live): TemplateResult {
    const { t, format } = this;
    // It is learned anew each day, some time after midnight and after a start.
    const found = this.asked("expected", hourOf(live.time), askExpected);
    if (!found) return this.waiting();
    return html`
      <div class="head">
        <h2>${t("expected_title")}</h2>
        <span class="quiet">${format.days(found.first, found.last)}</span>
      </div>
      ${found.recent ? this.#figures(found) : this.message("expected_unknown")}
      <h3>${t("fleet_title")}</h3>
      <p>${fleetText(found.fleet, live.source_kind, t, format)}</p>
      <div class="quiet">
        ${t("fleet_source", { day: format.date(found.fleet_exported) })}
      </div>
    `;
  }

  #figures(found: Expected): TemplateResult {
    const { t, format } = this;
    const rows = rowsOf(found, t, format);
    const width = this.#plotPx(rows);
    const x = linear(AXIS, [PAD_PX, width - PAD_PX]);
    const hasPlot = width >= LEAST_PX;
    return html`
      ${found.recent ? html`<p>${verdict(found.recent, t, format)}</p>` : nothing}
      <table>
        <thead>
          <tr>
            <th></th>
            ${hasPlot ? html`<th aria-hidden="true">${this.#axis(x, width)}</th>` : nothing}
            <th scope="col">${t("cop")}</th>
            <th scope="col">${t("expected")}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) => html`<tr>
              <th scope="row">${row.name}<span class="quiet">${row.index}</span></th>
              ${hasPlot ? html`<td aria-hidden="true">${drawIndex(row, x, width)}</td>` : nothing}
              <td class="cop">${row.cop}</td>
              <td>${row.expected}</td>
            </tr>`,
          )}
        </tbody>
      </table>
      <dl>
        <dt>${t("share_of_carnot")}</dt>
        <dd>${carnotText(found, t, format)}</dd>
        <dt>${t("usual_is")}</dt>
        ${learnedTexts(found, t, format).map((text) => html`<dd>${text}</dd>`)}
      </dl>
    `;
  }

  #axis(x: Scale, width: number): TemplateResult {
    return html`<svg viewBox="0 0 ${width} 16" style="width: ${width}px">
      ${MARKS.filter((mark) => mark === 1 || width > NAMED_PX).map(
        (mark) => svg`<text class="tick" x=${x(mark)} y="13" text-anchor="middle">
          ${mark === 1 ? this.format.percent(mark) : this.format.number(100 * mark, 0)}</text>`,
      )}
    </svg>`;
  }

  /** What the names and the figures leave. */
  #plotPx(rows: readonly Row[]): number {
    const names = Math.max(
      ...rows.flatMap(({ name, index }) => [textWidth(name, 14), textWidth(index, 12)]),
    );
    const figures = FIGURE_PX + Math.max(textWidth(this.t("expected"), 12), 30) + 10;
    return Math.floor(this.width - names - figures - 12);
  }
}

function drawIndex({ reached: { index } }: Row, x: Scale, width: number) {
  const at = (share: number) => x(clamp(share, AXIS));
  const y = LINE_PX / 2;
  return html`<svg viewBox="0 0 ${width} ${LINE_PX}" style="width: ${width}px">
    ${MARKS.map((mark) => svg`<path class="grid" d="M${x(mark)} 0V${LINE_PX}"></path>`)}
    <path class="usual" d="M${x(1)} 0V${LINE_PX}"></path>
    <rect class="band" x=${at(index.low)} y=${y - 5} height="10" rx="3"
      width=${Math.max(at(index.high) - at(index.low), 1)}></rect>
    <circle class="dot" cx=${at(index.value)} cy=${y} r="4"></circle>
  </svg>`;
}
