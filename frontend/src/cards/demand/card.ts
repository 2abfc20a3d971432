/** The card with the heat that the house asks for. */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import type { Live } from "../../data/contract";
import { bottomTicks, chartStyles, circles, gridLines } from "../../lib/axes";
import "../../lib/texts/efficiency";
import { clamp, linear, type Range, type Scale, ticks } from "../../lib/scale";
import { PeriodCard } from "../period_card";
import { type Demand, demandOf, type Line, twoSeasons } from "./model";

const LEFT_PX = 30;
const TOP_PX = 8;
const BOTTOM_PX = 24;

export class DemandCard extends PeriodCard {
  static override styles = [
    ...PeriodCard.styles,
    chartStyles,
    css`
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 28px;
        margin: 8px 0 12px;
      }
      dt {
        color: var(--hp-quiet);
        font-size: 12px;
      }
      dd {
        margin: 0;
      }
      dd:not(.quiet) {
        font-size: 24px;
        line-height: 30px;
      }
      dd small {
        color: var(--hp-quiet);
        font-size: 75%;
      }
    `,
  ];

  getCardSize() {
    return 8;
  }

  getGridOptions() {
    return { columns: "full" };
  }

  protected override get usualPeriod() {
    return "days365" as const;
  }

  protected override content(live: Live): TemplateResult {
    const { t, format } = this;
    const span = twoSeasons(live.today.last, live.season_start_month);
    const days = this.days(live, span);
    if (!days) return this.waiting();
    const demand = demandOf(days, live.today.last, live.season_start_month);
    const line = demand.thisSeason ?? demand.lastSeason;
    return html`
      <div class="head">
        <h2>${t("demand_title")}</h2>
        <span class="quiet">${format.days(span.first, span.last)}</span>
      </div>
      ${line ? this.#figures(demand, line) : html`<p class="message">${t("demand_too_few")}</p>`}
      ${demand.days.length ? this.#plot(demand) : nothing}
    `;
  }

  #figures(demand: Demand, line: Line): TemplateResult {
    const { t, format } = this;
    const before = demand.thisSeason && demand.lastSeason;
    const figure = (label: string, value: string, unit: string, beside = "") => html`<div>
      <dt>${label}</dt>
      <dd>${value}\u00a0<small>${unit}</small></dd>
      ${beside ? html`<dd class="quiet">${beside}</dd>` : nothing}
    </div>`;
    const was = (value: string) => (before ? t("last_season", { value }) : "");
    return html`<dl>
      ${figure(
        t("heat_loss"),
        `≈${format.number(line.w_per_k, 0)}`,
        "W/K",
        before ? was(`≈${format.number(before.w_per_k, 0)}`) : "",
      )}
      ${figure(
        t("balance_temperature"),
        `≈${format.number(line.balance_c, 0)}`,
        "°C",
        before ? was(`≈${format.number(before.balance_c, 0)}`) : "",
      )}
      ${
        demand.kwhPerDegreeDay === null
          ? nothing
          : figure(t("per_degree_day"), format.number(demand.kwhPerDegreeDay, 1), "kWh")
      }
    </dl>`;
  }

  #plot(demand: Demand): TemplateResult {
    const { t, width, format } = this;
    const bottom = TOP_PX + clamp(width * 0.45, [190, 320]);
    const height = bottom + BOTTOM_PX;
    const range = rangeOf(demand.days.map((day) => day.outside_c));
    const most = Math.max(...demand.days.map((day) => day.kw), 1);
    const x = linear(range, [LEFT_PX + 8, width - 10]);
    const y = linear([0, most * 1.05], [bottom, TOP_PX]);
    const place = (isThisSeason: boolean) =>
      demand.days
        .filter((day) => day.isThisSeason === isThisSeason)
        .map((day) => [x(day.outside_c), y(Math.max(day.kw, 0))] as const);
    const values = ticks(range, width / 60).filter((value) => x(value) < width - 32);
    return html`<svg viewBox="0 0 ${width} ${height}" style="height: ${height}px" role="img"
        aria-label=${t("demand_title")}>
      ${gridLines(ticks([0, most * 1.05], 5), y, [LEFT_PX, width], (value) => format.number(value, 0))}
      ${bottomTicks(values, x, bottom, (value) => format.number(value, 0))}
      <text class="tick" x=${width} y=${bottom + 17} text-anchor="end">°C</text>
      ${circles(place(false), 2, "var(--hp-standby)", 0.9)}
      ${circles(place(true), 2.4, "var(--hp-heating)", 0.8)}
      ${drawLine(demand.lastSeason, range, x, y, "var(--hp-unknown)")}
      ${drawLine(demand.thisSeason, range, x, y, "var(--hp-heating)")}
    </svg>
    <div class="legend" aria-hidden="true">
      <span><i class="square" style="background: var(--hp-heating)"></i>${t("this_season")}</span>
      <span><i class="square" style="background: var(--hp-standby)"></i>${t("season_before")}</span>
      <span>kW</span>
    </div>`;
  }
}

function drawLine(line: Line | null, [low]: Range, x: Scale, y: Scale, stroke: string) {
  if (!line) return nothing;
  const kw = ((line.balance_c - low) * line.w_per_k) / 1000;
  return svg`<path d="M${x(low)} ${y(kw)}L${x(line.balance_c)} ${y(0)}" fill="none"
    stroke=${stroke} stroke-width="2"></path>`;
}

function rangeOf(values: readonly number[]): Range {
  return [Math.floor(Math.min(...values)), Math.max(Math.ceil(Math.max(...values)), 20)];
}
