/** The card with the calls to the cloud. */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import type { Live } from "../../data/contract";
import { chartStyles, HATCH_FILL, hatchPattern } from "../../lib/axes";
import { Readout } from "../../lib/readout";
import { linear, textWidth } from "../../lib/scale";
import "../../lib/texts/health";
import { HealthCard } from "../sources/health_card";

const BAR_PX = 8;
const HOURS_PX = 34;
const HOUR_MS = 3_600_000;

export class CallsCard extends HealthCard {
  static override styles = [
    ...HealthCard.styles,
    chartStyles,
    css`
      .figure {
        font-size: 24px;
        line-height: 32px;
      }
      p {
        margin: 4px 0;
      }
      .track {
        fill: color-mix(in srgb, var(--hp-ink) 10%, transparent);
      }
      .used {
        fill: var(--primary-color, #009ac7);
      }
      .used.much {
        fill: var(--hp-warning);
      }
      .allowed {
        stroke: var(--hp-ink);
        stroke-width: 2;
      }
      .hour {
        fill: var(--hp-unknown);
      }
    `,
  ];

  readonly #readout = new Readout(this);

  getCardSize() {
    return 3;
  }

  protected override content(live: Live): TemplateResult {
    const health = this.health(live);
    const { t, format } = this;
    if (!live.calls) return html`<div class="head"><h2>${t("calls_24h")}</h2></div>
      <p class="quiet">${t("calls_none")}</p>`;
    const { day, allowed } = live.calls;
    const texts = { allowed: format.number(allowed, 0) };
    const of = health
      ? t("calls_of", { ...texts, limit: format.number(health.call_limit, 0) })
      : t("calls_of_allowed", texts);
    return html`
      <div class="head"><h2>${t("calls_24h")}</h2></div>
      <p><span class="figure">${format.number(day, 0)}</span> <span class="quiet">${of}</span></p>
      ${this.#bar(day, allowed, health?.call_limit ?? allowed, `${format.number(day, 0)} ${of}`)}
      ${health?.calls?.length ? this.#hours(health.calls, live.time) : nothing}
    `;
  }

  #bar(day: number, allowed: number, limit: number, says: string) {
    const { width } = this;
    const x = linear([0, Math.max(limit, day)], [0, width]);
    return svg`<svg viewBox="0 -4 ${width} ${BAR_PX + 8}" role="img" aria-label=${says}>
      <rect class="track" width=${width} height=${BAR_PX} rx="4"></rect>
      <rect class="used ${day > allowed ? "much" : ""}" width=${x(day)} height=${BAR_PX}
        rx="4"></rect>
      ${
        allowed < limit
          ? svg`<path class="allowed" d="M${x(allowed)} -3v${BAR_PX + 6}"></path>`
          : nothing
      }
    </svg>`;
  }

  #hours(calls: (number | null)[], time: string) {
    const { t, format, width } = this;
    const most = Math.max(...calls.map((each) => each ?? 0), 1);
    const top = 16;
    const bottom = top + HOURS_PX;
    const y = linear([0, most], [bottom, top]);
    const pitch = width / calls.length;
    const peak = calls.indexOf(most);
    const text = t("an_hour", { count: format.number(most, 0) });
    const half = textWidth(text) / 2;
    const middle = Math.min(Math.max((peak + 0.5) * pitch, half), width - half);
    const yesterday = t("yesterday_at", { time: format.time(time) });
    const height = bottom + 18;
    const hour = (index: number) =>
      format.time(new Date(Date.parse(time) - (calls.length - index) * HOUR_MS));
    const layer = this.#readout.layer({
      label: t("arrow_keys", { name: t("calls_24h") }),
      width,
      height,
      line: [top, bottom],
      spots: () =>
        calls.map((count, index) => ({
          x: (index + 0.5) * pitch,
          y: y(count ?? 0),
          says: [
            `${hour(index)} – ${hour(index + 1)}`,
            t("calls_count", { count: format.number(count, 0) }),
          ],
        })),
    });
    return html`<div class="chart"><svg viewBox="0 0 ${width} ${height}" role="img"
        aria-label="${t("calls_24h")}: ${text}">
      <defs>${hatchPattern()}</defs>
      ${
        peak < 0
          ? nothing
          : svg`<text class="tick" x=${middle} y="11" text-anchor="middle">${text}</text>`
      }
      ${calls.map((count, index) => {
        const isUnknown = count === null;
        const from = isUnknown ? top : y(count);
        return svg`<rect class="hour" x=${index * pitch + 1} y=${from} width=${pitch - 2}
          height=${bottom - from} rx="1" style=${isUnknown ? `fill: ${HATCH_FILL}` : ""}></rect>`;
      })}
      <path class="zero" d="M0 ${bottom}H${width}"></path>
      <text class="tick" x="0" y=${bottom + 14}>${yesterday}</text>
      <text class="tick" x=${width} y=${bottom + 14} text-anchor="end">${t("now")}</text>
    </svg>${layer}</div>`;
  }
}
