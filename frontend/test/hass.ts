/** What cards are given of Home Assistant, in tests and in the preview. */

import type { Live } from "../src/data/contract";
import { Format } from "../src/lib/format";
import type { EntityState, HomeAssistant, Locale } from "../src/lib/hass";
import "../src/lib/texts/changes";
import "../src/lib/texts/efficiency";
import "../src/lib/texts/health";
import "../src/lib/texts/house_meter";
import "../src/lib/texts/marks";
import "../src/lib/texts/probes";
import "../src/lib/texts/runs";
import "../src/lib/texts/settings";
import { translator } from "../src/lib/texts/texts";

export function localeOf(
  language: string,
  more: Partial<Locale> = {},
): Pick<HomeAssistant, "locale" | "config"> {
  return {
    locale: {
      language,
      number_format: "language",
      time_format: "language",
      date_format: "language",
      time_zone: "server",
      ...more,
    },
    config: {
      time_zone: "Europe/Berlin",
      currency: "EUR",
      latitude: 50,
      unit_system: { temperature: "°C" },
    },
  };
}

/** The words and figures that models are given. */
export function wordsOf(language: string) {
  return { t: translator(language), f: new Format(localeOf(language)) };
}

export const english = wordsOf("en-GB");

/** The form of figures where temperatures are in °F. */
export function fahrenheit(): Format {
  const { locale, config } = localeOf("en-GB");
  return new Format({ locale, config: { ...config, unit_system: { temperature: "°F" } } });
}

export interface Message {
  type: string;
  first?: string;
  last?: string;
  [key: string]: unknown;
}

/** A heat pump: what it says, and what it answers. */
export interface Household {
  live: Live;
  answer?(message: Message): unknown;
  states?: Record<string, EntityState>;
}

/** A Home Assistant that sends what a heat pump says, and keeps what it is asked. */
export function homeOf(
  { live, answer, states = {} }: Household,
  { language = "en", darkMode = false, degrees = "°C" } = {},
) {
  const listeners = new Set<(live: Live) => void>();
  const asked: Message[] = [];
  const called: [domain: string, action: string, data: object][] = [];
  const { locale, config } = localeOf(language);
  const hass: HomeAssistant = {
    locale,
    config: { ...config, unit_system: { temperature: degrees } },
    connection: {
      subscribeMessage: (callback) => {
        const listener = callback as unknown as (live: Live) => void;
        listeners.add(listener);
        listener(live);
        return Promise.resolve(async () => {
          listeners.delete(listener);
        });
      },
      addEventListener: () => {},
      removeEventListener: () => {},
    },
    themes: { darkMode },
    states,
    callService: async (...call) => void called.push(call),
    services: { heatpump_monitor: { add_note: {}, edit_note: {} } },
    callWS: async <T>(message: Message) => {
      asked.push(message);
      if (!answer) throw new Error("nothing to ask");
      return answer(message) as T;
    },
  };
  const subscribed = () => listeners.size;
  return { hass, asked, called, subscribed, send: (next: Live) => listeners.forEach((listener) => listener(next)) };
}
