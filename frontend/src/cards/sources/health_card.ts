/** A card that shows how well the sources answer, or what is watched. */

import { askHealth } from "../../data/ask";
import type { Health, Live } from "../../data/contract";
import { AskingCard, hourOf } from "../asking_card";

export abstract class HealthCard extends AskingCard {
  /** All cards of a page share the answer. */
  protected health(live: Live): Health | null {
    const dependsOn = [hourOf(live.time), live.alarms_changed_at, this.hass?.locale.language];
    return this.asked("health", dependsOn.join(), askHealth);
  }
}
