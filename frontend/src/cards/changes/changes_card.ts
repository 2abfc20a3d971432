/** A card that shows the change log, or a part of it. */

import type { PropertyValues, TemplateResult } from "lit";
import { askChanges } from "../../data/ask";
import type { Changes, Live } from "../../data/contract";
import type { CardConfig, HomeAssistant } from "../../lib/hass";
import { AskingCard, hourOf } from "../asking_card";

const DOMAIN = "heatpump_monitor";

/** How often a note was written on this page: all cards ask again then. */
let written = 0;
const cards = new Set<ChangesCard>();

export function askAgain(): void {
  written += 1;
  for (const card of cards) card.requestUpdate();
}

export abstract class ChangesCard extends AskingCard {
  #entities: HomeAssistant["entities"];
  #event: string | undefined;

  override setConfig(config: CardConfig): void {
    super.setConfig(config);
    this.#entities = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    cards.add(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cards.delete(this);
  }

  /** The event entity says when something was changed. */
  protected override shouldUpdate(changed: PropertyValues): boolean {
    const before = changed.get("hass") as HomeAssistant | undefined;
    return super.shouldUpdate(changed) || this.#newest(before) !== this.#newest(this.hass);
  }

  protected changes(live: Live): Changes | null {
    const { language } = this.hass!.locale;
    // What changes did is looked at once a day, some time after midnight.
    const dependsOn = [language, written, this.#newest(this.hass), hourOf(live.time)];
    return this.asked("changes", dependsOn.join(), (hass, id) => askChanges(hass, id, language));
  }

  /** In place of the changes; a form stands beside it, so it keeps no height. */
  protected unanswered(): TemplateResult {
    return this.message(this.hasFailed("changes") ? "no_answer" : "loading");
  }

  #newest(hass: HomeAssistant | undefined): string | undefined {
    const id = this.#eventOf(hass);
    return id && hass?.states?.[id]?.state;
  }

  #eventOf(hass: HomeAssistant | undefined): string | undefined {
    const entities = hass?.entities;
    if (!entities || entities === this.#entities) return this.#event;
    this.#entities = entities;
    // Hundreds of entities: they are looked through only when they change.
    const entry = this.config?.entry_id;
    this.#event = Object.keys(entities).find((id) => {
      const { platform, translation_key, device_id = "" } = entities[id]!;
      return (
        platform === DOMAIN &&
        translation_key === "change" &&
        id.startsWith("event.") &&
        (!entry || hass.devices?.[device_id]?.primary_config_entry === entry)
      );
    });
    return this.#event;
  }
}
