/**
 * Loaded by Home Assistant on every page: only registers, so that it is small and in
 * time (a strategy has to be there within five seconds). All else is loaded when used.
 */

import type { CardConfig, HomeAssistant } from "./lib/hass";

interface CardElement extends HTMLElement {
  hass?: HomeAssistant;
  setConfig(config: CardConfig): void;
  getCardSize?(): number;
  getGridOptions?(): object;
}

interface CardClass {
  new (): CardElement;
  getConfigForm?(): object;
  getStubConfig?(): object;
}

interface Listing {
  type: string;
  name: string;
  description: string;
  preview: boolean;
  documentationURL: string;
}

declare global {
  interface Window {
    customCards?: Listing[];
    customStrategies?: object[];
  }
}

const PREFIX = "heatpump-monitor";
const DOCUMENTATION = "https://github.com/heatpump-monitor/heatpump-monitor#dashboard";

/** Each card with its name and description in the card picker. */
const CARDS: Record<string, [load: () => Promise<CardClass>, name: string, about: string]> = {
  schematic: [
    async () => (await import("./cards/schematic/card")).SchematicCard,
    "Heat pump schematic",
    "What the heat pump does now, as a drawing: width is power",
  ],
  today: [
    async () => (await import("./cards/today/card")).TodayCard,
    "Heat pump today",
    "Electricity in, heat out and their ratio, on one scale",
  ],
  jaz: [
    async () => (await import("./cards/jaz/card")).JazCard,
    "Heat pump JAZ",
    "The seasonal performance factor, and how sure it is",
  ],
  usual: [
    async () => (await import("./cards/usual/card")).UsualCard,
    "Heat pump: is today usual?",
    "Today's COP among all days of the year",
  ],
  months: [
    async () => (await import("./cards/months/card")).MonthsCard,
    "Heat pump months",
    "Electricity and heat of each month, and their ratio",
  ],
  modes: [
    async () => (await import("./cards/modes/card")).ModesCard,
    "Heat pump by mode",
    "Heating, hot water, cooling and standby apart",
  ],
  scatter: [
    async () => (await import("./cards/scatter/card")).ScatterCard,
    "Heat pump COP against temperature",
    "What cold, or a high supply temperature, costs",
  ],
  sankey: [
    async () => (await import("./cards/sankey/card")).SankeyCard,
    "Heat pump heat flow",
    "Where the heat comes from and goes to",
  ],
  cost: [
    async () => (await import("./cards/cost/card")).CostCard,
    "Heat pump cost",
    "What electricity and heat cost, and their CO2",
  ],
  compare: [
    async () => (await import("./cards/compare/card")).CompareCard,
    "Heat pump: two periods",
    "This period beside the same one a year earlier",
  ],
  demand: [
    async () => (await import("./cards/demand/card")).DemandCard,
    "Heat pump: heat demand of the house",
    "Heating power against outside temperature, and what the house loses",
  ],
  picker: [
    async () => (await import("./cards/picker/card")).PickerCard,
    "Heat pump period",
    "Picks the period that the other cards show",
  ],
  "last-day": [
    async () => (await import("./cards/last_day/card")).LastDayCard,
    "Heat pump: last 24 hours",
    "Heat by mode and electricity of the last 24 hours",
  ],
  runs: [
    async () => (await import("./cards/runs/card")).RunsCard,
    "Heat pump: runs",
    "When the compressor ran in the last 7 days, and for how long",
  ],
  cycling: [
    async () => (await import("./cards/cycling/card")).CyclingCard,
    "Heat pump: cycling",
    "Whether the compressor starts too often",
  ],
  charges: [
    async () => (await import("./cards/charges/card")).ChargesCard,
    "Heat pump: hot-water charges",
    "Duration, electricity and COP of each charge",
  ],
  calendar: [
    async () => (await import("./cards/calendar/card")).CalendarCard,
    "Heat pump: coverage",
    "Which of the last 365 days were measured",
  ],
  maker: [
    async () => (await import("./cards/maker/card")).MakerCard,
    "Heat pump: manufacturer's JAZ",
    "The unit's own annual figures beside the measured ones",
  ],
  calls: [
    async () => (await import("./cards/calls/card")).CallsCard,
    "Heat pump: calls to the cloud",
    "How many calls of the budget are used",
  ],
  sources: [
    async () => (await import("./cards/sources/card")).SourcesCard,
    "Heat pump: sources",
    "How well meter and cloud answer",
  ],
  flags: [
    async () => (await import("./cards/flags/card")).FlagsCard,
    "Heat pump: flags",
    "What was wrong with the data",
  ],
};

/** Stands in for a card until its code is there. */
function standIn(load: () => Promise<CardClass>): CardClass {
  let loading: Promise<CardClass> | undefined;
  const once = () => (loading ??= load());
  return class extends HTMLElement implements CardElement {
    #card?: CardElement;
    #config?: CardConfig;
    #hass?: HomeAssistant;

    static async getConfigForm() {
      return (await once()).getConfigForm?.();
    }

    static getStubConfig() {
      return {};
    }

    connectedCallback() {
      this.style.display = "block";
      this.style.height = "100%";
      void once().then((Card) => {
        if (this.#card) return;
        const tag = `${this.localName}-card`;
        if (!customElements.get(tag)) customElements.define(tag, Card);
        this.#card = new Card();
        if (this.#config) this.#card.setConfig(this.#config);
        if (this.#hass) this.#card.hass = this.#hass;
        this.append(this.#card);
      });
    }

    setConfig(config: CardConfig) {
      this.#config = config;
      this.#card?.setConfig(config);
    }

    set hass(hass: HomeAssistant) {
      this.#hass = hass;
      if (this.#card) this.#card.hass = hass;
    }

    getCardSize() {
      return this.#card?.getCardSize?.() ?? 6;
    }

    getGridOptions() {
      return this.#card?.getGridOptions?.() ?? { columns: "full" };
    }
  };
}

function register(tag: string, element: CustomElementConstructor): void {
  // Two versions may be on one page after an update: the first stays until it reloads.
  if (!customElements.get(tag)) customElements.define(tag, element);
}

window.customCards ??= [];
for (const [key, [load, name, description]] of Object.entries(CARDS)) {
  const type = `${PREFIX}-${key}`;
  register(type, standIn(load));
  if (window.customCards.some((each) => each.type === type)) continue;
  window.customCards.push({
    type,
    name,
    description,
    preview: true,
    documentationURL: DOCUMENTATION,
  });
}

register(
  `ll-strategy-dashboard-${PREFIX}`,
  class extends HTMLElement {
    static async generate(config: object, hass: HomeAssistant) {
      return (await import("./strategy/dashboard")).generate(config, hass);
    }
  },
);
register(
  `ll-strategy-view-${PREFIX}`,
  class extends HTMLElement {
    static async generate(config: object, hass: HomeAssistant) {
      return (await import("./strategy/dashboard")).generateView(config, hass);
    }
  },
);

window.customStrategies ??= [];
window.customStrategies.push({
  type: PREFIX,
  strategyType: "dashboard",
  name: "Heat pump",
  description: "How efficient the heat pump is, what it does and what it costs",
  documentationURL: DOCUMENTATION,
});
