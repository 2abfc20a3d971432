/** What all cards have in common: what they show, the words and the form of figures. */

import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import type { Live } from "../data/contract";
import { type Failure, listen, type Listener } from "../data/live";
import type { Form } from "../lib/form";
import { Format } from "../lib/format";
import type { CardConfig, HomeAssistant } from "../lib/hass";
import { styles } from "../lib/styles";
import { type TextKey, type Translate, translator } from "../lib/texts/texts";

/** Of a heat pump, or of an entry of another kind that sends `D`. */
export abstract class HeatpumpCard<D = Live> extends LitElement {
  static override styles = [styles];
  static override properties = {
    hass: { attribute: false },
    live: { state: true },
    failure: { state: true },
  };

  declare hass?: HomeAssistant;
  declare protected live: D | null;
  declare protected failure: Failure | null;
  protected config?: CardConfig;
  protected t: Translate = translator("en");
  protected format!: Format;
  #stop: (() => void) | null = null;

  /** Only who edits a dashboard needs it. */
  static getConfigForm(): Form | Promise<Form> {
    return import("../lib/form").then(({ form }) => form());
  }

  static getStubConfig() {
    return {};
  }

  /** As a card of a section asks for it: a column, or half of one. */
  getGridOptions(): { columns: number | "full"; min_columns?: number } {
    return { columns: 12, min_columns: 6 };
  }

  constructor() {
    super();
    this.live = null;
    this.failure = null;
  }

  setConfig(config: CardConfig): void {
    this.config = config;
    this.#restart();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#restart();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stop = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { hass } = this;
    if (!changed.has("hass") || !hass) return;
    const before = changed.get("hass") as HomeAssistant | undefined;
    if (before?.locale !== hass.locale || before.config !== hass.config) {
      this.t = translator(hass.locale.language);
      this.format = new Format(hass);
    }
    this.toggleAttribute("dark", hass.themes.darkMode ?? false);
    // What is sent has words in the user's language.
    if (!this.#stop || before?.locale.language !== hass.locale.language) this.#restart();
  }

  /** Home Assistant's state changes many times a second; our figures come by themselves. */
  protected override shouldUpdate(changed: PropertyValues): boolean {
    if (changed.size > 1 || !changed.has("hass")) return true;
    const before = changed.get("hass") as HomeAssistant | undefined;
    const { hass } = this;
    return (
      before?.locale !== hass?.locale ||
      before?.config !== hass?.config ||
      before?.themes !== hass?.themes
    );
  }

  protected override render(): TemplateResult {
    if (this.live) return this.frame(this.live);
    return html`<div class="card">${this.message(this.reason)}</div>`;
  }

  protected frame(live: D): TemplateResult {
    return html`<div class="card">${this.content(live)}</div>`;
  }

  protected get reason(): TextKey {
    const isAny = this.config?.entry_id === undefined;
    return isAny && this.failure === "not_found" ? "no_heat_pump" : (this.failure ?? "loading");
  }

  protected message(key: TextKey): TemplateResult {
    return html`<p class="message">${this.t(key)}</p>`;
  }

  protected abstract content(live: D): TemplateResult;

  /** Listen to what is shown; return how to stop. */
  protected listen(hass: HomeAssistant, listener: Listener<D>): () => void {
    return listen(hass, this.config?.entry_id, listener as Listener<unknown>);
  }


  #restart(): void {
    this.#stop?.();
    this.#stop = null;
    if (!this.hass || !this.config || !this.isConnected) return;
    this.#stop = this.listen(this.hass, (live, failure) => {
      this.live = live;
      this.failure = failure;
    });
  }
}
