/** The card with all that can ring. */

import { mdiAlert } from "@mdi/js";
import { css, html, nothing, type TemplateResult } from "lit";
import type { Probe } from "../../data/contract";
import { icon, rowStyles } from "../flags/list";
import { type AlarmRow, alarmsOf } from "./model";
import { ProbeCard } from "./probe_card";
import { rowButtonStyles } from "./styles";

export class ProbeAlarmsCard extends ProbeCard {
  static override styles = [
    ...ProbeCard.styles,
    rowStyles,
    rowButtonStyles,
    css`
      .raised {
        font-weight: 500;
      }
      svg {
        flex: none;
        width: 20px;
      }
    `,
  ];

  getCardSize() {
    return 3;
  }

  protected override content(probes: Probe[]): TemplateResult {
    const { t, format } = this;
    const rows = alarmsOf(probes, t, format);
    return html`<div class="head"><h2>${t("probe_alarms")}</h2></div>
      ${
        rows.length
          ? html`<ul>
              ${rows.map((row) => html`<li>${this.#row(row)}</li>`)}
            </ul>`
          : this.message("no_probe_alarms")
      }`;
  }

  /** Who presses it sets the alarm in Home Assistant's own dialog. */
  #row({ text, detail, isRaised, entity }: AlarmRow): TemplateResult {
    return html`<button type="button" class=${isRaised ? "raised" : ""}
      ?disabled=${!entity} @click=${() => this.#open(entity)}
    >
      ${isRaised ? icon(mdiAlert, "warning") : nothing}<span>${text}</span> <span class="quiet">${detail}</span>
    </button>`;
  }

  #open(entityId: string | undefined): void {
    const detail = { entityId };
    const more = { detail, bubbles: true, composed: true };
    this.dispatchEvent(new CustomEvent("hass-more-info", more));
  }
}
