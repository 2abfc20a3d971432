/** The card with the quarter-hour that goes on: what may still be drawn? */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import type { House, RunningQuarter } from "../../data/contract";
import { bottomTicks, HATCH_FILL, hatchPattern } from "../../lib/axes";
import { digitsOf, energyAxis, linear, textWidth, ticks } from "../../lib/scale";
import { spread } from "../../lib/spread";
import type { TextKey } from "../../lib/texts/texts";
import { HouseCard } from "./house_card";
import { QUARTER_MS, type Shares, sharesOf } from "./model";

const TOP_PX = 24;
const BAR_PX = 24;
const HEIGHT_PX = TOP_PX + BAR_PX + 22;
const NAME_PX = 12;

export class QuarterCard extends HouseCard {
  static override styles = [
    ...HouseCard.styles,
    css`
      .big b {
        font-size: 44px;
        line-height: 52px;
        margin-right: 8px;
      }
      .big .unit {
        color: var(--hp-quiet);
      }
      .over {
        color: var(--hp-limit);
      }
      .mark {
        font-size: 12px;
        font-weight: 500;
      }
    `,
  ];

  getCardSize() {
    return 4;
  }

  protected override content({ running, ...house }: House): TemplateResult {
    const { t, format } = this;
    const end = running && new Date(Date.parse(running.start) + QUARTER_MS);
    const forecast_kw = running?.forecast_w == null ? null : running.forecast_w / 1000;
    const left_min = Math.ceil((running?.ends_in_s ?? 0) / 60);
    const limit = house.limit_w === null ? "above_billed" : "above_limit";
    const isOver = running && forecast_kw !== null && forecast_kw > running.limit_w / 1000;
    return html`
      <div class="head">
        <h2>${t("this_quarter")}</h2>
        ${
          end
            ? html`<span class="quiet">
                ${t("time_left", {
                  span: `${format.time(running.start)} – ${format.time(end)}`,
                  left: format.duration(left_min),
                })}
              </span>`
            : nothing
        }
      </div>
      <div class="big">
        <span>
          <b>${this.kw(forecast_kw)}</b>
          <span class="unit">${t("kw_expected")}</span>${
            isOver ? html`, <span class="over">${t(limit)}</span>` : nothing
          }
        </span>
        ${
          running?.headroom_w == null
            ? nothing
            : html`<span>
                ${t("may_draw")}
                <strong>${this.withUnit(Math.max(running.headroom_w, 0) / 1000)}</strong>
              </span>`
        }
      </div>
      ${running ? this.#bar(running, house.limit_w !== null) : html`<p>${t("meter_silent")}</p>`}
      ${
        end && running.so_far_w === null
          ? html`<p class="quiet">${t("quarter_unknown", { time: format.time(end) })}</p>`
          : nothing
      }
    `;
  }

  #bar(running: RunningQuarter, isOwnLimit: boolean): TemplateResult {
    const { width, format } = this;
    const shares = sharesOf(running);
    const known = [running.so_far_w, running.forecast_w, running.limit_w];
    const axis = energyAxis(0, (1.1 * Math.max(...known.map((watts) => watts ?? 0))) / 1000, 6);
    const x = linear(axis, [0, width]);
    const values = ticks(axis, 7);
    const digits = digitsOf(values);
    const text = (kw: number) => format.number(kw, digits);
    const marks = this.#marks(running, isOwnLimit);
    const widths = marks.map(({ name }) => textWidth(name, NAME_PX));
    const centres = spread(
      marks.map(({ kw }) => x(kw)),
      widths.reduce((sum, each) => sum + each, 0) / 2 + 10,
      [widths[0]! / 2, width - widths.at(-1)! / 2],
    );
    const parts = this.#parts(shares);
    return html`<svg viewBox="0 0 ${width} ${HEIGHT_PX}" role="img"
        aria-label="kW: ${[...marks, ...parts].map(({ name }) => name).join(", ")}">
        <defs>${hatchPattern()}
          <clipPath id="bar"><rect y=${TOP_PX} width=${width} height=${BAR_PX} rx="6"></rect></clipPath>
        </defs>
        <g clip-path="url(#bar)">
          ${this.#block(0, width, shares ? "var(--hp-band)" : HATCH_FILL)}
          ${parts.map(({ from, to, fill }) => this.#block(x(from), x(to), fill))}
        </g>
        ${marks.map(
          ({ kw, name, colour }, index) => svg`<path d="M${x(kw)} ${TOP_PX - 5}v${BAR_PX + 10}"
              stroke="var(--hp-${colour})" stroke-width="3"></path>
            <text class="mark" x=${centres[index]} y="14" text-anchor="middle"
              fill="var(--hp-${colour})">${name}</text>`,
        )}
        ${bottomTicks(values.slice(1, -1), x, TOP_PX + BAR_PX, text)}
        <text class="tick" y=${TOP_PX + BAR_PX + 17}>0</text>
        <text class="tick" x=${width} y=${TOP_PX + BAR_PX + 17} text-anchor="end">
          ${text(values.at(-1) ?? 0)} kW
        </text>
      </svg>
      <div class="legend" aria-hidden="true">
        ${parts.map(
          ({ name, fill }) => html`<span>
            <i class="square" style="background: ${fill}"></i>${name}
          </span>`,
        )}
      </div>`;
  }

  #block(from: number, to: number, fill: string) {
    return svg`<rect x=${from} y=${TOP_PX} width=${Math.max(to - from, 0)} height=${BAR_PX}
      fill=${fill}></rect>`;
  }

  /** The limit and what is expected, the lower first. */
  #marks({ limit_w, forecast_w }: RunningQuarter, isOwnLimit: boolean) {
    const mark = (key: TextKey, watts: number, colour: string) => {
      const kw = watts / 1000;
      return { kw, colour, name: this.t(key, { kw: this.kw(kw) }) };
    };
    const limit = mark(isOwnLimit ? "limit_mark" : "billed_mark", limit_w, "limit");
    if (forecast_w === null) return [limit];
    return [limit, mark("expected_mark", forecast_w, "ink")].sort((one, other) => one.kw - other.kw);
  }

  /** The parts of the bar, one after the other. */
  #parts(shares: Shares | null) {
    if (!shares) return [];
    const { heat_pump, rest, to_come } = shares;
    const so_far = (heat_pump ?? 0) + rest;
    const part = (key: TextKey, from: number, to: number, colour: string) => ({
      from,
      to,
      fill: `var(--hp-${colour})`,
      name: this.t(key, { kw: this.kw(to - from) }),
    });
    return [
      ...(heat_pump === null ? [] : [part("heat_pump_kw", 0, heat_pump, "electricity")]),
      part(heat_pump === null ? "house_kw" : "rest_kw", heat_pump ?? 0, so_far, "unknown"),
      part("to_come_kw", so_far, so_far + to_come, "standby"),
    ];
  }
}
