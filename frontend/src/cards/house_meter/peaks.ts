/** The card with the months' peaks, on whose mean the capacity tariff is billed. */

import { html, nothing, svg, type TemplateResult } from "lit";
import type { House } from "../../data/contract";
import { hatchPattern } from "../../lib/axes";
import { Readout } from "../../lib/readout";
import { linear } from "../../lib/scale";
import { drawColumns, HouseCard } from "./house_card";
import { heatPumpOf, type MonthColumn, monthsOf } from "./model";

const LEFT_PX = 24;
const TOP_PX = 16;
const PLOT_PX = 76;
const HEIGHT_PX = TOP_PX + PLOT_PX + 20;
/** Of a column with its value above. */
const LABEL_PX = 20;

export class PeaksCard extends HouseCard {
  readonly #readout = new Readout(this);

  getCardSize() {
    return 4;
  }

  protected override content({ billing, least_peak_w, currency }: House): TemplateResult {
    const { t, format } = this;
    const { peak_w, cost_per_year } = billing;
    const months = monthsOf(billing.months);
    const count = billing.months.length;
    const least = least_peak_w / 1000;
    return html`
      <div class="head">
        <h2>${t("month_peaks")}</h2>
        <span class="quiet">${t("billed_mean")}</span>
      </div>
      ${
        peak_w === null
          ? this.message("no_peak")
          : html`<div class="big">
                <span>
                  <b>${format.number(peak_w / 1000, 2)}</b>
                  <span class="quiet">
                    ${count === 1 ? t("kw_month") : t("kw_months", { count })} ·
                    ${t("never_below", { kw: this.kw(least) })}
                  </span>
                </span>
                ${
                  cost_per_year === null
                    ? nothing
                    : html`<strong>
                        ${t("a_year", { cost: format.money(cost_per_year, currency, 0) })}
                      </strong>`
                }
              </div>
              ${this.#plot(months, least)}`
      }
    `;
  }

  #plot(months: readonly MonthColumn[], least: number): TemplateResult {
    const { width, format, t } = this;
    const top = Math.max(...months.map(({ kw }) => kw ?? 0), least);
    const x = linear([0, Math.max(months.length, 4)], [LEFT_PX, width]);
    const bottom = TOP_PX + PLOT_PX;
    const y = linear([0, top], [bottom, TOP_PX]);
    const room = x(1) - x(0);
    return html`<div class="chart">
      <svg viewBox="0 0 ${width} ${HEIGHT_PX}" style="height: ${HEIGHT_PX}px" role="img"
        aria-label=${t("month_peaks")}>
        <defs>${hatchPattern()}</defs>
        ${drawColumns(months, room * 0.78, x, y, top)}
        <path d="M${LEFT_PX} ${y(least)}H${width}" stroke="var(--hp-ink)"
          stroke-dasharray="2 3"></path>
        <text class="tick" y=${y(least) + 4}>${this.kw(least)}</text>
        ${months.map(
          ({ month, kw, isStrong }, index) => svg`
            <text class="tick" x=${x(index + 0.5)} y=${bottom + 16} text-anchor="middle">
              ${format.month(month, "narrow")}
            </text>
            ${
              kw === null || room < LABEL_PX
                ? nothing
                : svg`<text class="halo ${isStrong ? "name" : "tick"}" x=${x(index + 0.5)}
                    y=${y(kw) - 4} text-anchor="middle">${this.kw(kw)}</text>`
            }`,
        )}
      </svg>
      ${this.#readout.layer({
        label: t("arrow_keys", { name: t("month_peaks") }),
        width,
        height: HEIGHT_PX,
        line: [TOP_PX, bottom],
        spots: () =>
          months.map((column, index) => ({
            x: x(index + 0.5),
            y: y(column.kw ?? 0),
            says: this.#says(column, least),
          })),
      })}
    </div>`;
  }

  #says({ month, peak, kw }: MonthColumn, least: number): string[] {
    const { t } = this;
    const format = this.format.household;
    const name = format.wholeMonth(month);
    if (!peak || kw === null) return [name, t("not_measured")];
    const { at, basis, parts_wh } = peak;
    const part = heatPumpOf(parts_wh, kw);
    return [
      name,
      at ? `${this.withUnit(kw)}, ${format.day(at)} ${format.time(at)}` : this.withUnit(kw),
      ...(part === null ? [] : [t("heat_pump_kw", { kw: this.withUnit(part) })]),
      ...(kw < least ? [t("billed_as", { kw: this.withUnit(least) })] : []),
      ...(basis === "counted" ? [] : [t(`basis_${basis}`)]),
    ];
  }
}
