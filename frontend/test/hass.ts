/** What cards are given of Home Assistant. */

import { Format } from "../src/lib/format";
import type { HomeAssistant, Locale } from "../src/lib/hass";
import { translator } from "../src/lib/texts";

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
    config: { time_zone: "Europe/Berlin", currency: "EUR", latitude: 50 },
  };
}

export const english = { t: translator("en"), f: new Format(localeOf("en-GB")) };
