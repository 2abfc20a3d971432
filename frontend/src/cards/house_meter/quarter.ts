/** The card with the quarter-hour that goes on: what may still be drawn? */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import type { House } from "../../data/contract";
import { bottomTicks, HATCH_FILL, hatchPattern } from "../../lib/axes";
import { digitsOf, energyAxis, linear, textWidth, ticks } from "../../lib/scale";
import { spread } from "../../lib/spread";
import { HouseCard } from "./house_card";
import { type Shares, sharesOf } from "./model";

const QUARTER_MS = 900_000;
const TOP_PX = 24;
const BAR_PX = 24;
const HEIGHT_PX = TOP_PX + BAR_PX + 22;
const NAME_PX = 12;

type Running = NonNullable<House["running"]>;

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

  #bar(running: Running, isOwnLimit: boolean): TemplateResult {
    const { t, width, format } = this;
    const shares = sharesOf(running);
    const so_far = (running.so_far_w ?? 0) / 1000;
    const limit = running.limit_w / 1000;
    const expected = running.forecast_w === null ? null : running.forecast_w / 1000;
    const axis = energyAxis(0, 1.1 * Math.max(so_far, limit, expected ?? 0), 6);
    const x = linear(axis, [0, width]);
    const values = ticks(axis, 7);
    const digits = digitsOf(values);
    const last = values.at(-1);
    const marks = [
      { at: limit, name: t(isOwnLimit ? "limit_mark" : "billed_mark", { kw: this.kw(limit) }), colour: "limit" },
      ...(expected === null
        ? []
        : [{ at: expected, name: t("expected_mark", { kw: this.kw(expected) }), colour: "ink" }]),
    ].sort((one, other) => one.at - other.at);
    const widths = marks.map(({ name }) => textWidth(name, NAME_PX));
    const centres = spread(
      marks.map(({ at }) => x(at)),
      widths.reduce((sum, each) => sum + each, 0) / 2 + 10,
      [widths[0]! / 2, width - widths.at(-1)! / 2],
    );
    const parts = this.#parts(shares);
    return html`<svg viewBox="0 0 ${width} ${HEIGHT_PX}" role="img"
        aria-label=${[...marks, ...parts].map(({ name }) => name).join(", ")}>
        <defs>${hatchPattern()}
          <clipPath id="bar"><rect y=${TOP_PX} width=${width} height=${BAR_PX} rx="6"></rect></clipPath>
        </defs>
        <g clip-path="url(#bar)">
          ${this.#block(0, width, shares ? "var(--hp-band)" : HATCH_FILL)}
          ${parts.map(({ from, to, fill }) => this.#block(x(from), x(to), fill))}
        </g>
        ${marks.map(
          ({ at, name, colour }, index) => svg`<path d="M${x(at)} ${TOP_PX - 5}v${BAR_PX + 10}"
              stroke="var(--hp-${colour})" stroke-width="3"></path>
            <text class="mark" x=${centres[index]} y="14" text-anchor="middle"
              fill="var(--hp-${colour})">${name}</text>`,
        )}
        ${bottomTicks(values.slice(1, -1), x, TOP_PX + BAR_PX, (value) => format.number(value, digits))}
        <text class="tick" y=${TOP_PX + BAR_PX + 17}>0</text>
        <text class="tick" x=${width} y=${TOP_PX + BAR_PX + 17} text-anchor="end">
          ${format.number(last ?? null, digits)} kW
        </text>
      </svg>
      <div class="legend" aria-hidden="true">
        ${parts.map(
          ({ name, fill }) => html`<span><i class="square" style="background: ${fill}"></i>${name}</span>`,
        )}
      </div>`;
  }

  #block(from: number, to: number, fill: string) {
    return svg`<rect x=${from} y=${TOP_PX} width=${Math.max(to - from, 0)} height=${BAR_PX} fill=${fill}></rect>`;
  }

  /** The parts of the bar, one after the other. */
  #parts(shares: Shares | null) {
    if (!shares) return [];
    const { heat_pump, rest, to_come } = shares;
    const so_far = (heat_pump ?? 0) + rest;
    const kw = (value: number) => ({ kw: this.kw(value) });
    return [
      ...(heat_pump === null
        ? []
        : [{ from: 0, to: heat_pump, fill: "var(--hp-electricity)", name: this.t("heat_pump_kw", kw(heat_pump)) }]),
      {
        from: heat_pump ?? 0,
        to: so_far,
        fill: "var(--hp-unknown)",
        name: this.t(heat_pump === null ? "house_kw" : "rest_kw", kw(rest)),
      },
      {
        from: so_far,
        to: so_far + to_come,
        fill: "var(--hp-standby)",
        name: this.t("to_come_kw", kw(to_come)),
      },
    ];
  }
}
