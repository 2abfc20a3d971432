/** The card with the sessions that have ended. */

import { html, nothing, type TemplateResult } from "lit";
import { askSessions } from "../../data/ask";
import type { Probe, Session } from "../../data/contract";
import { Readout } from "../../lib/readout";
import { rowStyles } from "../flags/list";
import { drawCurve } from "./curve";
import { curveOfSession, degrees } from "./model";
import { ProbeCard } from "./probe_card";
import { rowButtonStyles } from "./styles";

const MOST = 8;

export class ProbeSessionsCard extends ProbeCard {
  static override styles = [...ProbeCard.styles, rowStyles, rowButtonStyles];
  static override properties = { ...ProbeCard.properties, open: { state: true } };

  /** Of which session the curve is shown. */
  declare protected open: string | null;
  readonly #readout = new Readout(this);

  constructor() {
    super();
    this.open = null;
  }

  getCardSize() {
    return 4;
  }

  protected override content(probes: Probe[]): TemplateResult {
    const { t } = this;
    // One that ends is one that does not go on any more.
    const going = probes.map(({ session }) => session?.key).join();
    const sessions = this.asked("sessions", going, askSessions);
    if (!sessions) return this.waiting();
    const names = new Map(probes.map(({ key, name }) => [key, name]));
    return html`<div class="head"><h2>${t("sessions")}</h2></div>
      ${
        sessions.length
          ? html`<ul>
              ${sessions.slice(0, MOST).map((each) => this.#session(each, names.get(each.probe)))}
            </ul>`
          : this.message("no_sessions")
      }`;
  }

  #session(session: Session, probe: string | undefined): TemplateResult {
    const { t, format, width } = this;
    const { key, name, start, end, max_c } = session;
    const isOpen = key === this.open;
    const minutes = end && (Date.parse(end) - Date.parse(start)) / 60_000;
    const max = t("session_max", { value: degrees(max_c, format) });
    const about = [
      ...(probe && probe !== name ? [probe] : []),
      format.day(start),
      format.duration(minutes || null),
    ].join(" · ");
    return html`<li>
      <button type="button" aria-expanded=${isOpen} @click=${() => (this.open = isOpen ? null : key)}>
        <span>${name} <br /><span class="quiet">${about}</span></span> <span>${max}</span>
      </button>
      ${
        isOpen
          ? drawCurve({
              curve: curveOfSession(session),
              width,
              says: [name, about, max].join(", "),
              name,
              readout: this.#readout,
              t,
              format,
            })
          : nothing
      }
    </li>`;
  }
}
