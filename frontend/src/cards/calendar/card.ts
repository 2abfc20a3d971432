/** The card with what was measured of the last 365 days. */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import { askDays } from "../../data/ask";
import type { Live } from "../../data/contract";
import { chartStyles, HATCH_FILL, hatchPattern } from "../../lib/axes";
import { addDays } from "../../lib/days";
import { Readout } from "../../lib/readout";
import "../../lib/texts/health";
import { AskingCard } from "../asking_card";
import { ChangeMarks, type Marks, onDay, said, spoken, within } from "../marks/marks";
import { byMonth, byWeek, calendar, type Day, type Place } from "./model";

const DAYS = 365;
const WEEKS = 53;
/** Below it the squares of weeks would be too small to be seen. */
const WEEKS_FROM_PX = 560;
const LARGEST_PX = 16;
const MONTH_DAYS = 31;
/** What squares show, in the order of the legend. */
const STATES = ["measured", "in_part", "not_measured", "today", "a_change"] as const;

export class CalendarCard extends AskingCard {
  static override styles = [
    ...AskingCard.styles,
    chartStyles,
    css`
      .head {
        flex-wrap: wrap;
        gap: 0 12px;
        margin-bottom: 8px;
      }
      .measured {
        fill: color-mix(in srgb, var(--hp-ink) 14%, transparent);
      }
      .in_part {
        fill: color-mix(in srgb, var(--hp-ink) 8%, transparent);
        stroke: var(--hp-ink);
      }
      .not_measured {
        stroke: var(--hp-ink);
      }
      .today {
        fill: none;
        stroke: var(--primary-color, #009ac7);
        stroke-width: 2;
      }
      .key svg {
        width: 14px;
      }
      ul {
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
      }
    `,
  ];

  readonly #readout = new Readout(this);
  readonly #changes = new ChangeMarks(this);

  getCardSize() {
    return 4;
  }

