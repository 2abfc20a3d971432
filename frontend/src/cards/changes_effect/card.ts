/** The card with what each change did to the COP. */

import { mdiChevronDown, mdiChevronUp } from "@mdi/js";
import { css, html, nothing, svg, type TemplateResult } from "lit";
import type { ChangeEntry, Live } from "../../data/contract";
import { chartStyles } from "../../lib/axes";
import { UNKNOWN } from "../../lib/format";
import { clamp, linear, type Range, type Scale, textWidth } from "../../lib/scale";
import "../../lib/texts/changes";
import { ChangesCard } from "../changes/changes_card";
import { controlStyles, NoteForm } from "../changes/note_form";
import {
  linesOf,
  markText,
  remarksOf,
  type Row,
  rowsOf,
  type Saved,
  savedOf,
  scaleOf,
  shortened,
} from "./model";

const SHOWN = 8;
/** Right of the bars stand the values. */
const VALUE_PX = 62;
const BAR_PX = 24;
const WORDS_PX = 12;
/** Letters are narrower than the digits of an axis. */
const LETTER_EM = 0.5;

type Axis = { x: Scale; range: Range; marks: number[] };

export class ChangesEffectCard extends ChangesCard {
  static override styles = [
    ...ChangesCard.styles,
    chartStyles,
    controlStyles,
    css`
      p {
        margin: 0 0 8px;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .row {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 8px;
        align-items: center;
        width: calc(100% + 16px);
        margin: 0 -8px;
        padding: 6px 8px 8px;
        background: none;
        border: none;
        border-radius: 8px;
        text-align: left;
      }
      .row:hover {
        background: color-mix(in srgb, var(--hp-ink) 4%, transparent);
      }
      .title {
        font-weight: 500;
        line-height: 20px;
        overflow-wrap: anywhere;
      }
      .day {
        display: inline-flex;
        gap: 4px;
        align-items: center;
        align-self: start;
        line-height: 20px;
        white-space: nowrap;
      }
      .day svg {
        width: 16px;
        fill: currentColor;
      }
      .value {
        text-align: right;
        font-weight: 500;
      }
      .below {
        grid-column: 1 / -1;
      }
      .bar {
        fill: var(--hp-standby);
      }
      .dot {
        fill: var(--hp-ink);
        stroke: var(--hp-ink);
        stroke-width: 2;
      }
      .dot.hollow {
        fill: var(--hp-card);
      }
      .nothing {
        stroke: var(--hp-ink);
        stroke-width: 2;
      }
      .said {
        fill: var(--hp-quiet);
        font-size: ${WORDS_PX}px;
      }
      .details {
        margin: 0 0 12px;
        padding: 4px 0 0;
        border-bottom: 1px solid var(--hp-line);
      }
      .details p {
        line-height: 16px;
      }
      table {
        width: 100%;
        margin-bottom: 8px;
        border-collapse: collapse;
      }
      th,
      td {
        padding: 4px 0 4px 8px;
        border-top: 1px solid var(--hp-line);
        font-weight: 400;
        line-height: 18px;
        text-align: right;
        vertical-align: top;
      }
      thead :is(th, td) {
        border: none;
      }
      th:first-child,
      td:first-child {
        padding-left: 0;
        text-align: left;
      }
      td small {
        display: block;
        color: var(--hp-quiet);
        font-size: 11px;
        line-height: 14px;
      }
      .foot {
        display: flex;
        flex-wrap: wrap;
        gap: 0 16px;
      }
    `,
  ];
  static override properties = {
    ...ChangesCard.properties,
    open: { state: true },
    isWhole: { state: true },
  };

  /** The change whose details are shown, by its id. */
  declare protected open: number | null;
  declare protected isWhole: boolean;
  readonly #form = new NoteForm(this);

  constructor() {
    super();
    this.open = null;
    this.isWhole = false;
  }

  getCardSize() {
    return 6;
  }

  protected override content(live: Live): TemplateResult {
    const { t, format, config } = this;
    const changes = this.changes(live);
    const context = { hass: this.hass!, config, t, format };
    return html`
      <div class="head">
        <h2>${t("effect_title")}</h2>
        <span class="quiet">${t("cop_same_weather")}</span>
      </div>
      ${changes ? this.#rows(changes.entries, live.time) : this.unanswered()}
      ${this.#form.form(context)} ${this.#form.status} ${this.#form.button(context)}
    `;
  }

