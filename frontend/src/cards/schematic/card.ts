/** The card with the living schematic. */

import {
  mdiAlertCircle,
  mdiCheckCircle,
  mdiBathtubOutline,
  mdiHeatWave,
  mdiHelp,
  mdiSnowflakeVariant,
  mdiSnowflakeMelt,
  mdiMoonWaningCrescent,
} from "@mdi/js";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Live } from "../../data/contract";
import { inOne, type Quantity } from "../../lib/format";
import type { Translate } from "../../lib/texts/texts";
import { SizedCard } from "../sized_card";
import { drawing, drawingStyles } from "./draw";
import { type Layout, LAYOUTS, layoutName, sceneOf } from "./layouts";
import { type Picture, picture, type Tone } from "./model";

const ICONS: Record<Tone, string> = {
  heating: mdiHeatWave,
  hot_water: mdiBathtubOutline,
  cooling: mdiSnowflakeVariant,
  defrost: mdiSnowflakeMelt,
  standby: mdiMoonWaningCrescent,
  unknown: mdiHelp,
};
/** Where the integration is configured. */
const SETTINGS = "/config/integrations/integration/heatpump_monitor";
/** Of a card on the narrowest phone. */
const LEAST_PX = 252;
/** Ages like "4 s ago" grow while nothing comes. */
const CLOCK_MS = 5000;

export class SchematicCard extends SizedCard {
  static override styles = [
    ...SizedCard.styles,
    drawingStyles,
    css`
      .top {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 16px;
        align-items: flex-start;
        margin-bottom: 12px;
      }
      .mode {
        display: flex;
        gap: 12px;
        align-items: center;
        flex: 1 1 auto;
        min-width: 0;
      }
      .badge {
        width: 40px;
        height: 40px;
        border-radius: 20px;
        flex: none;
        display: grid;
        place-items: center;
      }
      .title {
        font-size: 20px;
        line-height: 24px;
      }
      .statuses {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
        font-size: 12px;
      }
      .status {
        display: inline-flex;
        gap: 5px;
        align-items: center;
      }
      .remedy {
        flex-wrap: wrap;
      }
      a {
        /* Large enough for a finger, without moving what is around it. */
        margin: -12px 0;
        padding: 12px 0;
        color: var(--primary-color, #009ac7);
      }
      .status svg {
        width: 15px;
      }
    `,
  ];
  static override properties = {
    ...SizedCard.properties,
    layout: { state: true },
    now: { state: true },
  };

  declare private layout: Layout | null;
  declare private now: Date;
  #layoutName: keyof typeof LAYOUTS | null = null;
  #clock: ReturnType<typeof setInterval> | null = null;
  readonly #onVisibility = () => this.#run();

  getCardSize() {
    return 8;
  }

  constructor() {
    super();
    this.layout = null;
    this.now = new Date();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#onVisibility);
    this.#run();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#onVisibility);
    if (this.#clock) clearInterval(this.#clock);
    this.#clock = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    void this.#load(layoutName(this.width));
  }

  protected override content(live: Live): TemplateResult {
    const now = new Date(Math.max(this.now.getTime(), new Date(live.time).getTime()));
    const shown = picture(live, now, this.t, this.format);
    const words = describe(shown, this.t);
    const width = Math.max(this.width, LEAST_PX);
    return html`
      <div class="top">
        <div class="mode">
          <div
            class="badge"
            style="background: color-mix(in srgb, var(--hp-${shown.tone}) 18%, transparent)"
          >
            ${iconOf(
              ICONS[shown.tone],
              // The colour of what rests is made for lines, too pale for an icon.
              `var(--hp-${shown.tone === "standby" ? "quiet" : shown.tone})`,
              24,
            )}
          </div>
          <div>
            <div class="title">${shown.title}</div>
            <div class="quiet">${shown.subtitle}</div>
          </div>
        </div>
        <div class="statuses">
          ${shown.statuses.map(
            (each) => html`<span class="status">
              ${iconOf(
                each.isGood ? mdiCheckCircle : mdiAlertCircle,
                `var(--hp-${each.isGood ? "good" : "warning"})`,
                15,
              )}
              <span>${each.name} <span class="quiet">${each.text}</span></span>
            </span>`,
          )}
          <span class="quiet">${shown.calls}</span>
          ${shown.remedy ? remedyOf(shown.remedy) : nothing}
          ${live.alarms.length ? alarmsOf(live) : nothing}
        </div>
      </div>
      ${this.layout ? drawing(sceneOf(this.layout, shown, width, this.t), words) : nothing}
    `;
  }

  /** Until another layout is there, the one before goes on. */
  async #load(name: keyof typeof LAYOUTS): Promise<void> {
    if (name === this.#layoutName) return;
    this.#layoutName = name;
    const layout = await LAYOUTS[name]();
    if (name === this.#layoutName) this.layout = layout;
  }

  #run(): void {
    this.toggleAttribute("still", document.hidden);
    if (this.#clock) clearInterval(this.#clock);
    this.#clock = document.hidden
      ? null
      : setInterval(() => (this.now = new Date()), CLOCK_MS);
  }
}

/** The picture in one sentence, for who cannot see it. */
function describe(p: Picture, t: Translate): string {
  const named = (name: string, quantity: Quantity) =>
    quantity.text ? `${name} ${inOne(quantity)}` : "";
  return [
    p.title,
    `COP ${p.cop.text}`,
    ...p.cop.note,
    named(p.heatNote, p.heatPower),
    named(t("electricity_in"), p.electricityPower),
    p.own,
    named(p.source.name, p.source.inlet),
    named(t("supply"), p.supply),
    p.hotWater ? named(p.hotWater.name, p.hotWater.celsius) : "",
  ]
    .filter(Boolean)
    .join(", ");
}

function remedyOf({ text, link }: NonNullable<Picture["remedy"]>): TemplateResult {
  return html`<span class="status remedy">
    ${iconOf(mdiAlertCircle, "var(--hp-warning)", 15)}
    <span>${text}:</span>
    <a href=${SETTINGS}>${link}</a>
  </span>`;
}

/** What is raised, which leads to the view that says what to do. */
function alarmsOf({ alarms }: Live): TemplateResult {
  const names = new Set(alarms.map(({ name }) => name));
  const path = location.pathname.replace(/\/now(-\d+)?$/, "/health$1");
  return html`<span class="status">
    ${iconOf(mdiAlertCircle, "var(--hp-warning)", 15)}
    <a href=${path}>${[...names].join(", ")}</a>
  </span>`;
}

function iconOf(path: string, fill: string, size: number): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true" style="width: ${size}px">
    <path d=${path} fill=${fill}></path>
  </svg>`;
}
