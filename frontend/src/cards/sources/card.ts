/** The card that says how well each source answers. */

import { mdiAlertCircle, mdiCheckCircle } from "@mdi/js";
import { css, html, nothing, type TemplateResult } from "lit";
import type { Live } from "../../data/contract";
import { inOne, UNKNOWN } from "../../lib/format";
import "../../lib/texts/health";
import { HealthCard } from "./health_card";
import { status } from "../schematic/model";

interface Row {
  source: Parameters<typeof status>[0];
  name: string;
  role: string;
  power: string;
}

/** Return a word, or nothing if a name has it already. */
const unlessIn = (name: string, word: string): string =>
  name.toLowerCase().includes(word.toLowerCase()) ? "" : word;

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
        height: 32px;
        padding: 4px 0 4px 10px;
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
        padding-left: 0;
        text-align: left;
      }
      .name {
        display: flex;
        gap: 8px;
        align-items: center;
      }
      small {
        display: block;
        color: var(--hp-quiet);
        font-size: 12px;
        line-height: 16px;
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
    const { heat_pump, meters, is_account } = live;
    const isOne = meters.length === 1;
    const rows: Row[] = [
      ...meters.map((meter) => ({
        source: meter,
        name: isOne ? t("electricity_meter") : meter.name,
        role: isOne ? "" : unlessIn(meter.name, t(`role_${meter.role}`)),
        power: inOne(format.power(meter.power_w, 2)),
      })),
      { source: heat_pump, name: t(is_account ? "cloud" : "heat_pump"), role: "", power: "" },
    ];
    const hours = health?.hours_to_recover ?? null;
    return html`
      <div class="head"><h2>${t("sources")}</h2></div>
      <table>
        <thead>
          <tr>
            <th scope="col"><span></span></th>
            ${isOne ? nothing : html`<th scope="col">${t("power")}</th>`}
            <th scope="col">${t("last_answer")}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(({ source, name, role, power }) => {
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
                  <span>${name}${role ? html`<small>${role}</small>` : nothing}</span>
                </span>
              </th>
              ${isOne ? nothing : html`<td>${power}</td>`}
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
