/** The card that puts another period beside the picked one. */

import { css, html, nothing, type TemplateResult } from "lit";
import { askHeatLoss } from "../../data/ask";
import type { Live } from "../../data/contract";
import { form } from "../../lib/form";
import "../../lib/texts/efficiency";
import { USUAL_BASE_C } from "../demand/model";
import { PeriodCard, type PeriodConfig } from "../period_card";
import {
  type Against,
  choicesOf,
  compare,
  type Comparison,
  otherOf,
  type Row,
  usualAgainst,
} from "./model";

interface CompareConfig extends PeriodConfig {
  against?: Against;
}

/** Narrower, the name of a row stands above its figures. */
const WIDE_PX = 430;

export class CompareCard extends PeriodCard {
  static override properties = { ...PeriodCard.properties, against: { state: true } };
  static override styles = [
    ...PeriodCard.styles,
    css`
      .head {
        justify-content: flex-start;
        align-items: center;
        gap: 4px 12px;
      }
      select {
        height: 44px;
        padding: 0 8px 0 12px;
        color: var(--hp-ink);
        background: var(--hp-card);
        border: 1px solid var(--hp-line);
        border-radius: 22px;
        font: inherit;
      }
      :host([dark]) select {
        color-scheme: dark;
      }
      select:focus-visible {
        outline: 2px solid var(--primary-color, #009ac7);
        outline-offset: 2px;
      }
      table {
        width: 100%;
        margin-top: 8px;
        border-collapse: collapse;
      }
      th,
      td {
        width: 24%;
        padding: 5px 0 5px 8px;
        vertical-align: top;
        font-weight: 400;
        text-align: right;
      }
      th {
        color: var(--hp-quiet);
        font-size: 12px;
      }
      tbody {
        border-top: 1px solid var(--hp-line);
      }
      tbody th {
        padding-left: 0;
        text-align: left;
      }
      .narrow :is(th, td) {
        width: 33%;
        padding: 4px 0 0 8px;
      }
      .narrow :is(th, td):not(:last-child),
      .narrow tbody th {
        padding: 4px 8px 0 0;
        text-align: left;
      }
      .narrow tbody td:is(:last-child, :not(:last-child)) {
        padding-top: 0;
      }
      .narrow tr:last-child > :is(th, td):is(:last-child, :not(:last-child)) {
        padding-bottom: 4px;
      }
      b {
        font-weight: 500;
      }
      p {
        margin: 8px 0 0;
      }
    `,
  ];

  declare protected against: Against | null;
  protected declare config?: CompareConfig;

  constructor() {
    super();
    this.against = null;
  }

  static override async getConfigForm() {
    return form({
      against: [
        ["year", "against_year"],
        ["before", "against_before"],
      ],
    });
  }

  getCardSize() {
    return 8;
  }

  protected override content(live: Live): TemplateResult {
    const period = this.periodOf(live);
    const choices = choicesOf(period);
    const wanted = this.against ?? this.config?.against;
    const against =
      wanted && choices.includes(wanted) ? wanted : usualAgainst(period, live.first_day);
    return html`
      <div class="head">
        <h2>${this.#title(choices, against)}</h2>
        ${against && choices.length > 1 ? this.#choice(choices, against) : nothing}
      </div>
      ${against ? this.#compared(live, against) : this.message("all_has_no_other")}
    `;
  }

  #title(choices: readonly Against[], against: Against | undefined): string {
    if (!against) return this.t("two_periods");
    const title = this.t("setting_against");
    return choices.length > 1 ? title : `${title} ${this.t(`against_${against}`)}`;
  }

  #choice(choices: readonly Against[], against: Against): TemplateResult {
    const { t } = this;
    return html`<select
      aria-label=${t("setting_against")}
      .value=${against}
      @change=${(event: Event) => {
        this.against = (event.target as HTMLSelectElement).value as Against;
      }}
    >
      ${choices.map(
        (each) => html`<option value=${each} ?selected=${each === against}>
          ${t(`against_${each}`)}
        </option>`,
      )}
    </select>`;
  }

  #compared(live: Live, against: Against): TemplateResult {
    const { t, format, hass } = this;
    const period = this.periodOf(live);
    const other = otherOf(period, against);
    const { first_day } = live;
    if (!first_day || other.last < first_day) {
      const message = first_day ? t("nothing_then", { day: format.date(first_day) }) : t("no_sums");
      const isLong = choicesOf(period).length < 2;
      return html`<p class="message">${message} ${isLong ? t("months_have") : nothing}</p>`;
    }
    const [figures, days] = [this.figures(live, period), this.days(live, period)];
    const [otherFigures, otherDays] = [
      this.figures(live, other, "other"),
      this.days(live, other, "other"),
    ];
    const fitted = this.ask("heat_loss", live, { ...period, first: other.first }, askHeatLoss);
    if (!figures || !days || !otherFigures || !otherDays || !fitted || !hass) {
      return this.waiting();
    }
    const base_c = fitted.loss?.base_c ?? USUAL_BASE_C;
    const shown = compare(
      { figures, days },
      { figures: otherFigures, days: otherDays },
      live.today.last,
      base_c,
      t,
      format,
      hass.config.currency,
    );
    const heads = [period, other].map(({ first, last }) => format.days(first, last));
    return this.#table(shown, heads);
  }

  #table({ measured, rows, notes }: Comparison, heads: readonly string[]): TemplateResult {
    const { t, width } = this;
    const isWide = width >= WIDE_PX;
    return html`<table class=${isWide ? "" : "narrow"}>
        <thead>
          <tr>
            ${isWide ? html`<td></td>` : nothing}
            ${heads.map(
              (head, index) => html`<th scope="col">
                ${head}
                <div>${measured[index]!}</div>
              </th>`,
            )}
            <th scope="col">${t("difference")}</th>
          </tr>
        </thead>
        ${rows.map((row) => (isWide ? wideRow(row) : narrowRow(row)))}
      </table>
      ${notes.map((note) => html`<p class="quiet">${note}</p>`)}`;
  }
}

function wideRow(row: Row): TemplateResult {
  return html`<tbody>
    <tr>
      <th scope="row">${row.name}</th>
      ${cells(row)}
    </tr>
  </tbody>`;
}

function narrowRow(row: Row): TemplateResult {
  return html`<tbody>
    <tr>
      <th scope="rowgroup" colspan="3">${row.name}</th>
    </tr>
    <tr>${cells(row)}</tr>
  </tbody>`;
}

function cells({ values, bands, difference, note }: Row): TemplateResult {
  return html`${values.map(
      (value, index) => html`<td><b>${value}</b>${below(bands[index]!)}</td>`,
    )}
    <td>${difference}${below(note)}</td>`;
}

function below(text: string) {
  return text ? html`<div class="quiet">${text}</div>` : nothing;
}
