/** The card with the manufacturer's annual figures beside ours. */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import { askFigures } from "../../data/ask";
import type { Live } from "../../data/contract";
import { chartStyles } from "../../lib/axes";
import { clamp, COP_AXIS, linear, ticks } from "../../lib/scale";
import "../../lib/texts/health";
import { AskingCard } from "../asking_card";
import { age } from "../schematic/model";
import { type Compared, compared } from "./model";
import { tableStyles } from "./table";

const LINE_PX = 20;
const PAD_PX = 8;

export class MakerCard extends AskingCard {
  static override styles = [
    ...AskingCard.styles,
    chartStyles,
    tableStyles,
    css`
      table {
        margin: 8px 0;
      }
      th,
      td {
        padding: 0;
      }
      th:first-child {
        padding-right: 8px;
      }
      .figure {
        width: 1px;
        padding-left: 10px;
      }
      .ours {
        font-weight: 500;
      }
      .band {
        fill: var(--hp-band);
      }
      .dot {
        fill: var(--hp-ink);
      }
      .maker {
        fill: none;
        stroke: var(--hp-ink);
        stroke-width: 1.6;
      }
      .apart {
        stroke: var(--hp-unknown);
      }
    `,
  ];

  getCardSize() {
    return 4;
  }

  protected override content(live: Live): TemplateResult {
    const { t, format } = this;
    const { last } = live.today;
    const head = html`<h2>${t("maker_beside")}</h2>`;
    const { maker } = live;
    if (!maker) return html`${head}<p class="message">${t("maker_none")}</p>`;
    // The unit's figures begin anew with the calendar year.
    const span = { first: `${last.slice(0, 4)}-01-01`, last };
    const figures = this.asked("figures", last, (hass, id) => askFigures(hass, id, span));
    if (!figures) return this.waiting();
    const changed = maker.measured_at
      ? t("maker_changed", { ago: age(maker.measured_at, new Date(live.time), t) })
      : "";
    return html`
      ${head}
      <div class="quiet">
        ${format.days(figures.first, figures.last)},
        ${t("days_of", {
          paired: format.number(figures.paired_days, 0),
          days: format.number(Math.ceil(figures.elapsed_days), 0),
        })}
      </div>
      <table>
        <thead>
          <tr>
            <th></th>
            <th aria-hidden="true">${this.#axis()}</th>
            <th scope="col" class="figure">${t("ours")}</th>
            <th scope="col" class="figure">${t("maker")}</th>
          </tr>
        </thead>
        <tbody>
          ${compared(figures, maker).map(
            (row) => html`<tr>
              <th scope="row">${t(row.key)}</th>
              <td aria-hidden="true">${this.#line(row)}</td>
              <td class="figure ours">
                ${format.ratio(row.ours?.value ?? null, 2, row.ours)}${
                  row.ours
                    ? html`<span class="only-heard">${t("between", format.ends(row.ours))}</span>`
                    : nothing
                }
              </td>
              <td class="figure">${format.ratio(row.maker, 1)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
      <div class="quiet">${t("maker_note")} ${changed}</div>
    `;
  }

  /** What the names and the figures leave. */
  get #plotPx(): number {
    return Math.max(this.width - 176, 60);
  }

  get #x() {
    return linear(COP_AXIS, [PAD_PX, this.#plotPx - PAD_PX]);
  }

  #axis() {
    const x = this.#x;
    const marks = ticks(COP_AXIS, this.#plotPx < 100 ? 4 : 6);
    return html`<svg viewBox="0 0 ${this.#plotPx} 16">
      ${marks.map(
        (value) => svg`<text class="tick" x=${x(value)} y="13" text-anchor="middle">
          ${this.format.number(value, 0)}</text>`,
      )}
    </svg>`;
  }

  #line({ ours, maker }: Compared) {
    const x = (value: number) => this.#x(clamp(value, COP_AXIS));
    const y = LINE_PX / 2;
    return html`<svg viewBox="0 0 ${this.#plotPx} ${LINE_PX}">
      ${ticks(COP_AXIS, 6).map(
        (value) => svg`<path class="grid" d="M${this.#x(value)} 0V${LINE_PX}"></path>`,
      )}
      ${
        ours && maker !== null
          ? svg`<path class="apart" d="M${x(ours.value)} ${y}H${x(maker)}"></path>`
          : nothing
      }
      ${
        ours
          ? svg`<rect class="band" x=${x(ours.low)} y=${y - 5}
              width=${Math.max(x(ours.high) - x(ours.low), 1)} height="10" rx="3"></rect>
            <circle class="dot" cx=${x(ours.value)} cy=${y} r="4"></circle>`
          : nothing
      }
      ${
        maker !== null
          ? svg`<path class="maker" d="M${x(maker)} ${y - 6}l6 6l-6 6l-6 -6Z"></path>`
          : nothing
      }
    </svg>`;
  }
}
