/** The card with what was wrong with the data. */

import { mdiAlert, mdiCheckCircle, mdiHistory } from "@mdi/js";
import { html, nothing, type TemplateResult } from "lit";
import { askFlags } from "../../data/ask";
import type { Live } from "../../data/contract";
import "../../lib/texts/health";
import { AskingCard, hourOf } from "../asking_card";
import { icon, type Item, list, listStyles } from "./list";
import { type Finding, findings } from "./model";

export class FlagsCard extends AskingCard {
  static override styles = [...AskingCard.styles, listStyles];

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
      ${list(items(open, mdiAlert, "warning"))}
      ${open.length && over.length ? html`<h3>${t("happened")}</h3>` : nothing}
      ${list(items(over, mdiHistory, "quiet"))}
      ${more ? html`<div class="quiet">${t("more_flags", { count: more })}</div>` : nothing}
      ${
        flags.length
          ? nothing
          : html`<p class="good">${icon(mdiCheckCircle, "good")}${t("no_flags")}</p>`
      }
    `;
  }
}

function items(found: readonly Finding[], path: string, colour: string): Item[] {
  return found.map(({ title, consequence, when }) => ({
    title,
    when,
    lines: [consequence],
    icon: icon(path, colour),
  }));
}
