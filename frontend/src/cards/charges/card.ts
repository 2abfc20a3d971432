/** The card with the hot-water charges. */

import { css, html, nothing, type TemplateResult } from "lit";
import { askRuns } from "../../data/ask";
import type { Live } from "../../data/contract";
import { addDays } from "../../lib/days";
import { isRough } from "../../lib/format";
import type { TextKey } from "../../lib/texts/texts";
import "../../lib/texts/runs";
import { AskingCard } from "../asking_card";
import { type Charge, charges, type Together, WINDOW } from "./model";

const DAYS = 30;
const SHOWN = 10;
const TOGETHER = 3;

type Column = readonly [
  key: TextKey,
  /** Of the drawing area, from which on there is room for it. */
  from_px: number,
  one: (charge: Charge) => string,
  several: (together: Together) => string,
];

export class ChargesCard extends AskingCard {
  static override styles = [
    ...AskingCard.styles,
    css`
      table {
        width: 100%;
        margin-top: 4px;
        border-collapse: collapse;
      }
      th,
      td {
        padding: 0 0 0 8px;
        height: 32px;
        border-top: 1px solid var(--hp-line);
        font-weight: 400;
        text-align: right;
      }
      thead th {
        border: none;
        color: var(--hp-quiet);
        font-size: 12px;
        line-height: 16px;
        vertical-align: bottom;
      }
      th:first-child {
        padding: 0;
        text-align: left;
      }
      .together th,
      .together td {
        font-weight: 500;
      }
      .together .quiet {
        display: block;
        line-height: 14px;
        padding-bottom: 4px;
      }
      .note {
        margin: 8px 0 0;
      }
    `,
  ];

  getCardSize() {
    return 7;
  }

  protected override content(live: Live): TemplateResult {
    const { last } = live.today;
    const span = { first: addDays(last, 1 - DAYS), last };
    const changes = [last, live.starts_today, live.mode].join();
    const runs = this.asked("runs", changes, (hass, id) => askRuns(hass, id, span));
    if (!runs) return this.waiting();
    const { t } = this;
    const degrees = this.format.degreeUnit;
    const shown = charges(runs);
    const columns = this.#columns().filter(([, from]) => this.width >= from);
    return html`
      <div class="head">
        <h2>${t("hot_water_charges")}</h2>
        <span class="quiet">${t("last_days", { days: DAYS })}</span>
      </div>
      ${
        shown.charges.length
          ? html`<table>
              <thead>
                <tr>
                  <th scope="col">${t("when")}</th>
                  ${columns.map(([key]) => html`<th scope="col">${t(key, { degrees })}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${shown.together.slice(0, TOGETHER).map(
                  (each) => html`<tr class="together">
                    <th scope="row">
                      ${t("ten_charges", { count: each.count })}
                      <span class="quiet">
                        ${this.format.day(each.first)} – ${this.format.day(each.last)}
                      </span>
                    </th>
                    ${columns.map(([, , , text]) => html`<td>${text(each)}</td>`)}
                  </tr>`,
                )}
                ${shown.charges.slice(0, SHOWN).map(
                  (each) => html`<tr>
                    <th scope="row">${this.#when(each.start)}</th>
                    ${columns.map(([, , text]) => html`<td>${text(each)}</td>`)}
                  </tr>`,
                )}
              </tbody>
            </table>`
          : html`<p class="message">${t("no_charges")}</p>`
      }
      ${
        shown.together.length
          ? html`<p class="quiet note">${t("charges_rough", { count: WINDOW })}</p>`
          : nothing
      }
    `;
  }

  #columns(): Column[] {
    const { format: f } = this;
    return [
      [
        "took",
        0,
        ({ minutes }) => f.duration(minutes),
        ({ minutes, count }) => `⌀\u00a0${f.duration(minutes / count)}`,
      ],
      [
        "in_kwh",
        0,
        ({ electricity_kwh }) => f.number(electricity_kwh, 1),
        ({ electricity_kwh }) => f.number(electricity_kwh, 1),
      ],
      ["supply_short", 320, ({ supply_c }) => f.degrees(supply_c), () => ""],
      [
        "out_kwh",
        400,
        ({ heat_kwh }) => f.number(heat_kwh, 1),
        ({ heat_kwh, cop }) =>
          isRough(cop) ? f.energy(heat_kwh, true).text : f.number(heat_kwh, 1),
      ],
      ["cop", 0, ({ cop }) => f.ratio(cop, 1), ({ cop }) => f.ratio(cop.value, 2, cop)],
    ];
  }

  #when(start: string): string {
    return `${this.format.day(start)}, ${this.format.time(start)}`;
  }
}
