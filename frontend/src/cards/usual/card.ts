/** The card that says whether today's COP is usual for its weather. */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import type { Live } from "../../data/contract";
import { chartStyles, circles, gridLines, temperatureAxis } from "../../lib/axes";
import { Readout } from "../../lib/readout";
import { clamp, COP_AXIS, linear, type Range, textWidth, ticks } from "../../lib/scale";
import { PeriodCard } from "../period_card";
import { rollingYear } from "../picker/period";
import { type Usual, usual } from "./model";

const PLOT_PX = 190;
const LEFT_PX = 24;
const TOP_PX = 8;
const BOTTOM_PX = 24;
/** A household without any day yet sees this range. */
const USUAL_RANGE: Range = [-5, 20];

export class UsualCard extends PeriodCard {
  static override styles = [
    ...PeriodCard.styles,
    chartStyles,
    css`
      p {
        margin: 4px 0 8px;
      }
    `,
  ];

  readonly #readout = new Readout(this);

  getCardSize() {
    return 5;
  }

  protected override content(live: Live): TemplateResult {
    const days = this.days(live, rollingYear(live));
    if (!days) return this.waiting();
    const { t, format } = this;
    const shown = usual(days, live.today, t, format);
    const count = shown.dots.length;
    return html`
      <div class="head">
        <h2>${t("is_today_usual")}</h2>
        <span class="quiet">
          ${t("cop_of_each_day")}${
            count > 1 ? `, ${t("days_count", { days: format.number(count, 0) })}` : nothing
          }
        </span>
      </div>
      <p class="quiet">${shown.sentence}</p>
      ${this.#plot(shown)}
    `;
  }

  #plot(shown: Usual): TemplateResult {
    const { width, format, t } = this;
    const all = shown.today ? [...shown.dots, shown.today] : shown.dots;
    const range = temperatureRange(all.map((dot) => dot.celsius));
    const x = linear(range, [LEFT_PX + 6, width - 8]);
    const y = linear(COP_AXIS, [TOP_PX + PLOT_PX, TOP_PX]);
    // What lies beyond the axis is drawn at its end, not left out.
    const yOf = (cop: number) => y(clamp(cop, COP_AXIS));
    const height = TOP_PX + PLOT_PX + BOTTOM_PX;
    const { like, today } = shown;
    const layer = this.#readout.layer({
      label: t("arrow_keys", { name: t("is_today_usual") }),
      width,
      height,
      spots: () =>
        all.map(({ day, celsius, cop }) => ({
          x: x(celsius),
          y: yOf(cop),
          says: [
            format.date(day),
            t("cop_is", { value: format.number(cop, 1) }),
            `${format.degrees(celsius)}\u00a0${format.degreeUnit}`,
          ],
        })),
    });
    return html`<div class="chart"><svg viewBox="0 0 ${width} ${height}" role="img"
        style="height: ${height}px" aria-label="${t("is_today_usual")} ${shown.sentence}">
      ${gridLines(ticks(COP_AXIS, 6), y, [LEFT_PX, width], String)}
      ${temperatureAxis(range, x, TOP_PX + PLOT_PX, width, format)}
      ${circles(
        shown.dots.map((dot) => [x(dot.celsius), yOf(dot.cop)] as const),
        2,
        "var(--hp-unknown)",
        0.65,
      )}
      ${
        like
          ? svg`<rect x=${x(like.from)} y=${yOf(like.high)} width=${x(like.to) - x(like.from)}
              height=${Math.max(yOf(like.low) - yOf(like.high), 2)} rx="3"
              fill="var(--hp-band)" stroke="var(--hp-quiet)" stroke-width="0.8"></rect>`
          : nothing
      }
      ${today ? this.#mark(x(today.celsius), yOf(today.cop)) : nothing}
    </svg>${all.length ? layer : nothing}</div>`;
  }

  #mark(x: number, y: number) {
    const name = this.t("today_mark");
    const half = textWidth(name) / 2 + 2;
    const isLow = y > TOP_PX + PLOT_PX - 24;
    return svg`<circle cx=${x} cy=${y} r="5" fill="var(--hp-ink)" stroke="var(--hp-card)"
        stroke-width="1.5"></circle>
      <text class="name halo" x=${clamp(x, [LEFT_PX + half, this.width - half])}
        y=${isLow ? y - 12 : y + 19} text-anchor="middle">${name}</text>`;
  }
}

/** From the tick below the coldest to the one above the warmest. */
export function temperatureRange(values: readonly number[]): Range {
  if (!values.length) return USUAL_RANGE;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return [Math.floor(low - 0.5), Math.max(Math.ceil(high + 0.5), Math.floor(low) + 5)];
}
