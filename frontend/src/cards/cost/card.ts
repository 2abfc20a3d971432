/** The card with the cost and the CO2 of a period. */

import { css, html, nothing, type TemplateResult } from "lit";
import type { Live } from "../../data/contract";
import { form, PERIOD_CHOICE } from "../../lib/form";
import "../../lib/texts/efficiency";
import { PeriodCard } from "../period_card";
import { cost, hasTariff } from "./model";

export class CostCard extends PeriodCard {
  static override styles = [
    ...PeriodCard.styles,
    css`
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(130px, 1fr));
        gap: 8px 16px;
        margin: 8px 0 0;
      }
      dt {
        color: var(--hp-quiet);
        font-size: 12px;
      }
      dd {
        margin: 0;
      }
      .value {
        font-size: 24px;
        line-height: 32px;
        white-space: nowrap;
      }
      small {
        color: var(--hp-quiet);
        font-size: 75%;
      }
      p {
        margin: 8px 0 0;
      }
    `,
  ];

  static override async getConfigForm() {
    return form(PERIOD_CHOICE);
  }

  getCardSize() {
    return 3;
  }

  protected override content(live: Live): TemplateResult {
    const { t, format, hass } = this;
    const figures = this.figures(live, this.periodOf(live));
    if (!figures || !hass) return this.waiting();
    const { sums, notes } = cost(figures, t, format, hass.config.currency);
    return html`
      <div class="head">
        <h2>${t("cost_and_co2")}</h2>
        <span class="quiet">${format.days(figures.first, figures.last)}</span>
      </div>
      <dl>
        ${sums.map(
          ({ label, value: { text, unit }, note }) => html`<div>
            <dt>${label}</dt>
            <dd class="value">${text}${unit ? html`\u00a0<small>${unit}</small>` : nothing}</dd>
            <dd class="quiet">${note}</dd>
          </div>`,
        )}
      </dl>
      ${notes.map((note) => html`<p class="quiet">${note}</p>`)}
      ${hasTariff(figures) ? nothing : this.message("no_tariff_then")}
    `;
  }
}
