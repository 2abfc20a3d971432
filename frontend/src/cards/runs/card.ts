/** The card with the compressor's runs, day by day. */

import { css, html, nothing, type TemplateResult } from "lit";
import { askDays, askRuns } from "../../data/ask";
import type { Live } from "../../data/contract";
import { chartStyles, legend } from "../../lib/axes";
import { addDays } from "../../lib/days";
import { Readout, type Spot } from "../../lib/readout";
import "../../lib/texts/runs";
import { AskingCard } from "../asking_card";
import { type DayOfRuns, daysOfRuns, type Piece, runSays, SHORT_MINUTES } from "./model";

const DAYS = 7;
/** From these widths on there is room for one column more, in px. */
const HOURS_FROM_PX = 420;
const OUTSIDE_FROM_PX = 560;
const [HEAD_PX, ROW_PX] = [24, 34];
const MODES = ["heating", "hot_water", "cooling", "defrost", "standby"] as const;

export class RunsCard extends AskingCard {
  static override styles = [
    ...AskingCard.styles,
    chartStyles,
    css`
      .head {
        flex-wrap: wrap;
        gap: 0 12px;
      }
      table {
        width: 100%;
        margin-top: 8px;
        border-collapse: collapse;
      }
      th,
      td {
        padding: 0;
        height: ${ROW_PX}px;
        font-weight: 400;
        text-align: right;
        white-space: nowrap;
      }
      thead th {
        height: ${HEAD_PX}px;
        color: var(--hp-quiet);
        font-size: 12px;
      }
      th:first-child {
        width: 1px;
        padding-right: 12px;
        text-align: left;
      }
      .today {
        font-weight: 500;
      }
      .figure {
        width: 1px;
        padding-left: 14px;
      }
      .starts {
        font-weight: 500;
      }
      .line,
      .hours {
        position: relative;
        height: 20px;
      }
      .hours span {
        position: absolute;
        transform: translateX(-50%);
        font-size: 11px;
      }
      .hours span:first-child {
        transform: none;
      }
      .hours span:last-child {
        transform: translateX(-100%);
      }
      .line i {
        position: absolute;
        top: 0;
        height: 100%;
        box-sizing: border-box;
      }
      .line .defrost {
        min-width: 2px;
      }
      .line .rest {
        top: 9px;
        height: 3px;
        background: var(--hp-standby);
      }
      .line .unknown {
        background-color: var(--hp-card);
      }
      .line .grid {
        width: 1px;
        background: var(--hp-line);
        opacity: 0.7;
      }
      .line .now {
        top: -3px;
        height: 26px;
        width: 2px;
        background: var(--hp-ink);
      }
      .line .box {
        min-width: 2px;
        outline: 1.5px solid var(--hp-ink);
        outline-offset: 1.5px;
        border-radius: 2px;
      }
    `,
  ];

  readonly #readout = new Readout(this);

  getCardSize() {
    return 6;
  }

