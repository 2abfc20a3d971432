/** The form that adds a note to the change log, or changes one. */

import { mdiPlus } from "@mdi/js";
import { css, html, nothing, type TemplateResult } from "lit";
import type { ChangeEntry, NoteCategory } from "../../data/contract";
import type { Format } from "../../lib/format";
import type { CardConfig, HomeAssistant } from "../../lib/hass";
import type { Translate } from "../../lib/texts/texts";
import "../../lib/texts/changes";
import type { ChangesCard } from "./changes_card";
import { CATEGORIES, type Draft, draftOf, fieldTime, isGone, NEW, problemOf, write } from "./note";

const MOST_LETTERS = 500;

/** What a card is given to draw the form with. */
export interface Context {
  hass: HomeAssistant;
  config: CardConfig | undefined;
  t: Translate;
  format: Format;
}

/** Keeps what is typed outside of the page: a card is drawn anew at any time. */
export class NoteForm {
  readonly #card: ChangesCard;
  #draft: Draft | null = null;
  #isSaving = false;
  #isDeleting = false;
  #problem = "";
  #done = "";

  constructor(card: ChangesCard) {
    this.#card = card;
  }

  /** Which note is changed; null while a new one is written, or none. */
  get id(): number | null {
    return this.#draft?.id ?? null;
  }

  get isOpen(): boolean {
    return this.#draft !== null;
  }

  edit(entry: ChangeEntry, format: Format): void {
    this.#open(draftOf(entry, format));
  }

  /** The button that opens it; nothing where the user may not write. */
  button({ hass, t }: Context): TemplateResult | typeof nothing {
    if (!mayWrite(hass) || this.isOpen) return nothing;
    return html`<button class="plain add" type="button" @click=${() => this.#open(NEW)}>
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${mdiPlus}></path></svg>${t("add_note")}
    </button>`;
  }

  /** What became of the last note. */
  get status(): TemplateResult {
    return html`<p class="quiet status" role="status">${this.#done}</p>`;
  }

