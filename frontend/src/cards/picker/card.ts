/** The card that picks the period of the efficiency cards. */

import { mdiChevronLeft, mdiChevronRight } from "@mdi/js";
import { css, html, type PropertyValues, type TemplateResult } from "lit";
import type { Live } from "../../data/contract";
import { form } from "../../lib/form";
import { PeriodCard } from "../period_card";
import { calendarOf, choose, type Kind, KINDS, periodAt, stepped } from "./period";

/** Narrower, the kinds are one menu. */
const WITH_BUTTONS_PX = 660;

export class PickerCard extends PeriodCard {
  static override styles = [
    ...PeriodCard.styles,
    css`
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
      select {
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
      button.arrow {
        padding: 0 9px;
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
      .narrow .name {
        font-size: 14px;
      }
    `,
  ];
  #today: string | null = null;

  static getConfigForm() {
    return form();
  }

  static getStubConfig() {
    return {};
  }

  getCardSize() {
    return 1;
  }

  getGridOptions() {
    return { columns: "full", min_columns: 6 };
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
    const pick = (kind: Kind) =>
      choose(this.#key, periodAt(kind, period.last, calendarOf(live)));
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
              aria-label=${t("setting_period")}
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
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d=${by < 0 ? mdiChevronLeft : mdiChevronRight}></path>
      </svg>
    </button>`;
  }
}