  protected override content(live: Live): TemplateResult {
    const { last } = live.today;
    const span = { first: addDays(last, 1 - DAYS), last };
    const buckets = this.asked("days", last, (hass, id) => askDays(hass, id, span));
    if (!buckets) return this.waiting();
    const { t, format } = this;
    const year = live.rolling_year;
    const marks = within(this.#changes.of(this.hass, this.config, live, format), span.first, last);
    const { days, holes } = calendar(buckets, { ...span, firstEver: live.first_day });
    const sum = t("days_and_coverage", {
      paired: format.number(year.paired_days, 1),
      days: format.number(DAYS, 0),
      share: year.coverage === null ? "–" : `${format.number(100 * year.coverage, 1)}\u00a0%`,
    });
    return html`
      <div class="head">
        <h2>${t("what_was_measured", { days: DAYS })}</h2>
        <span class="quiet">${sum}</span>
      </div>
      ${this.#squares(days, marks, `${sum}${spoken(marks, t, format)}`)}
      ${
        holes.length
          ? html`<ul class="quiet">
              ${holes.map(
                (hole) => html`<li>
                  ${t(hole.count === 1 ? "hole_of_one" : "hole", {
                    days: format.days(hole.first, hole.last),
                    count: hole.count,
                  })}
                </li>`,
              )}
            </ul>`
          : nothing
      }
      <div class="legend" aria-hidden="true">
        ${STATES.filter((state) => state !== "a_change" || marks.size).map(
          (state) => html`<span class="key">
            <svg viewBox="0 0 14 14">
              ${
                state === "a_change"
                  ? [square(2, 2, 10, "measured"), dot(7, 7, 10)]
                  : square(2, 2, 10, state)
              }
            </svg>
            ${t(state === "measured" ? "measured_label" : state)}
          </span>`,
        )}
      </div>
    `;
  }

  #squares(days: readonly Day[], marks: Marks, says: string) {
    const { width, format, t } = this;
    const [first] = days;
    if (!first) return nothing;
    const isWide = width >= WEEKS_FROM_PX;
    const left = 38;
    const top = isWide ? 18 : 2;
    const columns = isWide ? WEEKS : MONTH_DAYS;
    const pitch = Math.min((width - left) / columns, LARGEST_PX);
    const places = days.map(({ day }) => (isWide ? byWeek : byMonth)(day, first.day));
    const at = ({ column, row }: Place) => [left + pitch * column, top + pitch * row] as const;
    const rows = isWide ? 7 : 1 + Math.max(...places.map(({ row }) => row));
    const size = pitch - Math.max(pitch * 0.16, 1);
    const labels = isWide
      ? [
          ...this.#months(days, places).map(({ text, column }) => ({
            text,
            x: left + pitch * column,
            y: 11,
          })),
          ...[0, 2, 4, 6].map((row) => ({
            // The first days of 2024 are a Monday and the days after it.
            text: format.weekday(addDays("2024-01-01", row)),
            x: 0,
            y: top + pitch * (row + 0.5) + 4,
          })),
        ]
      : this.#rowNames(days, places).map(({ text, row }) => ({
          text,
          x: 0,
          y: top + pitch * Math.max(row + 0.5, 0.5) + 4,
        }));
    const height = top + pitch * rows + 2;
    const layer = this.#readout.layer({
      label: t("arrow_keys", { name: t("what_was_measured", { days: DAYS }) }),
      width,
      height,
      steps: isWide ? [7, 1] : [1, MONTH_DAYS],
      spots: () =>
        days.map(({ day, state, coverage }, index) => {
          const [x, y] = at(places[index]!);
          const words = t(state === "measured" ? "measured_label" : state);
          return {
            x: x + size / 2,
            y: y + size / 2,
            says: [
              format.date(day),
              `${words}: ${format.percent(coverage)}`,
              ...said(onDay(marks, day), t, format),
            ],
          };
        }),
    });
    return html`<div class="chart"><svg viewBox="0 0 ${width} ${height}" role="img"
        aria-label=${says}>
      <defs>${hatchPattern()}</defs>
      ${labels.map(
        ({ text, x, y }) => svg`<text class="tick" x=${x} y=${y}>${text}</text>`,
      )}
      ${days.map(({ state, day }, index) => {
        const [x, y] = at(places[index]!);
        return [
          square(x, y, size, state),
          index === days.length - 1 ? square(x, y, size, "today") : nothing,
          marks.has(day) ? dot(x + size / 2, y + size / 2, size) : nothing,
        ];
      })}
    </svg>${layer}</div>`;
  }

  /** A month is named at its first whole week. */
  #months(days: readonly Day[], places: readonly Place[]) {
    return days.flatMap(({ day }, index) => {
      const { column, row } = places[index]!;
      const first = Math.ceil(column + row / 7);
      return day.endsWith("-01") && first <= WEEKS - 2
        ? [{ text: this.format.month(day), column: first }]
        : [];
    });
  }

  /** Every other month where the rows are lower than a line of text. */
  #rowNames(days: readonly Day[], places: readonly Place[]) {
    const { format } = this;
    const names = new Map<number, string>();
    days.forEach(({ day }, index) => {
      const { row } = places[index]!;
      if (!names.has(row)) names.set(row, format.month(day));
    });
    const every = (this.width - 38) / MONTH_DAYS < 11 ? 2 : 1;
    return [...names]
      .filter(([row]) => row % every === 0)
      .map(([row, text]) => ({ row, text }));
  }
}

/** A day with a change: its square says whether it was measured. */
function dot(x: number, y: number, size: number) {
  return svg`<circle cx=${x} cy=${y} r=${Math.max(size / 5, 1.5)} fill="var(--hp-ink)"></circle>`;
}

function square(x: number, y: number, size: number, state: string) {
  const isLarge = size > 8;
  const fill = state === "not_measured" ? HATCH_FILL : nothing;
  return svg`<rect class=${state} x=${x} y=${y} width=${size} height=${size}
    rx=${isLarge ? 2 : 0.5} stroke-width=${isLarge ? 1.2 : 0.8} fill=${fill}></rect>`;
}
