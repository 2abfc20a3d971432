/** The card that says how well each source answers. */

import { mdiAlertCircle, mdiCheckCircle } from "@mdi/js";
import { css, html, nothing, type TemplateResult } from "lit";
import type { Live } from "../../data/contract";
import { UNKNOWN } from "../../lib/format";
import "../../lib/texts/health";
import { HealthCard } from "./health_card";
import { status } from "../schematic/model";

export class SourcesCard extends HealthCard {
  static override styles = [
    ...HealthCard.styles,
    css`
      table {
        width: 100%;
        border-collapse: collapse;
      }
      th,
      td {
        height: 40px;
        padding: 0 0 0 10px;
        border-top: 1px solid var(--hp-line);
        font-weight: 400;
        text-align: right;
      }
      thead th {
        border: none;
        color: var(--hp-quiet);
        font-size: 12px;
        line-height: 16px;
      }
      th:first-child {
        padding: 0;
        text-align: left;
      }
      .name {
        display: flex;
        gap: 8px;
        align-items: center;
      }
      svg {
        flex: none;
        width: 16px;
      }
      p {
        margin: 4px 0 0;
      }
    `,
  ];

  getCardSize() {
    return 3;
  }

  protected override content(live: Live): TemplateResult {
    const { t, format } = this;
    const health = this.health(live);
    const now = new Date(live.time);
    const rows = [
      ["electricity_meter", live.meter],
      ["cloud", live.heat_pump],
    ] as const;
    const hours = health?.hours_to_recover ?? null;
    return html`
      <div class="head"><h2>${t("sources")}</h2></div>
      <table>
        <thead>
          <tr>
            <th scope="col"><span></span></th>
            <th scope="col">${t("last_answer")}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(([key, source]) => {
            const { isGood, text } = status(source, "", now, t, format);
            return html`<tr>
              <th scope="row">
                <span class="name">
                  <svg viewBox="0 0 24 24" aria-hidden="true">
                    <path
                      d=${isGood ? mdiCheckCircle : mdiAlertCircle}
                      fill="var(--hp-${isGood ? "good" : "warning"})"
                    ></path>
                  </svg>
                  ${t(key)}
                </span>
              </th>
              <td>${text || UNKNOWN}</td>
            </tr>`;
          })}
        </tbody>
      </table>
      ${
        hours === null
          ? nothing
          : html`<p class="quiet">${t("to_recover", { hours: format.number(hours, 0) })}</p>`
      }
    `;
  }
}
