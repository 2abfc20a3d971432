/**
 * Loaded by Home Assistant on every page: only registers, so that it is small and in
 * time (a strategy has to be there within five seconds). All else is loaded when used.
 */

import type { CardConfig, HomeAssistant } from "./lib/hass";
import type { CARD_TEXTS } from "./lib/texts/cards";

interface CardElement extends HTMLElement {
  hass?: HomeAssistant;
  setConfig(config: CardConfig): void;
  getCardSize?(): number;
  getGridOptions?(): object;
}

interface CardClass {
  new (): CardElement;
  getConfigForm?(): object;
  getStubConfig?(hass: HomeAssistant): object;
}

type Named = keyof typeof CARD_TEXTS;

interface Suggestion {
  label: string | undefined;
  config: CardConfig;
}

declare global {
  interface Window {
    customCards?: ListedCard[];
    customStrategies?: object[];
  }
}

const PREFIX = "heatpump-monitor";
const DOMAIN = "heatpump_monitor";
const DOCUMENTATION = "https://github.com/heatpump-monitor/heatpump-monitor#dashboard";

/** A card: its code, the entities that it is suggested for, and whether it previews. */
interface Card {
  load: () => Promise<CardClass>;
  /** Keys of our entities. */
  shows?: RegExp;
  /** Only pictures: to see any, each has to be loaded when the card picker opens. */
  preview?: boolean;
}

/** What only heat pumps have, house meters, exports and probes: keys of our entities. */
const EFFICIENCY = /^(mode|cop\w*|jaz_\w+)$/;
const QUARTERS = /^(quarter_|month_peak|billing_peak)/;
const EXPORTS = /^(unsent_points|oldest_unsent|last_export|dropped_points|export_connected)$/;
const TARGETS = /^(time_to_target|ready_at|session)$/;