  protected override content(live: Live): TemplateResult {
    const { last } = live.today;
    const span = { first: addDays(last, 1 - DAYS), last };
    const changes = [last, live.starts_today, live.mode, live.runs].join();
    const runs = this.asked("runs", changes, (hass, id) => askRuns(hass, id, span));
    const days = this.asked("days", changes, (hass, id) => askDays(hass, id, span));
    if (!runs || !days) return this.waiting();
    const { t, format } = this;
    const shown = daysOfRuns(runs, days, { last, count: DAYS, now: live.time }, format.household);
    const roles = new Set(shown.flatMap(({ pieces }) => pieces.map(({ role }) => role)));
    const isSomeUnknown = roles.has("unknown") || shown.some(({ isKnown }) => !isKnown);
    const hasHours = this.width >= HOURS_FROM_PX;
    const hasOutside = this.width >= OUTSIDE_FROM_PX;
    return html`
      <div class="head">
        <h2>${t("compressor_runs", { days: DAYS })}</h2>
        ${
          shown.some(({ boxes }) => boxes.length)
            ? html`<span class="quiet">${t("boxed_short", { minutes: SHORT_MINUTES })}</span>`
            : nothing
        }
      </div>
      <div class="chart"><table>
        <thead>
          <tr>
            <th scope="col"><span class="only-heard">${t("day")}</span></th>
            <th aria-hidden="true">${this.#hours()}</th>
            <th scope="col" class="figure">${t("starts")}</th>
            ${hasHours ? html`<th scope="col" class="figure">${t("hours")}</th>` : nothing}
            ${hasOutside ? html`<th scope="col" class="figure">${format.degreeUnit}</th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            (day) => html`<tr>
              <th scope="row" class=${day.day === last ? "today" : ""}>
                ${this.#name(day.day, last)}
              </th>
              <td>${this.#line(day)}</td>
              <td class="figure starts">${format.number(day.starts, 0)}</td>
              ${
                hasHours
                  ? html`<td class="figure">${format.number(day.hours, 1)}</td>`
                  : nothing
              }
              ${
                hasOutside
                  ? html`<td class="figure quiet">${format.degrees(day.outside_c)}</td>`
                  : nothing
              }
            </tr>`,
          )}
        </tbody>
      </table>${runs.length ? this.#layer(shown, runs.length) : nothing}</div>
      ${legend([
        ...MODES.filter((each) => each === "standby" || roles.has(each)).map(
          (each) => [each, t(each)] as const,
        ),
        ...(isSomeUnknown ? [[null, t("unknown")] as const] : []),
      ])}
    `;
  }

  #layer(days: readonly DayOfRuns[], count: number) {
    const { t } = this;
    return this.#readout.layer({
      label: t("arrow_keys", { name: t("compressor_runs", { days: DAYS }) }),
      width: this.width,
      height: HEAD_PX + DAYS * ROW_PX,
      // About a day.
      steps: [1, -Math.ceil(count / DAYS)],
      spots: () => this.#spots(days),
    });
  }

  /** In the order of time: the newest day stands above. */
  #spots(days: readonly DayOfRuns[]): Spot[] {
    const lines = [...this.renderRoot.querySelectorAll(".line")];
    const frame = this.renderRoot.querySelector(".chart")?.getBoundingClientRect();
    if (!frame) return [];
    const rows = days.map(({ pieces }, row) => {
      const line = lines[row]?.getBoundingClientRect() ?? frame;
      return pieces.flatMap(({ run, from, to }) =>
        run
          ? {
              x: line.left - frame.left + ((from + to) / 2) * line.width,
              half: ((to - from) / 2) * line.width,
              y: line.top - frame.top + line.height / 2,
              says: runSays(run, this.t, this.format.household),
            }
          : [],
      );
    });
    return rows.reverse().flat();
  }

  #name(day: string, last: string): string {
    if (day === last) return this.t("today");
    const weekday = this.format.weekday(day);
    return this.width < HOURS_FROM_PX
      ? `${weekday} ${Number(day.slice(8))}`
      : `${weekday} ${this.format.day(day)}`;
  }

  #hours() {
    const hours = this.width < OUTSIDE_FROM_PX ? [0, 12, 24] : [0, 6, 12, 18, 24];
    return html`<div class="hours">
      ${hours.map(
        (hour) => html`<span style="left: ${(100 * hour) / 24}%">
          ${this.format.hour(60 * hour)}
        </span>`,
      )}
    </div>`;
  }

  #line({ pieces, boxes, until, runs, isKnown }: DayOfRuns) {
    const says = isKnown
      ? this.t("row_says", { count: runs, short: boxes.length })
      : this.t("not_measured");
    return html`<div class="line" role="img" aria-label=${says}>
      ${[0, 6, 12, 18, 24].map(
        (hour) => html`<i class="grid" style="left: ${(100 * hour) / 24}%"></i>`,
      )}
      <i
        class=${isKnown ? "rest" : "hatched"}
        style=${place({ from: 0, to: until })}
      ></i>
      ${pieces.map((piece) =>
        piece.role === "unknown"
          ? html`<i class="hatched unknown" style=${place(piece)}></i>`
          : html`<i
              class=${piece.role}
              style="${place(piece)}; background: var(--hp-${piece.role})"
            ></i>`,
      )}
      ${boxes.map((box) => html`<i class="box" style=${place(box)}></i>`)}
      ${until < 1 ? html`<i class="now" style="left: ${100 * until}%"></i>` : nothing}
    </div>`;
  }
}

function place({ from, to }: Pick<Piece, "from" | "to">): string {
  const percent = (share: number) => `${(100 * share).toFixed(2)}%`;
  return `left: ${percent(from)}; width: ${percent(to - from)}`;
}
