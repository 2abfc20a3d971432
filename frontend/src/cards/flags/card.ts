/** The card with what was wrong with the data. */

import { mdiAlert, mdiCheckCircle, mdiHistory } from "@mdi/js";
import { css, html, nothing, type TemplateResult } from "lit";
import { askFlags } from "../../data/ask";
import type { Live } from "../../data/contract";
import "../../lib/texts/health";
import { AskingCard, hourOf } from "../asking_card";
import { type Finding, findings } from "./model";

export class FlagsCard extends AskingCard {
  static override styles = [
    ...AskingCard.styles,
    css`
      h3 {
        margin: 12px 0 0;
        color: var(--hp-quiet);
        font-size: 12px;
        font-weight: 400;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        gap: 12px;
        padding: 8px 0;
      }
      li + li {
        border-top: 1px solid var(--hp-line);
      }
      li > div {
        flex: 1;
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 12px;
      }
      svg {
        flex: none;
        width: 20px;
        height: 20px;
      }
      .consequence {
        flex-basis: 100%;
      }
      .good {
        display: flex;
        gap: 12px;
        margin: 8px 0 0;
      }
    `,
  ];

  getCardSize() {
    return 5;
  }

  protected override content(live: Live): TemplateResult {
    const { t, format } = this;
    const changes = [hourOf(live.time), live.heat_pump.stale_since].join();
    const flags = this.asked("flags", changes, askFlags);
    if (!flags) return this.waiting();
    const { open, over, more } = findings(flags, t, format);
    return html`
      <div class="head">
        <h2>${t("flags")}</h2>
        ${
          flags.length
            ? html`<span class="quiet">
                ${open.length ? t("open_count", { count: open.length }) : t("none_open")}
              </span>`
            : nothing
        }
      </div>
      ${open.length ? html`<h3>${t("to_do")}</h3>` : nothing}
      ${list(open, mdiAlert, "warning")}
      ${open.length && over.length ? html`<h3>${t("happened")}</h3>` : nothing}
      ${list(over, mdiHistory, "quiet")}
      ${more ? html`<div class="quiet">${t("more_flags", { count: more })}</div>` : nothing}
      ${
        flags.length
          ? nothing
          : html`<p class="good">${icon(mdiCheckCircle, "good")}${t("no_flags")}</p>`
      }
    `;
  }
}

function list(found: readonly Finding[], path: string, colour: string) {
  if (!found.length) return nothing;
  return html`<ul>
    ${found.map(
      ({ title, consequence, when }) => html`<li>
        ${icon(path, colour)}
        <div>
          <span>${title}</span>
          <span class="quiet">${when}</span>
          <span class="quiet consequence">${consequence}</span>
        </div>
      </li>`,
    )}
  </ul>`;
}

function icon(path: string, colour: string) {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true">
    <path d=${path} fill="var(--hp-${colour})"></path>
  </svg>`;
}
