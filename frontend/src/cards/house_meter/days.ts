/** The card with the highest quarter-hour of each day, and all of a day's. */

import { mdiChevronLeft, mdiChevronRight } from "@mdi/js";
import { css, html, nothing, svg, type TemplateResult } from "lit";
import { askHouseDays, askQuarters, type Span } from "../../data/ask";
import type { House, MonthPeak } from "../../data/contract";
import { gridLines, hatchPattern, legend } from "../../lib/axes";
import { earlier, monthEnd, monthStart } from "../../lib/days";
import type { HomeAssistant } from "../../lib/hass";
import { Readout } from "../../lib/readout";
import { clamp, digitsOf, energyAxis, linear, type Scale, textWidth, ticks } from "../../lib/scale";
import { drawColumns, HouseCard } from "./house_card";
import {
  type Column,
  type DayColumn,
  daysOf,
  heatPumpOf,
  QUARTER_MS,
  quartersOf,
} from "./model";

const LEFT_PX = 24;
const TOP_PX = 18;
const BOTTOM_PX = 22;
/** From a name to the line below it, and what it needs above that. */
const NAME_PX = 5;
const NAME_ROOM_PX = 18;

interface Chart {
  columns: readonly Column[];
  /** How many there is room for. */
  places: number;
  plot_px: number;
  name: string;
  readout: Readout;
  label: string;
  says: (index: number) => string[];
  /** What stands below, by the place of the column. */
  below: readonly (readonly [at: number, text: string])[];
  choose?: (index: number) => void;
}

export class PeakDaysCard extends HouseCard {
  static override styles = [
    ...HouseCard.styles,
    css`
      .leaf {
        display: flex;
        align-items: center;
      }
      button {
        display: grid;
        place-items: center;
        min-width: 44px;
        min-height: 44px;
        padding: 0 8px;
        margin: -12px -8px;
        color: inherit;
        background: none;
        border: none;
        font: inherit;
        cursor: pointer;
      }
      .leaf button {
        margin: -12px 0;
      }
      .leaf button:last-child {
        margin-right: -12px;
      }
      .leaf button:disabled {
        opacity: 0.3;
        cursor: default;
      }
      button svg {
        width: 20px;
        fill: var(--hp-quiet);
      }
      .day {
        margin-top: 16px;
      }
      .legend .share {
        display: block;
        margin-left: auto;
        color: var(--hp-ink);
      }
    `,
  ];
  static override properties = {
    ...HouseCard.properties,
    day: { state: true },
    back: { state: true },
  };


  /** Whose quarter-hours are shown. */
  declare protected day: string | null;
  /** How many months ago the shown one was. */
  declare protected back: number;
  readonly #month = new Readout(this);
  readonly #quarters = new Readout(this);

  constructor() {
    super();
    this.day = null;
    this.back = 0;
  }

  getCardSize() {
    return 6;
  }

  protected override content(house: House): TemplateResult {
    const { t, format } = this;
    const today = this.todayOf(house);
    const first = monthStart(today, -this.back);
    const span = { first, last: earlier(monthEnd(first), today) };
    const answer = this.#asked("house_days", askHouseDays, span, house);
    if (!answer) return this.waiting();
    const days = daysOf(answer, span, today);
    const peak = this.back
      ? house.billing.months.find(({ month }) => month === first)
      : house.month_peak;
    const limit_kw = house.limit_w === null ? null : house.limit_w / 1000;
    const hasPart = days.some(({ heat_pump_kw }) => heat_pump_kw !== null);
    return html`
      <div class="head">
        <h2>${t("peak_of_days")}</h2>
        <div class="leaf">
          <span class="quiet">${format.wholeMonth(first)}, kW</span>
          ${this.#leaf(1, answer[0]?.day === first)} ${this.#leaf(-1, this.back > 0)}
        </div>
      </div>
      ${this.#plot(
        {
          columns: days,
          places: Number(monthEnd(first).slice(8)),
          plot_px: 130,
          name: t("peak_of_days"),
          label: t("enter_chooses", { name: t("peak_of_days") }),
          readout: this.#month,
          says: (index) => this.#daySays(days[index]!),
          below: this.#dates(days, Number(monthEnd(first).slice(8))),
          choose: (index) => (this.day = days[index]!.day),
        },
        limit_kw,
        days.findIndex(({ isStrong }) => isStrong),
      )}
      ${legend(
        [
          ...(hasPart ? [["electricity", t("heat_pump_part")] as const] : []),
          ...(days.some(({ isPart }) => isPart) ? [[null, t("incomplete")] as const] : []),
        ],
        this.#share(peak),
      )}
      ${this.day === null ? nothing : this.#ofDay(this.day, house, limit_kw)}
    `;
  }

