/** The card with the heat that the house asks for. */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import type { Live } from "../../data/contract";
import { chartStyles, circles, gridLines, temperatureAxis } from "../../lib/axes";
import { later } from "../../lib/days";
import { Readout } from "../../lib/readout";
import "../../lib/texts/efficiency";
import { clamp, digitsOf, linear, type Range, type Scale, ticks } from "../../lib/scale";
import { PeriodCard } from "../period_card";
import { inOne } from "../today/model";
import {
  type Demand,
  demandOf,
  type HeatedDay,
  LEAST_DAYS,
  type Line,
  lossChange,
  type Season,
  twoSeasons,
} from "./model";

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
      p {
        margin: 0 0 12px;
      }
      dd small {
        color: var(--hp-quiet);
        font-size: 75%;
      }
    `,
  ];

  readonly #readout = new Readout(this);

  getCardSize() {
    return 8;
  }

  override getGridOptions() {
    return { columns: "full" as const };
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
    const { now, before } = demand;
    const first = later(span.first, live.first_day ?? live.today.last);
    const isHeated = now.heated + before.heated > 0;
    return html`
      <div class="head">
        <h2>${t("demand_title")}</h2>
        <span class="quiet">
          ${first > span.last ? nothing : format.days(first, span.last)}${
            this.width > 480 ? ` · ${t("one_mark_a_day")}` : nothing
          }
        </span>
      </div>
      ${now.line ?? before.line ? this.#figures(demand) : this.#whyNot(demand)}
      ${isHeated ? this.#plot(demand) : nothing}
    `;
  }

  #whyNot({ lacksOutside, now, before }: Demand): TemplateResult {
    if (lacksOutside) return this.message("demand_no_outside");
    const days = Math.max(now.heated, before.heated);
    return html`<p class="message">
      ${this.t("demand_too_few", { days, needed: LEAST_DAYS })}
    </p>`;
  }

  #figures({ now, before, alike, base_c }: Demand): TemplateResult {
    const { t, format } = this;
    const figure = (label: string, pick: (season: Season) => number | null, text: string) => {
      const [value, last] = [pick(now), pick(before)];
      const shown = value ?? last;
      if (shown === null) return nothing;
      const show = (each: number) =>
        text === "kWh" ? format.number(each, 1) : `≈${format.number(each, 0)}`;
      const was = last === null ? "" : t("last_season", { value: show(last) });
      return html`<div>
        <dt>${label}</dt>
        <dd>${show(shown)}\u00a0<small>${text}</small></dd>
        <dd class="quiet">${value === null ? t("season_before") : was}</dd>
      </div>`;
    };
    const base = `${format.degrees(base_c, 0)}\u00a0${format.degreeUnit}`;
    return html`<dl>
        ${figure(t("heat_loss"), ({ line }) => line && line.w_per_k, "W/K")}
        ${figure(
          t("balance_temperature"),
          ({ line }) => line && format.fromCelsius(line.balance_c),
          format.degreeUnit,
        )}
        ${figure(
          t("per_degree_day", { base }),
          ({ kwhPerDegreeDay: kwh }) => kwh && kwh / format.degreesPerKelvin,
          "kWh",
        )}
      </dl>
      ${now.line && alike ? html`<p class="quiet">${this.#change(now.line, alike)}</p>` : nothing}`;
  }

  #change(now: Line, before: Line): string {
    const change = lossChange(now, before);
    if (change === null) return this.t("loss_the_same");
    const share = this.format.percent(Math.abs(change));
    return this.t(change < 0 ? "loss_less" : "loss_more", { share });
  }

  #plot(demand: Demand): TemplateResult {
    const { t, width, format } = this;
    const bottom = TOP_PX + clamp(width * 0.45, [190, 320]);
    const height = bottom + BOTTOM_PX;
    const range = rangeOf(demand.days.map((day) => day.outside_c));
    const most = Math.max(...demand.days.map((day) => day.kw), 1);
    const x = linear(range, [LEFT_PX + 8, width - 10]);
    const y = linear([0, most * 1.05], [bottom, TOP_PX]);
    const at = (day: HeatedDay) => [x(day.outside_c), y(Math.max(day.kw, 0))] as const;
    const places = (isThisSeason: boolean) =>
      demand.days.filter((day) => day.isThisSeason === isThisSeason).map(at);
    const powers = ticks([0, most * 1.05], 5);
    const digits = digitsOf(powers);
    const sorted = [...demand.days].sort((one, other) => one.outside_c - other.outside_c);
    const says = (day: HeatedDay) => this.#says(day);
    const layer = this.#readout.layer({
      label: t("arrow_keys", { name: t("demand_title") }),
      width,
      height,
      steps: [1, 10],
      spots: () =>
        sorted.map((day) => {
          const [left, top] = at(day);
          return {
            x: left,
            y: top,
            get says() {
              return says(day);
            },
          };
        }),
    });
    return html`<div class="chart">
        <svg viewBox="0 0 ${width} ${height}" style="height: ${height}px" role="img"
          aria-label=${t("demand_title")}>
          ${gridLines(powers, y, [LEFT_PX, width], (value) => format.number(value, digits))}
          ${temperatureAxis(range, x, bottom, width, format)}
          ${circles(places(false), 2, "var(--hp-unknown)", 0.6)}
          ${circles(places(true), 2.4, "var(--hp-heating)", 0.8)}
          ${drawLine(demand.before.line, range, x, y, "var(--hp-quiet)")}
          ${drawLine(demand.now.line, range, x, y, "var(--hp-heating)")}
        </svg>
        ${layer}
      </div>
      <div class="legend" aria-hidden="true">
        <span><i class="square" style="background: var(--hp-heating)"></i>${t("this_season")}</span>
        ${
          demand.days.every((day) => day.isThisSeason)
            ? nothing
            : html`<span>
                <i class="square" style="background: var(--hp-unknown)"></i>${t("season_before")}
              </span>`
        }
        <span>${t("mean_heating_power")}</span>
      </div>`;
  }

  #says({ start, outside_c, kw }: HeatedDay): string[] {
    const { t, format } = this;
    return [
      format.date(start),
      inOne(format.temperature(outside_c)),
      t("heating_is", { value: `${format.number(kw, 1)}\u00a0kW` }),
    ];
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
