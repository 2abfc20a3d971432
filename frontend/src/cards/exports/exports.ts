/** The card that says whether the databases take what is measured. */

import { mdiAlert, mdiCheckCircle, mdiInformation } from "@mdi/js";
import { html, type TemplateResult } from "lit";
import { askExports } from "../../data/ask";
import type { Export } from "../../data/contract";
import type { Command } from "../../data/watch";
import "../../lib/texts/health";
import { EntryCard } from "../entry_card";
import { icon, type Item, list, listStyles } from "../flags/list";
import { exportText, type ExportText } from "./model";

const ICONS: Record<ExportText["level"], string> = {
  good: mdiCheckCircle,
  quiet: mdiInformation,
  warning: mdiAlert,
};
/** In case that no entity changes: one may be disabled, or the entry not loaded. */
const AGES_AFTER_MS = 300_000;

const EXPORTS: Command<Export[]> = {
  name: "exports",
  ask: askExports,
  entities: (exports) => exports.flatMap(({ entities }) => Object.values(entities)),
  agesAfterMs: () => AGES_AFTER_MS,
};

export class ExportsCard extends EntryCard<Export[]> {
  static override styles = [...EntryCard.styles, listStyles];

  protected readonly command = EXPORTS;
  protected readonly which = "no_answer";

  getCardSize() {
    return 2;
  }

  protected override content(exports: Export[]): TemplateResult {
    const { t, format } = this;
    const items = exports.map((one): Item => {
      const { level, ...text } = exportText(one, t, format);
      return { ...text, icon: icon(ICONS[level], level) };
    });
    return html`
      <div class="head"><h2>${t("exports")}</h2></div>
      ${items.length ? list(items) : this.message("no_export")}
    `;
  }
}