  #asked<T>(
    what: string,
    ask: (hass: HomeAssistant, entryId: string | undefined, span: Span) => Promise<T>,
    span: Span,
    { running, month_peak }: House,
  ): T | null {
    const now = this.back ? [] : [running?.start, month_peak?.peak_w];
    const dependsOn = [span.first, span.last, ...now].join();
    return this.asked(what, dependsOn, (hass, id) => ask(hass, id, span));
  }

  /** Show the month before, or after. */
  #leaf(by: 1 | -1, isThere: boolean): TemplateResult {
    const leaf = () => {
      this.back += by;
      this.day = null;
    };
    return html`<button type="button" aria-label=${this.t(by > 0 ? "month_before" : "month_after")}
      ?disabled=${!isThere} @click=${leaf}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d=${by > 0 ? mdiChevronLeft : mdiChevronRight}></path>
      </svg>
    </button>`;
  }

  /** What the heat pump has to do with the month's peak. */
  #share(peak: MonthPeak | null | undefined) {
    const kw = (peak?.peak_w ?? 0) / 1000;
    const part = peak ? heatPumpOf(peak.parts_wh, kw) : null;
    if (part === null) return nothing;
    return html`<span class="share">${this.t("in_the_peak")}
      <strong>${this.t("of_peak", {
        part: this.kw(part),
        kw: this.withUnit(kw),
        share: this.format.percent(kw && part / kw),
      })}</strong></span>`;
  }

  #dates(days: readonly DayColumn[], last: number): [number, string][] {
    const peak = days.findIndex(({ isStrong }) => isStrong) + 1;
    const shown: number[] = [];
    for (const each of [days.length, peak, 1, last, 20, 10]) {
      if (each && shown.every((other) => Math.abs(other - each) > 2)) shown.push(each);
    }
    return shown.map((each) => [each - 0.5, String(each)]);
  }

  #daySays({ day, start, kw, heat_pump_kw, incomplete }: DayColumn): string[] {
    const { t, format } = this;
    return [
      format.date(day),
      start === null ? t("not_measured") : `${this.withUnit(kw)}, ${format.household.time(start)}`,
      ...this.#partSays(heat_pump_kw),
      ...(incomplete ? [t("not_whole", { count: incomplete })] : []),
    ];
  }

  #partSays(heat_pump_kw: number | null): string[] {
    if (heat_pump_kw === null) return [];
    return [this.t("heat_pump_kw", { kw: this.withUnit(heat_pump_kw) })];
  }

  #ofDay(day: string, house: House, limit_kw: number | null): TemplateResult {
    const { t, format } = this;
    const { household } = format;
    const answer = this.#asked("quarters", askQuarters, { first: day, last: day }, house);
    const until = Date.parse(house.running?.start ?? new Date().toISOString());
    const columns = answer && quartersOf(answer, day, until, household);
    const name = t("quarters_of", { day: format.day(day) });
    const minutes = columns?.map(({ start }) => household.local(start).minutes) ?? [];
    return html`<div class="head day">
        <h2 aria-live="polite">${name}</h2>
        <button type="button" @click=${() => (this.day = null)}>${t("close")}</button>
      </div>
      ${
        columns
          ? this.#plot(
              {
                columns,
                places: columns.length,
                plot_px: 90,
                name,
                label: t("arrow_keys", { name }),
                readout: this.#quarters,
                says: (index) => {
                  const { start, kw, heat_pump_kw, isPart } = columns[index]!;
                  const end = new Date(start.getTime() + QUARTER_MS);
                  return [
                    `${household.time(start)} – ${household.time(end)}`,
                    isPart ? t("incomplete") : this.withUnit(kw),
                    ...this.#partSays(heat_pump_kw),
                  ];
                },
                below: minutes.flatMap((each, index) =>
                  each % 360 === 0 && index ? [[index, household.hour(each)] as const] : [],
                ),
              },
              limit_kw,
            )
          : this.message(this.hasFailed("quarters") ? "no_answer" : "loading")
      }`;
  }

  #plot(chart: Chart, limit_kw: number | null, peak = -1): TemplateResult {
    const { width, format } = this;
    const { columns, places, plot_px, name, label, readout, says, below, choose } = chart;
    const highest = Math.max(...columns.map(({ kw }) => kw ?? 0), limit_kw ?? 0, 1);
    const [, top] = energyAxis(0, highest, 5);
    const bottom = TOP_PX + plot_px;
    const height = bottom + BOTTOM_PX;
    const x = linear([0, places], [LEFT_PX, width]);
    const y = linear([0, top], [bottom, TOP_PX]);
    const room = x(1) - x(0);
    const values = ticks([0, top], 4);
    const digits = digitsOf(values);
    return html`<div class="chart">
      <svg viewBox="0 0 ${width} ${height}" style="height: ${height}px" role="img" aria-label=${name}>
        <defs>${hatchPattern()}</defs>
        ${gridLines(values, y, [LEFT_PX, width], (value) => format.number(value, digits))}
        ${drawColumns(columns, Math.max(room - 2, room * 0.8), x, y, top)}
        <path class="zero" d="M${LEFT_PX} ${bottom}H${width}"></path>
        ${below.map(
          ([at, text]) => svg`<text class="tick" x=${Math.min(x(at), width - textWidth(text) / 2)}
            y=${bottom + 16} text-anchor="middle">${text}</text>`,
        )}
        ${this.#names(limit_kw, peak, columns[peak] as DayColumn | undefined, x, y)}
      </svg>
      ${readout.layer({
        label,
        width,
        height,
        line: [TOP_PX, bottom],
        steps: [1, 7],
        spots: () =>
          columns.map(({ kw }, index) => ({ x: x(index + 0.5), y: y(kw ?? 0), says: says(index) })),
        ...(choose ? { choose } : {}),
      })}
    </div>`;
  }

  /** The limit, and the highest column; both names are above. */
  #names(limit_kw: number | null, index: number, column: DayColumn | undefined, x: Scale, y: Scale) {
    const { format, width, t } = this;
    const line = limit_kw === null ? null : y(limit_kw);
    const isLate = x(index) > (LEFT_PX + width) / 2;
    const limit =
      line === null
        ? nothing
        : svg`<path d="M${LEFT_PX} ${line}H${width}" stroke="var(--hp-limit)"
              stroke-width="1.5"></path>
            <text class="name halo" x=${isLate ? LEFT_PX : width} y=${line - NAME_PX}
              text-anchor=${isLate ? "start" : "end"} style="fill: var(--hp-limit)">
              ${t("limit_mark", { kw: this.kw(limit_kw) })}
            </text>`;
    if (!column?.start) return limit;
    const when = `${format.day(column.day)} ${format.household.time(column.start)}`;
    const text = `${this.withUnit(column.kw)}, ${when}`;
    const top = y(column.kw ?? 0);
    const half = textWidth(text) / 2;
    // No line goes through it.
    const isCrossed = line !== null && line > top - NAME_ROOM_PX && line <= top + NAME_PX;
    const middle = clamp(x(index + 0.5), [LEFT_PX + half, width - half]);
    return svg`${limit}<text class="name halo" x=${middle} y=${(isCrossed ? line : top) - NAME_PX} text-anchor="middle">${text}</text>`;
  }
}
