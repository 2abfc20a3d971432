/** The card with the alarms: raised now, over, and what is watched. */

import { mdiAlert, mdiAlertOctagon, mdiCheckCircle, mdiHistory, mdiInformation } from "@mdi/js";
import { css, html, nothing, type TemplateResult } from "lit";
import type { Alarms, Live, RaisedAlarm } from "../../data/contract";
import "../../lib/texts/health";
import { HealthCard } from "../sources/health_card";
import { icon, type Item, list, listStyles } from "../flags/list";
import { overText, raisedText, watchedText } from "./model";

const ICONS: Record<RaisedAlarm["severity"], [path: string, colour: string]> = {
  fault: [mdiAlertOctagon, "limit"],
  warning: [mdiAlert, "warning"],
  notice: [mdiInformation, "quiet"],
};

export class AlarmsCard extends HealthCard {
  static override styles = [
    ...HealthCard.styles,
    listStyles,
    css`
      .raised li span:not(.quiet),
      .good {
        font-weight: 500;
      }
      .raised .line {
        font-size: 14px;
      }
      .raised .line:not(:last-child) {
        color: var(--hp-ink);
      }
      p {
        margin: 4px 0 0;
      }
    `,
  ];

  getCardSize() {
    return 3;
  }

  protected override content(live: Live): TemplateResult {
    const { t, format } = this;
    const health = this.health(live);
    const raised = live.alarms.map((alarm): Item => ({
      ...raisedText(alarm, t, format),
      icon: icon(...ICONS[alarm.severity]),
    }));
    return html`
      <div class="head">
        <h2>${t("alarms")}</h2>
        ${raised.length
          ? html`<span class="quiet">${t("alarms_raised", { count: raised.length })}</span>`
          : nothing}
      </div>
      <div class="raised" role="status">
        ${raised.length
          ? list(raised)
          : html`<p class="good">${icon(mdiCheckCircle, "good")}${t("no_alarm")}</p>`}
      </div>
      ${health ? this.#around(health.alarms) : this.hasFailed() ? this.message("no_answer") : nothing}
    `;
  }

  #around(alarms: Alarms): TemplateResult {
    const { t, format } = this;
    const over = alarms.over.map((alarm): Item => ({
      ...overText(alarm, t, format),
      icon: icon(mdiHistory, "quiet"),
    }));
    return html`
      ${over.length ? html`<h3>${t("happened")}</h3>${list(over)}` : nothing}
      ${watchedText(alarms, t, format).map((line) => html`<p class="quiet">${line}</p>`)}
    `;
  }
}
