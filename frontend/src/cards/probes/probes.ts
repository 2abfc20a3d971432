/** The card with each probe: when is it ready? */

import { mdiAlertCircle, mdiThermometerProbe } from "@mdi/js";
import { css, html, nothing, type TemplateResult } from "lit";
import type { Probe } from "../../data/contract";
import type { CardConfig, EntityState } from "../../lib/hass";
import { Readout } from "../../lib/readout";
import { icon } from "../flags/list";
import { AROUND_PX } from "../sized_card";
import { drawCurve } from "./curve";
import { aimOf, curveOf, sinceOf, statusOf, temperatureNow } from "./model";
import { ProbeCard } from "./probe_card";

const GAP_PX = 8;
const LEAST_FRAME_PX = 300;

interface Config extends CardConfig {
  /** The key or the name of the only probe that is shown. */
  probe?: string;
}

export class ProbesCard extends ProbeCard {
  static override styles = [
    ...ProbeCard.styles,
    css`
      .frames {
        display: grid;
        gap: ${GAP_PX}px;
      }
      .frames .card {
        height: auto;
      }
      .name,
      .foot,
      .controls,
      .foot strong {
        display: flex;
        gap: 0 12px;
        align-items: center;
      }
      .name div {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .name .quiet {
        display: block;
      }
      .name b {
        font-weight: 400;
        font-size: 24px;
      }
      small {
        color: var(--hp-quiet);
        font-size: 75%;
      }
      .name svg,
      .foot svg {
        flex: none;
        width: 20px;
      }
      .name svg {
        box-sizing: border-box;
        width: 40px;
        padding: 10px;
        border-radius: 50%;
        background: color-mix(in srgb, var(--hp-ink) 6%, transparent);
      }
      .foot,
      .controls {
        flex-wrap: wrap;
        row-gap: 8px;
        justify-content: space-between;
      }
      .foot strong {
        gap: 8px;
        margin-left: auto;
        font-weight: 500;
      }
      .controls {
        margin-top: 8px;
      }
      input,
      button {
        box-sizing: border-box;
        min-height: 44px;
        padding: 0 12px;
        color: inherit;
        background: none;
        border: 1px solid var(--hp-unknown);
        border-radius: 22px;
        font: inherit;
      }
      input {
        width: 80px;
        margin: 0 4px 0 8px;
        border-radius: 8px;
        /* Below 16 px, a phone enlarges the whole page while one writes. */
        font-size: 16px;
        color-scheme: inherit;
      }
      button {
        margin-left: auto;
        cursor: pointer;
      }
      .session {
        display: flex;
        flex: 0 0 100%;
        align-items: center;
      }
      .session input {
        flex: 1;
        min-width: 0;
        margin-right: 0;
      }
    `,
  ];
  protected declare config?: Config;
  readonly #readouts = new Map<string, Readout>();

  getCardSize() {
    return 5;
  }

  override getGridOptions() {
    return { columns: "full" as const };
  }

  protected override frame(probes: Probe[]): TemplateResult {
    const wanted = this.config?.probe;
    const shown = wanted ? probes.filter(({ key, name }) => [key, name].includes(wanted)) : probes;
    if (!shown.length) return html`<div class="card">${this.message("no_probes")}</div>`;
    const room = this.width + AROUND_PX + GAP_PX;
    const columns = Math.max(Math.min(Math.floor(room / (LEAST_FRAME_PX + GAP_PX)), shown.length), 1);
    const width = Math.floor(room / columns) - GAP_PX - AROUND_PX;
    return html`<div class="frames" style="grid-template-columns: repeat(${columns}, 1fr)">
      ${shown.map((probe) => html`<div class="card">${this.#probe(probe, width)}</div>`)}
    </div>`;
  }

  protected override content(): TemplateResult {
    return html``;
  }

  #probe(probe: Probe, width: number): TemplateResult {
    const { t, format } = this;
    const { key, name, temperature_c } = probe;
    const readout = this.#readouts.get(key) ?? new Readout(this);
    this.#readouts.set(key, readout);
    const [now, status] = [temperatureNow(probe, format), statusOf(probe, t, format)];
    const aim = aimOf(probe, t, format);
    return html`<div class="name">
        ${icon(mdiThermometerProbe, "quiet")}
        <div>
          <h2>${name}</h2>
          <span class="quiet">${aim}</span>
        </div>
        <b>${now}\u00a0<small>${temperature_c === null ? nothing : format.degreeUnit}</small></b>
      </div>
      ${
        probe.curve.length
          ? drawCurve({
              curve: curveOf(probe, Date.now()),
              width,
              says: [name, now, aim, status.text].join(", "),
              name,
              readout,
              t,
              format,
            })
          : nothing
      }
      <div class="foot">
        <span class="quiet">${sinceOf(probe, t, format)}</span>
        <strong role="status"
          >${status.isWarning ? icon(mdiAlertCircle, "warning") : nothing}${status.text}</strong
        >
      </div>
      ${this.#controls(probe)}`;
  }

  #controls(probe: Probe): TemplateResult {
    const { t } = this;
    const { name, entities, session } = probe;
    const action = session ? "stop_session" : "start_session";
    const { target, session_running } = entities;
    const state = target && this.hass?.states?.[target];
    return html`<div class="controls">
      ${state ? this.#target(probe, target, state) : nothing}
      ${
        session_running
          ? html`<button type="button" aria-label="${t(action)}: ${name}"
              @click=${() => this.#call("switch", session ? "turn_off" : "turn_on", session_running)}
            >
              ${t(action)}
            </button>`
          : nothing
      }
      ${this.#name(probe)}
    </div>`;
  }

  /** An empty field switches the target off: what was entered last is kept. */
  #target({ name, entities, settings }: Probe, target: string, state: EntityState): TemplateResult {
    const { min, max, step, unit_of_measurement } = state.attributes;
    const change = ({ value, validity }: HTMLInputElement) => {
      if (value) {
        if (validity.valid) this.#call("number", "set_value", target, { value: Number(value) });
      } else if (!validity.badInput && entities["target_alarm"]) {
        this.#call("switch", "turn_off", entities["target_alarm"]);
      }
    };
    return html`<label
      >${this.t("set_target")}<input type="number" aria-label="${this.t("set_target")}: ${name}"
        min=${min} max=${max} step=${step}
        .value=${settings.target_c === null ? "" : state.state}
        @change=${({ target }: Event) => change(target as HTMLInputElement)}
      />${unit_of_measurement}</label
    >`;
  }

  /** How the session that goes on is called. */
  #name({ name, entities, session }: Probe): TemplateResult | typeof nothing {
    const { session_name } = entities;
    if (!session || !session_name) return nothing;
    const change = (value: string) => {
      if (value.trim()) this.#call("text", "set_value", session_name, { value });
    };
    return html`<label class="session"
      >${this.t("session_name")}<input maxlength="100" aria-label="${this.t("session_name")}: ${name}"
        .value=${session.name}
        @change=${({ target }: Event) => change((target as HTMLInputElement).value)}
    /></label>`;
  }

  /** Home Assistant shows by itself what went wrong. */
  #call(domain: string, action: string, entity_id: string, data: object = {}): void {
    this.hass?.callService?.(domain, action, { entity_id, ...data }).catch(() => undefined);
  }
}