const CARDS: Record<Exclude<Named, "dashboard">, Card> = {
  schematic: {
    load: async () => (await import("./cards/schematic/card")).SchematicCard,
    shows: /^(mode|power|thermal_power|(supply|return|buffer)_temperature|compressor|modulation|cop)$/,
    preview: true,
  },
  today: {
    load: async () => (await import("./cards/today/card")).TodayCard,
    shows: /_today$/,
    preview: true,
  },
  jaz: {
    load: async () => (await import("./cards/jaz/card")).JazCard,
    shows: /^jaz_/,
    preview: true,
  },
  usual: {
    load: async () => (await import("./cards/usual/card")).UsualCard,
    shows: /^cop_today$/,
    preview: true,
  },
  months: {
    load: async () => (await import("./cards/months/card")).MonthsCard,
    shows: /_(month|year)$/,
    preview: true,
  },
  modes: {
    load: async () => (await import("./cards/modes/card")).ModesCard,
    shows: /^jaz_(heating|hot_water)$/,
  },
  scatter: {
    load: async () => (await import("./cards/scatter/card")).ScatterCard,
    shows: /^(outside|supply)_temperature$/,
    preview: true,
  },
  sankey: {
    load: async () => (await import("./cards/sankey/card")).SankeyCard,
    shows: /^heat_(today|total)$/,
    preview: true,
  },
  cost: {
    load: async () => (await import("./cards/cost/card")).CostCard,
    shows: /^((grid_|own_)?cost_|own_electricity|co2_|heat_price$)/,
  },
  expected: {
    load: async () => (await import("./cards/expected/card")).ExpectedCard,
    shows: /^(expected_cop|efficiency_index|share_of_carnot|fleet_percentile)$/,
  },
  compare: {
    load: async () => (await import("./cards/compare/card")).CompareCard,
    shows: /^cop_month$/,
  },
  demand: {
    load: async () => (await import("./cards/demand/card")).DemandCard,
    shows: /^outside_temperature$/,
  },
  picker: {
    load: async () => (await import("./cards/picker/card")).PickerCard,
  },
  "last-day": {
    load: async () => (await import("./cards/last_day/card")).LastDayCard,
    shows: /^(thermal_)?power$/,
    preview: true,
  },
  runs: {
    load: async () => (await import("./cards/runs/card")).RunsCard,
    shows: /^(compressor|compressor_starts|starts_today|cycle_length|run_hours)$/,
    preview: true,
  },
  cycling: {
    load: async () => (await import("./cards/cycling/card")).CyclingCard,
    shows: /^(compressor_starts|starts_today|cycle_length)$/,
  },
  charges: {
    load: async () => (await import("./cards/charges/card")).ChargesCard,
    shows: /^hot_water_/,
  },
  alarms: {
    load: async () => (await import("./cards/alarms/card")).AlarmsCard,
    shows: /^alarm/,
  },
  calendar: {
    load: async () => (await import("./cards/calendar/card")).CalendarCard,
    shows: /^(coverage|jaz_measured_days|history_to_recover)$/,
    preview: true,
  },
  maker: {
    load: async () => (await import("./cards/maker/card")).MakerCard,
    shows: /^(manufacturer_spf|spf_difference)$/,
  },
  calls: {
    load: async () => (await import("./cards/calls/card")).CallsCard,
    shows: /^api_/,
  },
  sources: {
    load: async () => (await import("./cards/sources/card")).SourcesCard,
    shows: /_(connected|last_reading)$/,
  },
  exports: {
    load: async () => (await import("./cards/exports/exports")).ExportsCard,
    shows: EXPORTS,
  },
  "heating-curve": {
    load: async () => (await import("./cards/heating_curve/card")).HeatingCurveCard,
    shows: /^supply_temperature$/,
  },
  "changes-effect": {
    load: async () => (await import("./cards/changes_effect/card")).ChangesEffectCard,
    shows: /^change(_effect)?$/,
  },
  "change-log": {
    load: async () => (await import("./cards/change_log/card")).ChangeLogCard,
    shows: /^change$/,
  },
  flags: {
    load: async () => (await import("./cards/flags/card")).FlagsCard,
    shows: /^finding$/,
  },
  quarter: {
    load: async () => (await import("./cards/house_meter/house_cards")).QuarterCard,
    shows: QUARTERS,
    preview: true,
  },
  "peak-days": {
    load: async () => (await import("./cards/house_meter/house_cards")).PeakDaysCard,
    shows: QUARTERS,
  },
  peaks: {
    load: async () => (await import("./cards/house_meter/house_cards")).PeaksCard,
    shows: QUARTERS,
  },
  probes: {
    load: async () => (await import("./cards/probes/probe_cards")).ProbesCard,
    shows: TARGETS,
    preview: true,
  },
  "probe-alarms": {
    load: async () => (await import("./cards/probes/probe_cards")).ProbeAlarmsCard,
    shows: TARGETS,
  },
  "probe-sessions": {
    load: async () => (await import("./cards/probes/probe_cards")).ProbeSessionsCard,
    shows: TARGETS,
  },
};

/** Home Assistant writes the user's language into the page once it knows it. */
function inPageLanguage([en, de]: readonly [en: string, de: string]): string {
  return document.documentElement.lang.startsWith("de") ? de : en;
}

const RELOAD = [
  "This page is older than the heat pump integration: please reload it.",
  "Diese Seite ist älter als die Integration der Wärmepumpe: bitte neu laden.",
] as const;

/** What the entry of a card has. */
function kindOf({ shows }: Card): RegExp {
  return [QUARTERS, EXPORTS, TARGETS].find((kind) => kind === shows) ?? EFFICIENCY;
}

/** The setting that names an entry of a kind: the given, or the first of several. */
function whichOf(
  hass: HomeAssistant,
  kind: RegExp,
  deviceId?: string,
): Pick<CardConfig, "entry_id"> {
  const { entities = {}, devices = {} } = hass;
  const entryOf = (device = "") => devices[device]?.primary_config_entry ?? undefined;
  const found = new Set(
    Object.values(entities)
      .filter(({ platform }) => platform === DOMAIN)
      .filter(({ translation_key = "" }) => kind.test(translation_key))
      .map(({ device_id }) => entryOf(device_id)),
  );
  found.delete(undefined);
  const [first] = found;
  const entry_id = entryOf(deviceId) ?? first;
  return found.size > 1 && entry_id ? { entry_id } : {};
}