  form(context: Context): TemplateResult | typeof nothing {
    const draft = this.#draft;
    if (!draft) return nothing;
    const { t } = context;
    const isNew = draft.id === null;
    return html`<form aria-label=${t(isNew ? "add_note" : "edit_note")} novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.#write(context, false);
      }}
    >
      <label>
        ${t("note_text")}
        <textarea rows="3" maxlength=${MOST_LETTERS} ?readonly=${this.#isSaving}
          .value=${draft.text}
          @input=${(event: Event) => this.#change("text", event)}></textarea>
      </label>
      <div class="pair">
        <label>
          ${t("note_category")}
          <select @change=${(event: Event) => this.#change("category", event)}>
            ${CATEGORIES.map(
              (each) => html`<option value=${each} ?selected=${each === draft.category}>
                ${t(`note_${each}`)}
              </option>`,
            )}
          </select>
        </label>
        <label>
          ${t(isNew ? "note_time" : "note_when")}
          <input type="datetime-local" .value=${draft.time}
            max=${fieldTime(new Date().toISOString(), context.format)}
            @input=${(event: Event) => this.#change("time", event)} />
        </label>
      </div>
      <div>
        <p class="problem" role="alert">${this.#problem}</p>
        <div class="buttons">
          <button class="strong" type="submit" ?disabled=${this.#isSaving}>${t("save")}</button>
          <button type="button" ?disabled=${this.#isSaving} @click=${() => this.#close()}>
            ${t("cancel")}
          </button>
          ${
            isNew
              ? nothing
              : html`<button class="last" type="button" ?disabled=${this.#isSaving}
                  @click=${() => this.#delete(context)}
                >
                  ${t(this.#isDeleting ? "delete_really" : "delete")}
                </button>`
          }
        </div>
      </div>
    </form>`;
  }

  #open(draft: Draft): void {
    this.#draft = draft;
    this.#done = "";
    this.#isDeleting = false;
    this.#draw("textarea");
  }

  #close(done = ""): void {
    this.#draft = null;
    this.#problem = "";
    this.#done = done;
    this.#draw(".add");
  }

  #change(field: "category" | "text" | "time", { target }: Event): void {
    if (!this.#draft) return;
    const { value } = target as HTMLInputElement;
    this.#draft = { ...this.#draft, [field]: value as NoteCategory };
  }

  /** What cannot be undone is asked for twice. */
  #delete(context: Context): void {
    if (this.#isDeleting) void this.#write(context, true);
    this.#isDeleting = true;
    this.#draw();
  }

  async #write({ hass, config, t }: Context, isDeleted: boolean): Promise<void> {
    const draft = this.#draft;
    if (!draft || this.#isSaving) return;
    if (!isDeleted && !draft.text.trim()) {
      this.#problem = t("problem_empty");
      this.#draw("textarea");
      return;
    }
    this.#isSaving = true;
    this.#problem = "";
    this.#draw();
    try {
      await write(hass, config?.entry_id, draft, isDeleted).catch((error: unknown) => {
        if (!isDeleted || !isGone(error)) throw error;
      });
      this.#isSaving = false;
      this.#close(t(isDeleted ? "note_deleted" : "note_saved"));
    } catch (error) {
      this.#isSaving = false;
      this.#problem = problemOf(error, t);
      if (isGone(error)) this.#draft = { ...draft, id: null, before: "" };
      this.#draw();
    }
  }

  /** Draw the card; then what is operated next gets the keys. */
  #draw(focused?: string): void {
    const card = this.#card;
    card.requestUpdate();
    if (!focused) return;
    void card.updateComplete.then(() =>
      card.renderRoot.querySelector<HTMLElement>(focused)?.focus(),
    );
  }
}

/** Every user may call the action; an integration that is not loaded has none. */
export function mayWrite({ services }: HomeAssistant): boolean {
  return services?.["heatpump_monitor"]?.["add_note"] !== undefined;
}

export const controlStyles = css`
  :host([dark]) {
    color-scheme: dark;
  }
  button,
  select,
  input,
  textarea {
    box-sizing: border-box;
    min-height: 44px;
    color: var(--hp-ink);
    background: var(--hp-card);
    border: 1px solid var(--hp-unknown);
    border-radius: 8px;
    font: inherit;
  }
  button {
    padding: 0 16px;
    border-radius: 22px;
    cursor: pointer;
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  :focus-visible {
    outline: 2px solid var(--primary-color, #009ac7);
    outline-offset: 2px;
  }
  .strong {
    font-weight: 500;
    background: color-mix(in srgb, var(--primary-color, #009ac7) 18%, var(--hp-card));
    border-color: transparent;
  }
  .plain {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    padding: 0 8px;
    margin: 0 -8px;
    color: color-mix(in srgb, var(--primary-color, #009ac7) 70%, var(--hp-ink));
    background: none;
    border: none;
    font-weight: 500;
  }
  .plain svg {
    width: 20px;
    fill: currentColor;
  }
  form {
    display: grid;
    gap: 12px;
    margin: 8px 0;
    padding: 12px;
    border: 1px solid var(--hp-line);
    border-radius: 8px;
  }
  form label {
    display: grid;
    flex: 1 1 150px;
    gap: 4px;
    min-width: 0;
    color: var(--hp-quiet);
    font-size: 12px;
  }
  /* Below 16 px, a phone enlarges the whole page while one writes. */
  form :is(select, input, textarea) {
    width: 100%;
    padding: 8px;
    font-size: 16px;
  }
  textarea {
    resize: vertical;
  }
  .pair,
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
  }
  .buttons .last {
    margin-left: auto;
  }
  .problem,
  .status {
    margin: 0 0 8px;
  }
  .problem {
    color: var(--hp-limit);
  }
  .problem:empty,
  .status:empty {
    margin: 0;
  }
`;
