/** Words of the cards of a house meter. */

import { addTexts, type Texts } from "./texts";

export const HOUSE_METER = {
  which_house_meter: [
    "Choose a house meter in the card's settings. If there is none, see Settings, Devices & services.",
    "In den Einstellungen der Karte einen Hauszähler wählen. Gibt es keinen: Einstellungen, Geräte & Dienste.",
  ],
  this_quarter: ["This quarter-hour", "Diese Viertelstunde"],
  time_left: ["{span}, {left} left", "{span}, noch {left}"],
  kw_expected: ["kW expected", "kW erwartet"],
  above_limit: ["above the limit", "über der Grenze"],
  above_billed: ["a new peak", "eine neue Spitze"],
  may_draw: ["you may draw", "noch frei"],
  expected_mark: ["expected {kw}", "erwartet {kw}"],
  limit_mark: ["limit {kw}", "Grenze {kw}"],
  billed_mark: ["billed anyway {kw}", "ohnehin berechnet {kw}"],
  heat_pump_kw: ["heat pump {kw}", "Wärmepumpe {kw}"],
  rest_kw: ["rest of the house {kw}", "übriges Haus {kw}"],
  house_kw: ["house {kw}", "Haus {kw}"],
  to_come_kw: ["to come {kw}", "folgt noch {kw}"],
  quarter_unknown: [
    "The meter was not seen for all of it. The next begins at {time}.",
    "Der Zähler war nicht die ganze Zeit zu sehen. Die nächste beginnt um {time}.",
  ],
  meter_silent: ["The meter is silent.", "Der Zähler ist stumm."],
  peak_of_days: ["Highest quarter-hour of each day", "Höchste Viertelstunde je Tag"],
  quarters_of: ["Quarter-hours of {day}", "Viertelstunden am {day}"],
  enter_chooses: [
    "{name}: arrow keys read the figures, Enter shows the day",
    "{name}: Pfeiltasten lesen die Werte, Eingabe zeigt den Tag",
  ],
  month_before: ["Month before", "Monat davor"],
  month_after: ["Month after", "Monat danach"],
  close: ["Close", "Schließen"],
  heat_pump_part: ["heat pump", "Wärmepumpe"],
  in_the_peak: ["in the month's peak:", "in der Monatsspitze:"],
  of_peak: ["{part} of {kw}, {share}", "{part} von {kw}, {share}"],
  not_whole: ["{count} quarter-hours incomplete", "{count} Viertelstunden unvollständig"],
  incomplete: ["incomplete", "unvollständig"],
  no_peak: ["No quarter-hour measured yet", "Noch keine Viertelstunde gemessen"],
  month_peaks: ["Month peaks", "Monatsspitzen"],
  billed_mean: ["billed on their mean", "berechnet nach dem Mittel"],
  kw_months: ["kW, {count} months", "kW, {count} Monate"],
  kw_month: ["kW, 1 month", "kW, 1 Monat"],
  never_below: ["never below {kw}", "nie unter {kw}"],
  a_year: ["{cost} a year", "{cost} im Jahr"],
  billed_as: ["billed as {kw}", "berechnet als {kw}"],
  basis_meter: ["the meter's own peak", "vom Zähler gemeldet"],
  basis_corrected: ["corrected by hand", "von Hand korrigiert"],
} as const satisfies Texts;

addTexts(HOUSE_METER);