  #rows(entries: readonly ChangeEntry[], now: string): TemplateResult {
    const { t, format } = this;
    const rows = rowsOf(entries, now, t, format);
    if (!rows.length) return this.message("effect_none");
    const shown = this.isWhole ? rows : rows.slice(0, SHOWN);
    const scale = scaleOf(shown);
    const axis = scale && { ...scale, x: linear(scale.range, [2, this.width - VALUE_PX]) };
    return html`
      ${axis ? html`<p class="quiet">${t("effect_key")}</p>${this.#marks(axis)}` : nothing}
      <ul>
        ${shown.map(
          (row) => html`<li>
            ${this.#row(row, axis)} ${this.open === row.id ? this.#details(row, entries) : nothing}
          </li>`,
        )}
      </ul>
      ${
        rows.length > SHOWN
          ? html`<button class="plain" type="button" @click=${() => (this.isWhole = !this.isWhole)}>
              ${this.isWhole ? t("show_fewer") : t("show_all", { count: rows.length })}
            </button>`
          : nothing
      }
    `;
  }

  /** The values of the lines through all rows. */
  #marks({ x, marks }: Axis): TemplateResult {
    const last = marks.length - 1;
    const texts = marks.map((mark, index) => markText(mark, index === last, this.format));
    return html`<svg viewBox="0 0 ${this.width} 14" style="height: 14px" aria-hidden="true">
      ${marks.map((mark, index) => {
        const half = textWidth(texts[index]!) / 2;
        const middle = clamp(x(mark), [half, this.width - half]);
        return svg`<text class="tick" x=${middle} y="11" text-anchor="middle">
          ${texts[index]}</text>`;
      })}
    </svg>`;
  }

  #row(row: Row, axis: Axis | null): TemplateResult {
    const isOpen = this.open === row.id;
    const { bar, words, value } = row;
    const place = axis && this.#placeOfWords(row, axis);
    return html`<button class="row" type="button" aria-expanded=${isOpen ? "true" : "false"}
      @click=${() => (this.open = isOpen ? null : row.id)}
    >
      <span class="title">${isOpen ? row.title : shortened(row.title)}</span>
      <span class="quiet day"
        >${row.day}<svg viewBox="0 0 24 24" aria-hidden="true"
          ><path d=${isOpen ? mdiChevronUp : mdiChevronDown}></path></svg
      ></span>
      ${
        axis
          ? html`<svg viewBox="0 0 ${this.width - VALUE_PX} ${BAR_PX}" aria-hidden="true"
              style="width: ${this.width - VALUE_PX}px; height: ${BAR_PX}px"
            >
              ${drawBar(row, axis)}
              ${
                place === null
                  ? nothing
                  : svg`<text class="said halo" x=${place} y=${BAR_PX / 2 + 4}>${words}</text>`
              }
            </svg>`
          : html`<span class="quiet">${words}</span>`
      }
      <span class="value ${value === UNKNOWN ? "quiet" : ""}">${value}</span>
      ${
        axis && place === null && words
          ? html`<span class="quiet below">${words}</span>`
          : html`<span class="only-heard">${axis ? words : nothing}</span>`
      }
      ${bar ? html`<span class="only-heard">${row.interval}</span>` : nothing}
    </button>`;
  }

  /** Where the words have room beside the bar; null if nowhere. */
  #placeOfWords({ bar, words }: Row, { x, range }: Axis): number | null {
    const start = (bar ? x(clamp(bar.high, range)) : x(0)) + 8;
    const end = start + words.length * WORDS_PX * LETTER_EM;
    return words && end <= this.width - VALUE_PX ? start : null;
  }

  #details({ entry, title }: Row, entries: readonly ChangeEntry[]): TemplateResult {
    const { t, format } = this;
    const { effect } = entry.look;
    const { yearly } = effect;
    return html`<div class="details">
      <table aria-label=${title}>
        <thead class="quiet">
          <tr>
            <td></td>
            <th scope="col">${t("before")}</th>
            <th scope="col">${t("after")}</th>
            <th scope="col">${t("effect_change")}</th>
          </tr>
        </thead>
        <tbody>
          ${linesOf(effect, t, format).map(
            ({ name, before, after, change, note }) => html`<tr>
              <th scope="row" class="quiet">${name}</th>
              <td>${before}</td>
              <td>${after}</td>
              <td>${change}<small>${note}</small></td>
            </tr>`,
          )}
        </tbody>
      </table>
      ${yearly ? this.#saved(savedOf(yearly, t, format, this.hass!.config.currency)) : nothing}
      ${remarksOf(entry, entries, t, format).map((each) => html`<p class="quiet">${each}</p>`)}
    </div>`;
  }

  #saved(rows: readonly Saved[]): TemplateResult {
    const { t } = this;
    const hasMoney = rows.some(({ money }) => money);
    const isCost = rows.some((row) => (row.energy + row.energyEnds).includes("\u2212"));
    return html`<table>
        <thead class="quiet">
          <tr>
            <th scope="col" colspan=${hasMoney ? 3 : 2}>${t("saved_a_year")}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ name, energy, energyEnds, money, moneyEnds }) => html`<tr>
              <th scope="row" class="quiet">${name}</th>
              <td>${energy}<small>${energyEnds}</small></td>
              ${hasMoney ? html`<td>${money}<small>${moneyEnds}</small></td>` : nothing}
            </tr>`,
          )}
        </tbody>
      </table>
      ${isCost ? html`<p class="quiet">${t("minus_costs")}</p>` : nothing}`;
  }
}

function drawBar({ bar }: Row, { x, range, marks }: Axis) {
  const middle = BAR_PX / 2;
  const lines = marks.map((mark) =>
    mark === 0
      ? svg`<path class="nothing" d="M${x(0)} 0V${BAR_PX}"></path>`
      : svg`<path class="grid" d="M${x(mark)} 4V${BAR_PX - 4}"></path>`,
  );
  if (!bar) return lines;
  const [from, to] = [x(clamp(bar.low, range)), x(clamp(bar.high, range))];
  return [
    ...lines,
    svg`<rect class="bar" x=${from} y=${middle - 4} width=${Math.max(to - from, 2)} height="8"
      rx="4"></rect>`,
    // The line of no change is seen through the bar.
    bar.low < 0 && bar.high > 0
      ? svg`<path class="nothing" d="M${x(0)} 0V${BAR_PX}"></path>`
      : nothing,
    svg`<circle class="dot ${bar.isSeen ? "" : "hollow"}" cx=${x(clamp(bar.value, range))}
      cy=${middle} r="5"></circle>`,
  ];
}
