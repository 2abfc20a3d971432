/** A card that shows the change log, or a part of it. */

import type { TemplateResult } from "lit";
import { askChanges } from "../../data/ask";
import type { Changes, Live } from "../../data/contract";
import { AskingCard } from "../asking_card";

export abstract class ChangesCard extends AskingCard {
  protected changes(live: Live): Changes | null {
    const { language } = this.hass!.locale;
    const dependsOn = [language, live.changes_at];
    return this.asked("changes", dependsOn.join(), (hass, id) => askChanges(hass, id, language));
  }

  /** In place of the changes; a form stands beside it, so it keeps no height. */
  protected unanswered(): TemplateResult {
    return this.message(this.hasFailed("changes") ? "no_answer" : "loading");
  }
}
