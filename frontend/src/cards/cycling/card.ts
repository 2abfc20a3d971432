/** The card that says whether the compressor starts too often. */

import { css, html, svg, type TemplateResult } from "lit";
import { askDays, askRuns } from "../../data/ask";
import type { Live, Mode } from "../../data/contract";
import { bottomTicks, chartStyles } from "../../lib/axes";
import { addDays } from "../../lib/days";
import { Readout } from "../../lib/readout";
import { linear, ticks } from "../../lib/scale";
import "../../lib/texts/runs";
import { AskingCard } from "../asking_card";
import { type CompressorRun, isShort, SHORT_MINUTES } from "../runs/model";
import { type Cycling, cycling, type Dot, stacked } from "./model";

const DAYS = 7;
const LEFT_PX = 2;
const LABEL_PX = 18;
const BOTTOM_PX = 22;
/** Dots get smaller where they would be stacked higher. */
const DOTS_PX = [9, 7, 5];
const HIGHEST_PX = 130;

export class CyclingCard extends AskingCard {
  static override styles = [
    ...AskingCard.styles,
    chartStyles,
    css`
      .figures {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 24px;
        margin: 4px 0 8px;
      }
      .figure {
        font-size: 24px;
        line-height: 32px;
        white-space: nowrap;
      }
      .figure small {
        color: var(--hp-quiet);
        font-size: 14px;
      }
      .zone {
        fill: color-mix(in srgb, var(--hp-ink) 6%, transparent);
      }
      .short {
        stroke: var(--hp-ink);
      }
    `,
  ];

  readonly #readout = new Readout(this);

  getCardSize() {
    return 4;
  }

  protected override content(live: Live): TemplateResult {
    const { last } = live.today;
    const span = { first: addDays(last, 1 - DAYS), last };
    const changes = [last, live.starts_today, live.mode, live.runs].join();
    const runs = this.asked("runs", changes, (hass, id) => askRuns(hass, id, span));
    const days = this.asked("days", changes, (hass, id) => askDays(hass, id, span));
    if (!runs || !days) return this.waiting();
    const { t, format } = this;
    const shown = cycling(runs, days, { day: last, share: live.today.elapsed_days });
    return html`
      <div class="head">
        <h2>${t("cycles_too_often")}</h2>
        <span class="quiet">${t("runs_of_days", { count: shown.runs.length, days: DAYS })}</span>
      </div>
      <div class="figures">
        <span class="figure">
          ${format.number(shown.startsADay, 1)} <small>${t("starts_a_day")}</small>
        </span>
        <span class="figure">
          ${format.duration(shown.meanMinutes)} <small>${t("mean_run")}</small>
        </span>
      </div>
      ${
        shown.runs.length
          ? html`${this.#plot(shown)}
              <div class="legend" aria-hidden="true">
                ${(["heating", "cooling", "hot_water"] as const)
                  .filter((mode) => shown.runs.some((run) => run.mode === mode))
                  .map(
                    (mode) => html`<span>
                      ${mark(mode)}${t(mode === "hot_water" ? "with_hot_water" : mode)}
                    </span>`,
                  )}
                <span>${t("one_dot")}</span>
              </div>`
          : html`<p class="message">${t("no_runs")}</p>`
      }
    `;
  }

  #plot(shown: Cycling) {
    const { t, format, width } = this;
    const longest = shown.runs.at(-1)!.minutes;
    const until = Math.max(Math.ceil(longest / 60), 2) * 60;
    const x = linear([0, until], [LEFT_PX, width - 8]);
    const perMinute = x(1) - x(0);
    const layouts = DOTS_PX.map((px) => ({ px, dots: stacked(shown.runs, px / perMinute) }));
    const { px, dots } = layouts.find((each) => heightOf(each) <= HIGHEST_PX) ?? layouts.at(-1)!;
    const bottom = LABEL_PX + Math.max(heightOf({ px, dots }), 60);
    const says = t("dots_say", {
      short: shown.short,
      count: shown.runs.length,
      longest: format.duration(longest),
    });
    const unit = (hours: number) => (hours ? `${format.number(hours, 0)}\u00a0h` : "0");
    const hours = linear([0, until / 60], [LEFT_PX, width - 8]);
    const height = bottom + BOTTOM_PX;
    const layer = this.#readout.layer({
      label: t("arrow_keys", { name: t("cycles_too_often") }),
      width,
      height,
      spots: () =>
        dots.map((dot) => ({ ...middleOf(dot, px, bottom), says: this.#says(dot.run) })),
    });
    return html`<div class="chart"><svg viewBox="0 0 ${width} ${height}" role="img"
        aria-label=${says}>
      <rect class="zone" x=${LEFT_PX} y="2" width=${SHORT_MINUTES * perMinute}
        height=${bottom - 2}></rect>
      <text class="tick" x=${x(SHORT_MINUTES) + 5} y="12">${t("short_runs", {
        minutes: SHORT_MINUTES,
      })}</text>
      <path class="zero" d="M${LEFT_PX} ${bottom}H${width}"></path>
      ${bottomTicks(
        ticks([0, until / 60], 7).filter(
          (hour) => hour > 0 && Number.isInteger(hour) && hours(hour) < width - 9,
        ),
        hours,
        bottom,
        unit,
      )}
      ${dots.map((dot) => drawn(dot, px, bottom))}
    </svg>${layer}</div>`;
  }

  #says({ start, end, mode, minutes }: CompressorRun): string[] {
    const { t, format } = this;
    return [
      `${format.day(start)}, ${format.time(start)} – ${format.time(end)}`,
      t(mode === "hot_water" ? "with_hot_water" : mode),
      format.duration(minutes),
    ];
  }
}

function heightOf({ px, dots }: { px: number; dots: readonly Dot[] }): number {
  return px * (1 + Math.max(...dots.map(({ row }) => row)));
}

function middleOf({ column, row }: Dot, px: number, bottom: number) {
  return { x: LEFT_PX + (column + 0.5) * px, y: bottom - (row + 0.5) * px - 1 };
}

function drawn(dot: Dot, px: number, bottom: number) {
  const { run } = dot;
  const { x, y } = middleOf(dot, px, bottom);
  return svg`<g class=${isShort(run) ? "short" : ""} stroke-width=${px / 6}
    transform="translate(${x} ${y})">
    ${shape(run.mode, px / 2 - 0.6)}</g>`;
}

function shape(mode: Mode, radius: number) {
  return mode === "hot_water"
    ? svg`<path fill="var(--hp-hot_water)"
        d="M0 ${-radius}L${radius} ${0.8 * radius}H${-radius}Z"></path>`
    : svg`<circle fill=${`var(--hp-${mode})`} r=${radius}></circle>`;
}

function mark(mode: Mode) {
  return html`<svg viewBox="-6 -6 12 12" style="width: 12px">${shape(mode, 5)}</svg>`;
}