/** Stands in for a card until its code is there. */
function standIn(card: Card): CardClass {
  let loading: Promise<CardClass> | undefined;
  const once = () => (loading ??= card.load());
  return class extends HTMLElement implements CardElement {
    #card?: CardElement;
    #config?: CardConfig;
    #hass?: HomeAssistant;

    static async getConfigForm() {
      return (await once()).getConfigForm?.();
    }

    static getStubConfig(hass: HomeAssistant) {
      return whichOf(hass, kindOf(card));
    }

    connectedCallback() {
      this.style.display = "block";
      this.style.height = "100%";
      once().then(
        (Card) => this.#show(Card),
        () => {
          // An update took the code of the page that is open.
          loading = undefined;
          this.textContent = inPageLanguage(RELOAD);
        },
      );
    }

    #show(Card: CardClass) {
      if (this.#card) return;
      const tag = `${this.localName}-card`;
      if (!customElements.get(tag)) customElements.define(tag, Card);
      this.#card = new Card();
      if (this.#config) this.#card.setConfig(this.#config);
      if (this.#hass) this.#card.hass = this.#hass;
      this.replaceChildren(this.#card);
      // Home Assistant asks for the size again then.
      this.dispatchEvent(new Event("ll-upgrade"));
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

/** Only who edits a dashboard reads the names: they are loaded after the page. */
const NAMES_AFTER_MS = 3000;
let names: typeof CARD_TEXTS | undefined;
setTimeout(() => {
  import("./lib/texts/cards").then(
    ({ CARD_TEXTS }) => (names = CARD_TEXTS),
    () => undefined,
  );
}, NAMES_AFTER_MS);

/** What is picked, by its names in the language that the page has then. */
class Listed {
  readonly documentationURL = DOCUMENTATION;
  readonly #key: Named;

  constructor(key: Named) {
    this.#key = key;
  }

  get name() {
    return names && inPageLanguage(names[this.#key][0]);
  }

  get description() {
    return names && inPageLanguage(names[this.#key][1]);
  }
}

class ListedCard extends Listed {
  readonly type: string;
  readonly preview: boolean;
  readonly #card: Card;

  constructor(key: keyof typeof CARDS) {
    super(key);
    this.#card = CARDS[key];
    this.type = `${PREFIX}-${key}`;
    this.preview = this.#card.preview ?? false;
  }

  getEntitySuggestion(hass: HomeAssistant, entityId: string): Suggestion | null {
    const entity = hass.entities?.[entityId];
    if (entity?.platform !== DOMAIN || !this.#card.shows?.test(entity.translation_key ?? "")) {
      return null;
    }
    const which = whichOf(hass, kindOf(this.#card), entity.device_id);
    const config = { type: `custom:${this.type}`, ...which };
    return { label: this.name, config };
  }
}

class ListedStrategy extends Listed {
  readonly type = PREFIX;
  readonly strategyType = "dashboard";
}

function registerAll(): void {
  window.customCards ??= [];
  for (const [key, card] of Object.entries(CARDS)) {
    const type = `${PREFIX}-${key}`;
    register(type, standIn(card));
    if (window.customCards.some((each) => each.type === type)) continue;
    window.customCards.push(new ListedCard(key as keyof typeof CARDS));
  }

  register(
    `ll-strategy-dashboard-${PREFIX}`,
    class extends HTMLElement {
      static readonly registryDependencies = ["entities"];

      static async generate(config: object, hass: HomeAssistant) {
        return (await import("./strategy/dashboard")).generate(config, hass);
      }
    },
  );
  register(
    `ll-strategy-view-${PREFIX}`,
    class extends HTMLElement {
      static readonly registryDependencies = ["entities"];

      static async generate(config: object, hass: HomeAssistant) {
        return (await import("./strategy/dashboard")).generateView(config, hass);
      }
    },
  );

  window.customStrategies ??= [];
  window.customStrategies.push(new ListedStrategy("dashboard"));
}

// While it starts, Home Assistant 2026.10 puts its own registry of elements in place of the
// browser's, and does not see what was registered before.
void customElements.whenDefined("home-assistant").then(registerAll);
