/** The card that picks the period of the efficiency cards. */

import { mdiCalendar, mdiChevronLeft, mdiChevronRight } from "@mdi/js";
import { css, html, type PropertyValues, type TemplateResult } from "lit";
import type { Live } from "../../data/contract";
import "../../lib/texts/efficiency";
import { PeriodCard } from "../period_card";
import { choose, type Kind } from "./period";
import { calendarOf, KINDS, periodAt, stepped } from "./steps";

/** Narrower, the kinds are one menu. */
const WITH_BUTTONS_PX = 660;

export class PickerCard extends PeriodCard {
  static override styles = [
    ...PeriodCard.styles,
    css`
      :host {
        container-type: inline-size;
      }
      .card {
        display: flex;
        gap: 8px;
        align-items: center;
        padding: 0;
        background: none;
        border: none;
      }
      .name {
        flex: 1;
        margin: 0 4px;
        font-size: 16px;
        font-weight: 500;
      }
      button,
      select,
      .calendar {
        box-sizing: border-box;
        min-width: 44px;
        height: 44px;
        padding: 0 14px;
        color: var(--hp-quiet);
        background: var(--hp-card);
        border: 1px solid var(--hp-line);
        border-radius: 22px;
        font: inherit;
        cursor: pointer;
      }
      select {
        flex: none;
        padding: 0 8px 0 12px;
      }
      :host([dark]) {
        color-scheme: dark;
      }
      button.arrow,
      .calendar {
        flex: none;
        padding: 0 9px;
      }
      .calendar {
        position: relative;
        display: grid;
        place-items: center;
      }
      /* The whole circle is the field; what it says is the name of the period. */
      input {
        position: absolute;
        inset: 0;
        width: 100%;
        border: 0;
        opacity: 0;
        cursor: pointer;
      }
      .calendar:focus-within {
        outline: 2px solid var(--primary-color, #009ac7);
        outline-offset: 2px;
      }
      button:disabled {
        opacity: 0.4;
        cursor: default;
      }
      button:focus-visible,
      select:focus-visible {
        outline: 2px solid var(--primary-color, #009ac7);
        outline-offset: 2px;
      }
      button[aria-pressed="true"] {
        color: var(--hp-ink);
        font-weight: 500;
        background: color-mix(in srgb, var(--primary-color, #009ac7) 18%, var(--hp-card));
        border-color: transparent;
      }
      svg {
        display: block;
        width: 24px;
        fill: currentColor;
      }
      @container (max-width: 420px) {
        .calendar {
          display: none;
        }
      }
      /* No room beside the arrows: the days have a line of their own. */
      @container (max-width: 330px) {
        .card {
          flex-wrap: wrap;
        }
        .name {
          order: 1;
          flex-basis: 100%;
        }
        select {
          flex: 1;
        }
      }
    `,
  ];
  #today: string | null = null;

  getCardSize() {
    return 1;
  }

  override getGridOptions() {
    return { columns: "full" as const, min_columns: 6 };
  }

  /** At midnight, a period that ended today goes on to end today. */
  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const today = this.live?.today.last ?? null;
    const { period } = this;
    if (this.live && period && today !== this.#today && period.last === this.#today) {
      choose(this.#key, periodAt(period.kind, today!, calendarOf(this.live)));
    }
    this.#today = today;
  }

  protected override content(live: Live): TemplateResult {
    const { t } = this;
    const period = this.periodOf(live);
    const isWide = this.width >= WITH_BUTTONS_PX;
    const calendar = calendarOf(live);
    const pick = (kind: Kind, day = period.last) =>
      choose(this.#key, periodAt(kind, day, calendar));
    return html`
      ${this.#arrow(live, -1)} ${this.#arrow(live, 1)}
      <span class="name" aria-live="polite">${this.format.days(period.first, period.last)}</span>
      ${
        isWide
          ? KINDS.map(
              (kind) => html`<button
                type="button"
                aria-pressed=${kind === period.kind}
                @click=${() => pick(kind)}
              >
                ${t(`period_${kind}`)}
              </button>`,
            )
          : html`<select
              aria-label=${t("picked_period")}
              .value=${period.kind}
              @change=${(event: Event) =>
                pick((event.target as HTMLSelectElement).value as Kind)}
            >
              ${KINDS.map(
                (kind) => html`<option value=${kind} ?selected=${kind === period.kind}>
                  ${t(`period_${kind}`)}
                </option>`,
              )}
            </select>`
      }
      <label class="calendar">
        <input
          type="date"
          aria-label=${t("pick_a_day")}
          min=${calendar.firstDay}
          max=${calendar.today}
          .value=${period.last}
          @click=${(event: Event) => (event.target as HTMLInputElement).showPicker?.()}
          @change=${(event: Event) => {
            const day = (event.target as HTMLInputElement).value;
            if (day >= calendar.firstDay && day <= calendar.today) pick(period.kind, day);
          }}
        />
        ${icon(mdiCalendar)}
      </label>
    `;
  }

  get #key(): string {
    return this.config?.entry_id ?? "";
  }

  #arrow(live: Live, by: -1 | 1): TemplateResult {
    const next = stepped(this.periodOf(live), by, calendarOf(live));
    return html`<button
      type="button"
      class="arrow"
      aria-label=${this.t(by < 0 ? "back_in_time" : "forward_in_time")}
      ?disabled=${!next}
      @click=${() => next && choose(this.#key, next)}
    >
      ${icon(by < 0 ? mdiChevronLeft : mdiChevronRight)}
    </button>`;
  }
}

function icon(path: string): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;
}
