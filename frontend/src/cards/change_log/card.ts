/** The card with the change log and the user's notes. */

import {
  mdiCog,
  mdiHeatPump,
  mdiHomeEdit,
  mdiMeterElectric,
  mdiNoteText,
  mdiPencil,
} from "@mdi/js";
import { css, html, nothing, type TemplateResult } from "lit";
import type { ChangeEntry, ChangeSource, Live } from "../../data/contract";
import { chartStyles } from "../../lib/axes";
import { isText } from "../../lib/texts/texts";
import "../../lib/texts/changes";
import { ChangesCard } from "../changes/changes_card";
import { titleOf } from "../changes/entries";
import { type Context, controlStyles, mayWrite, NoteForm } from "../changes/note_form";
import { rowStyles } from "../flags/list";
import { type Filter, filtersOf, matching, monthsOf, MOST, PAGE } from "./model";

const ICONS: Record<ChangeSource, string> = {
  unit: mdiHeatPump,
  option: mdiCog,
  plant: mdiHomeEdit,
  meter: mdiMeterElectric,
  note: mdiNoteText,
};

export class ChangeLogCard extends ChangesCard {
  static override styles = [
    ...ChangesCard.styles,
    chartStyles,
    rowStyles,
    controlStyles,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 12px;
        justify-content: space-between;
        margin: 4px 0;
      }
      .bar select {
        max-width: 100%;
        padding: 0 8px 0 12px;
        border-radius: 22px;
      }
      li {
        align-items: flex-start;
      }
      li form {
        flex: 1;
        min-width: 0;
      }
      .icon {
        flex: none;
        width: 20px;
        fill: var(--hp-quiet);
      }
      .words {
        display: grid;
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
      .edit {
        flex: none;
        display: grid;
        place-items: center;
        width: 44px;
        margin: -4px -8px -4px 0;
        padding: 0;
        background: none;
        border: none;
      }
      .edit svg {
        width: 20px;
        fill: var(--hp-quiet);
      }
    `,
  ];
  static override properties = {
    ...ChangesCard.properties,
    filter: { state: true },
    shown: { state: true },
  };

  declare protected filter: Filter;
  /** How many entries at most. */
  declare protected shown: number;
  readonly #form = new NoteForm(this);

  constructor() {
    super();
    this.filter = "all";
    this.shown = PAGE;
  }

  getCardSize() {
    return 8;
  }

  protected override content(live: Live): TemplateResult {
    const { t, format, config } = this;
    const entries = this.changes(live)?.entries;
    const context = { hass: this.hass!, config, t, format };
    const matched = matching(entries ?? [], this.filter);
    const page = matched.slice(0, this.shown);
    const isInPlace = page.some(({ id }) => id === this.#form.id);
    return html`
      <div class="head"><h2>${t("log_title")}</h2></div>
      <div class="bar">
        ${entries?.length ? this.#select(filtersOf(entries)) : nothing}
        ${this.#form.button(context)}
      </div>
      ${isInPlace ? nothing : this.#form.form(context)} ${this.#form.status}
      ${entries ? this.#months(page, context) : this.unanswered()}
      ${this.#rest(matched.length - page.length, entries?.length ?? 0)}
    `;
  }

  #select(filters: readonly Filter[]): TemplateResult {
    const { t } = this;
    return html`<select aria-label=${t("log_filter")}
      @change=${({ target }: Event) => {
        this.filter = (target as HTMLSelectElement).value as Filter;
        this.shown = PAGE;
      }}
    >
      ${filters.map(
        (each) => html`<option value=${each} ?selected=${each === this.filter}>
          ${t(`log_${each}`)}
        </option>`,
      )}
    </select>`;
  }

  #months(page: readonly ChangeEntry[], context: Context): TemplateResult | TemplateResult[] {
    if (!page.length) return this.message("log_none");
    return monthsOf(page, this.format).map(
      ({ name, entries }) => html`<h3>${name}</h3>
        <ul>
          ${entries.map((entry) => this.#entry(entry, context))}
        </ul>`,
    );
  }

  #entry(entry: ChangeEntry, context: Context): TemplateResult {
    if (entry.id === this.#form.id) return html`<li>${this.#form.form(context)}</li>`;
    const { t, format } = this;
    const isNote = entry.source === "note";
    const from = isNote ? `note_${entry.category}` : `log_${entry.source}`;
    const when = `${format.day(entry.time)}, ${format.time(entry.time)}`;
    return html`<li>
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d=${ICONS[entry.source] ?? mdiCog}></path>
      </svg>
      <span class="words"
        ><span>${titleOf(entry, format)}</span
        ><span class="quiet">${isText(from) ? t(from) : entry.source} · ${when}</span></span
      >
      ${
        isNote && mayWrite(context.hass)
          ? html`<button class="edit" type="button" aria-label=${t("edit_note")}
              ?disabled=${this.#form.isOpen} @click=${() => this.#form.edit(entry, format)}
            >
              <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${mdiPencil}></path></svg>
            </button>`
          : nothing
      }
    </li>`;
  }

  #rest(left: number, all: number): TemplateResult | typeof nothing {
    const { t } = this;
    if (left > 0) {
      const count = Math.min(left, PAGE);
      return html`<button class="plain" type="button" @click=${() => (this.shown += PAGE)}>
        ${t("show_more", { count })}
      </button>`;
    }
    return all >= MOST ? html`<p class="quiet">${t("more_by_action")}</p>` : nothing;
  }
}
