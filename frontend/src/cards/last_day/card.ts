/** The card with the power of the last 24 hours. */

import { css, html, svg, type TemplateResult } from "lit";
import { askMoments } from "../../data/ask";
import type { Live } from "../../data/contract";
import { chartStyles, gridLines, HATCH_FILL, hatchPattern, legend } from "../../lib/axes";
import { Readout } from "../../lib/readout";
import { digitsOf, energyAxis, linear, textWidth, ticks } from "../../lib/scale";
import { AskingCard, partOf } from "../asking_card";
import {
  type Area,
  LAST_DAY_PARTS,
  type LastDay,
  lastDay,
  outline,
  partSays,
  type Role,
} from "./model";

const PLOT_PX = 168;
const TOP_PX = 8;
const LEFT_PX = 28;
const STRIP_PX = 8;
const PARTS_AN_HOUR = 12;
const MODES = ["heating", "hot_water", "cooling", "defrost", "standby"] as const;

export class LastDayCard extends AskingCard {
  static override styles = [
    ...AskingCard.styles,
    chartStyles,
    css`
      .midnight {
        stroke: var(--hp-quiet);
        stroke-dasharray: 2 3;
      }
    `,
  ];

  readonly #readout = new Readout(this);

  getCardSize() {
    return 5;
  }

  protected override content(live: Live): TemplateResult {
    const moments = this.asked("moments", partOf(live.time), askMoments);
    if (!moments) return this.waiting();
    const { t, format } = this;
    const shown = lastDay(moments, live.time, format);
    const says = t("last_day_says", {
      electricity: format.number(shown.electricity_kwh, 1),
      heat: format.number(shown.heat_kwh, 1),
      unknown: format.duration(shown.unknown_minutes),
    });
    const roles = new Set([...shown.modes, ...shown.heat].map(({ role }) => role));
    return html`
      <div class="head">
        <h2>${t("last_24_hours")}</h2>
        <span class="quiet">kW</span>
      </div>
      ${this.#plot(shown, `${t("last_24_hours")}: ${says}`)}
      ${legend([
        ...MODES.filter((each) => roles.has(each)).map((each) => [each, t(each)] as const),
        ["electricity", t("electricity_drawn")],
        ...(shown.unknown.length ? [[null, t("heat_unknown")] as const] : []),
      ])}
    `;
  }

  #plot(shown: LastDay, says: string) {
    const { width, format, t } = this;
    const [low, high] = energyAxis(...shown.range, 5);
    const x = linear([0, LAST_DAY_PARTS], [LEFT_PX, width]);
    const y = linear([low, high], [TOP_PX + PLOT_PX, TOP_PX]);
    const strip = y(low) + 10;
    const bottom = strip + STRIP_PX + 16;
    const values = ticks([low, high], 7);
    const digits = digitsOf(values);
    const height = bottom + 4;
    const layer = this.#readout.layer({
      label: t("arrow_keys", { name: t("last_24_hours") }),
      width,
      height,
      line: [y(high), strip + STRIP_PX],
      steps: [1, PARTS_AN_HOUR],
      spots: () =>
        shown.parts.map((part, index) => ({
          x: x(index + 0.5),
          y: y((part?.heat_w ?? part?.electricity_w ?? 0) / 1000),
          says: partSays(shown, index, t, format),
        })),
    });
    return html`<div class="chart"><svg viewBox="0 0 ${width} ${height}" role="img"
      aria-label=${says}>
      <defs>${hatchPattern()}</defs>
      ${gridLines(values, y, [LEFT_PX, width], (value) => format.number(value, digits))}
      ${shown.unknown.map(
        ({ from, to }) => svg`<rect x=${x(from)} y=${y(high)} width=${x(to) - x(from)}
          height=${y(0) - y(high)} fill=${HATCH_FILL}></rect>`,
      )}
      ${shown.heat.map(
        (area) => svg`<path d=${outline(area, x, y)} fill=${colour(area.role)}></path>`,
      )}
      ${shown.electricity.map(
        (area) => svg`<path d=${outline(area, x, y)} fill="var(--hp-electricity)"></path>`,
      )}
      <path class="zero" d="M${LEFT_PX} ${y(0)}H${width}"></path>
      ${shown.modes.map((area) => this.#mode(area, x, strip))}
      ${this.#hours(shown, x, bottom, [y(high), strip])}
    </svg>${layer}</div>`;
  }

  #mode({ role, from, to }: Area, x: (part: number) => number, y: number) {
    return svg`<rect x=${x(from)} y=${y} width=${x(to) - x(from)} height=${STRIP_PX}
      fill=${role === "unknown" ? HATCH_FILL : colour(role)}></rect>`;
  }

  #hours(
    { hours }: LastDay,
    x: (part: number) => number,
    bottom: number,
    [top, foot]: readonly [number, number],
  ) {
    const now = this.t("now");
    const room = textWidth(this.format.hour(22 * 60)) + 14;
    const perHour = x(12) - x(0);
    const every = [1, 2, 3, 6, 12].find((each) => each * perHour >= room) ?? 12;
    const end = x(LAST_DAY_PARTS);
    const shown = hours.filter(({ minutes }) => minutes % (60 * every) === 0);
    const named = shown.filter(
      ({ part }) => x(part) > LEFT_PX + room / 3 && x(part) < end - textWidth(now) - room / 2,
    );
    return [
      ...shown
        .filter(({ minutes }) => minutes === 0)
        .map(({ part }) => svg`<path class="midnight" d="M${x(part)} ${top}V${foot}"></path>`),
      ...named.map(
        ({ part, minutes }) => svg`<text class="tick" x=${x(part)} y=${bottom}
          text-anchor="middle">${this.format.hour(minutes)}</text>`,
      ),
      svg`<text class="tick" x=${end} y=${bottom} text-anchor="end">${now}</text>`,
    ];
  }
}

function colour(role: Role): string {
  return `var(--hp-${role})`;
}

