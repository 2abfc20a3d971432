/** The card with the heat that the house asks for. */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import { askHeatLoss } from "../../data/ask";
import type { Estimate, HeatLoss, Live } from "../../data/contract";
import { chartStyles, circles, gridLines, temperatureAxis } from "../../lib/axes";
import { later } from "../../lib/days";
import type { Format } from "../../lib/format";
import { Readout } from "../../lib/readout";
import "../../lib/texts/efficiency";
import { clamp, digitsOf, linear, type Range, type Scale, ticks } from "../../lib/scale";
import { ChangeMarks, type Marks, onDay, said } from "../marks/marks";
import { PeriodCard } from "../period_card";
import { inOne } from "../today/model";
import {
  type Demand,
  demandOf,
  type HeatedDay,
  LEAST_DAYS,
  type Losses,
  lossChange,
  seasons,
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
  readonly #changes = new ChangeMarks(this);

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
    const { last } = live.today;
    const spans = seasons(last, live.season_start_month);
    const span = { first: spans.before.first, last: spans.now.last };
    const days = this.days(live, span);
    const [now, before, alike] = (["now", "before", "alike"] as const).map((name) =>
      this.ask("heat_loss", live, spans[name], askHeatLoss, name),
    );
    if (!days || !now || !before || !alike) return this.waiting();
    const demand = demandOf(days, last, live.season_start_month);
    const losses = { now: now.loss, before: before.loss, alike: alike.loss };
    const first = later(span.first, live.first_day ?? live.today.last);
    return html`
      <div class="head">
        <h2>${t("demand_title")}</h2>
        <span class="quiet">
          ${first > span.last ? nothing : format.days(first, span.last)}${
            this.width > 480 ? ` · ${t("one_mark_a_day")}` : nothing
          }
        </span>
      </div>
      ${now.loss ?? before.loss ? this.#figures(losses) : this.#whyNot(demand)}
      ${demand.heated ? this.#plot(live, demand, losses) : nothing}
    `;
  }

  #whyNot({ lacksOutside, heated }: Demand): TemplateResult {
    if (lacksOutside) return this.message("demand_no_outside");
    if (heated >= LEAST_DAYS) return this.message("demand_no_line");
    return html`<p class="message">
      ${this.t("demand_too_few", { days: heated, needed: LEAST_DAYS })}
    </p>`;
  }

  #figures({ now, before, alike }: Losses): TemplateResult {
    const { t, format } = this;
    const shown = now ?? before!;
    // Degree days from another base are other degree days.
    const isSameBase = now?.base_c === before?.base_c;
    const base = `${format.degrees(shown.base_c, 0)}\u00a0${format.degreeUnit}`;
    const figure = (label: string, unit: string, digits: number, of: (loss: HeatLoss) => Estimate) => {
      const last = now && before && (unit !== "kWh" || isSameBase) ? of(before).value : null;
      return html`<div>
        <dt>${label}</dt>
        <dd>${format.number(of(shown).value, digits)}\u00a0<small>${unit}</small></dd>
        <dd class="quiet">${t("low_to_high", outward(of(shown), digits, format))}</dd>
        <dd class="quiet">
          ${now ? nothing : t("season_before")}
          ${last === null ? nothing : t("last_season", { value: format.number(last, digits) })}
        </dd>
      </div>`;
    };
    return html`<dl>
        ${figure(t("heat_loss"), "W/K", 0, ({ w_per_k }) => w_per_k)}
        ${figure(t("balance_temperature"), format.degreeUnit, 0, ({ balance_c }) =>
          each(balance_c, (celsius) => format.fromCelsius(celsius)),
        )}
        ${figure(t("per_degree_day", { base }), "kWh", 1, ({ kwh_per_degree_day }) =>
          each(kwh_per_degree_day, (kwh) => kwh / format.degreesPerKelvin),
        )}
      </dl>
      ${now && alike ? html`<p class="quiet">${this.#change(now, alike)}</p>` : nothing}`;
  }

  #change(now: HeatLoss, before: HeatLoss): string {
    const change = lossChange(now, before);
    if (change === null) return this.t("loss_the_same");
    const share = this.format.percent(Math.abs(change));
    return this.t(change < 0 ? "loss_less" : "loss_more", { share });
  }

  #plot(live: Live, demand: Demand, losses: Losses): TemplateResult {
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
    const marks = this.#changes.of(this.hass, this.config, live, format);
    const says = (day: HeatedDay) => this.#says(day, marks);
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
          ${drawLine(losses.before, range, x, y, "var(--hp-quiet)")}
          ${drawLine(losses.now, range, x, y, "var(--hp-heating)")}
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

  #says({ start, outside_c, kw }: HeatedDay, marks: Marks): string[] {
    const { t, format } = this;
    return [
      format.date(start),
      inOne(format.temperature(outside_c)),
      t("heating_is", { value: `${format.number(kw, 1)}\u00a0kW` }),
      ...said(onDay(marks, start), t, format),
    ];
  }
}

function drawLine(loss: HeatLoss | null, [low]: Range, x: Scale, y: Scale, stroke: string) {
  if (!loss) return nothing;
  const balance_c = loss.balance_c.value;
  const kw = ((balance_c - low) * loss.w_per_k.value) / 1000;
  return svg`<path d="M${x(low)} ${y(kw)}L${x(balance_c)} ${y(0)}" fill="none"
    stroke=${stroke} stroke-width="2"></path>`;
}

function each({ value, low, high }: Estimate, change: (value: number) => number): Estimate {
  return { value: change(value), low: change(low), high: change(high) };
}

/** The ends of an interval, which rounding may only widen. */
function outward({ low, high }: Estimate, digits: number, format: Format) {
  const steps = 10 ** digits;
  return {
    low: format.number(Math.floor(low * steps) / steps, digits),
    high: format.number(Math.ceil(high * steps) / steps, digits),
  };
}

function rangeOf(values: readonly number[]): Range {
  return [Math.floor(Math.min(...values)), Math.max(Math.ceil(Math.max(...values)), 20)];
}
