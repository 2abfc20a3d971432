/** The card with the sums of a period by mode. */

import { css, html, nothing, type TemplateResult } from "lit";
import type { Live } from "../../data/contract";
import { chartStyles, square } from "../../lib/axes";
import { form, PERIOD_CHOICE } from "../../lib/form";
import "../../lib/texts/efficiency";
import { PeriodCard } from "../period_card";
import { hasTariff } from "../cost/model";
import { modes, type Row } from "./model";

/** Where Home Assistant lists our heat pumps, each with its "Configure". */
const CONFIGURE = "/config/integrations/integration/heatpump_monitor";
/** Narrower, the hours have no room. */
const WITH_HOURS_PX = 330;

export class ModesCard extends PeriodCard {
  static override styles = [
    ...PeriodCard.styles,
    chartStyles,
    css`
      table {
        width: 100%;
        margin: 8px 0 0;
        border-collapse: collapse;
      }
      th,
      td {
        padding: 7px 0 7px 8px;
        border-bottom: 1px solid var(--hp-line);
        font-weight: 400;
        text-align: right;
        white-space: nowrap;
      }
      th:first-child {
        padding-left: 0;
        text-align: left;
        white-space: normal;
      }
      thead th,
      .hours {
        color: var(--hp-quiet);
      }
      thead th {
        font-size: 12px;
      }
      .cop,
      .all * {
        font-weight: 500;
      }
      .all .hours {
        font-weight: 400;
      }
      tr:last-child > * {
        border-bottom: none;
      }
      p {
        margin: 8px 0 0;
      }
      .key {
        gap: 8px;
      }
      a {
        display: flex;
        align-items: center;
        min-height: 44px;
        margin-bottom: -12px;
        text-decoration: underline;
      }
    `,
  ];

  static override async getConfigForm() {
    return form(PERIOD_CHOICE);
  }

  getCardSize() {
    return 6;
  }

  protected override content(live: Live): TemplateResult {
    const { t, format } = this;
    const figures = this.figures(live, this.periodOf(live));
    if (!figures) return this.waiting();
    const shown = modes(figures, t, format);
    const withHours = this.width >= WITH_HOURS_PX;
    return html`
      <div class="head">
        <h2>${t("by_mode")}</h2>
        <span class="quiet">${format.days(figures.first, figures.last)}, kWh</span>
      </div>
      ${
        shown
          ? html`
              <table>
                <thead>
                  <tr>
                    <th></th>
                    <th scope="col">${t("electricity_title")}</th>
                    <th scope="col">${t("heat_title")}</th>
                    <th scope="col">${t("cop")}</th>
                    ${withHours ? html`<th scope="col">${t("hours")}</th>` : nothing}
                  </tr>
                </thead>
                <tbody>
                  ${shown.rows.map((row) => drawRow(row, withHours))}
                  ${drawRow(shown.all, withHours)}
                  ${shown.cooling ? drawRow(shown.cooling, withHours) : nothing}
                </tbody>
              </table>
              ${shown.notes.map((note) => html`<p class="quiet">${note}</p>`)}
              ${
                shown.unpaired
                  ? html`<p class="quiet key">${square(null)}${shown.unpaired}</p>`
                  : nothing
              }
            `
          : this.message("no_sums")
      }
      ${
        hasTariff(live.rolling_year) || hasTariff(figures)
          ? nothing
          : html`<a class="quiet" href=${CONFIGURE}>${t("enter_tariff")}</a>`
      }
    `;
  }
}

function drawRow(row: Row, withHours: boolean): TemplateResult {
  const { role } = row;
  const colour = role === "other" ? "standby" : role === "unknown" ? null : role;
  return html`<tr class=${role === null ? "all" : ""}>
    <th scope="row">
      <span class="key">
        ${role === null ? html`<i class="square"></i>` : square(colour)}${row.name}
      </span>
      ${row.note ? html`<div class="quiet">${row.note}</div>` : nothing}
    </th>
    <td>${row.electricity}</td>
    <td>${row.heat}</td>
    <td class="cop">${row.cop}</td>
    ${withHours ? html`<td class="hours">${row.hours}</td>` : nothing}
  </tr>`;
}
