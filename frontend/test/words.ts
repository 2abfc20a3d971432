/** English and German words and figures for tests of models. */

import { Format } from "../src/lib/format";
import { translator } from "../src/lib/texts";

export function wordsOf(language: "en" | "de") {
  const locale = {
    language,
    number_format: "language",
    time_format: "language",
    date_format: "language",
    time_zone: "server",
  };
  const config = { time_zone: "Europe/Berlin", currency: "EUR", latitude: 50 };
  return { t: translator(language), f: new Format({ locale, config }) };
}
