/** Words of the cards of the view on efficiency. */

import { addTexts, type Texts } from "./texts";

export const EFFICIENCY = {
  jaz_short: ["JAZ", "JAZ"],
  month_by_month: ["Month by month", "Monat für Monat"],
  day_by_day: ["Day by day", "Tag für Tag"],
  hollow_part_month: ["hollow: part of a month", "hohl: Teil eines Monats"],
  hollow_part_day: ["hollow: today", "hohl: heute"],
  electricity_in_heat: ["Electricity in, part of the heat", "Strombezug, Teil der Wärme"],
  taken_by_defrost: ["Taken back by defrost", "Vom Abtauen zurückgenommen"],
  cold: ["Cold", "Kälte"],
  heat_unknown_legend: ["Heat unknown", "Wärme unbekannt"],
  heat_title: ["Heat", "Wärme"],
  electricity_title: ["Electricity", "Strom"],
  month_sentence: [
    "{month}: COP {cop}, {heat} heat from {electricity} electricity",
    "{month}: COP {cop}, {heat} Wärme aus {electricity} Strom",
  ],
  by_mode: ["By mode", "Nach Betriebsart"],
  other_use: ["Other", "Sonstiges"],
  other_use_is: ["standby, pumps, controls", "Bereitschaft, Pumpen, Regelung"],
  unpaired_more: [
    "{energy} more, heat unknown: in no COP",
    "{energy} mehr, Wärme unbekannt: in keinem COP",
  ],
  cooling_in_no_cop: ["Cooling is in no COP.", "Kühlen ist in keinem COP."],
  cop_against_outside: ["COP against outside temperature", "COP und Außentemperatur"],
  cop_against_supply: ["COP against supply temperature", "COP und Vorlauftemperatur"],
  one_mark_a_day: ["one mark a day", "eine Marke je Tag"],
  cop_at: ["{cop} at\u00a0{celsius}\u00a0°C", "{cop} bei\u00a0{celsius}\u00a0°C"],
  ringed_today: ["Ringed: today.", "Umringt: heute."],
  band_is_most_days: ["Band: 4 of 5 days.", "Band: 4 von 5 Tagen."],
  too_few_for_curve: [
    "Too few days with both known yet.",
    "Noch zu wenige Tage, an denen beides bekannt ist.",
  ],
  sankey_title: [
    "Where the heat comes from and goes to",
    "Woher die Wärme kommt, wohin sie geht",
  ],
  sankey_sum: [
    "Heat out {heat} = {parts}",
    "Wärme {heat} = {parts}",
  ],
  defrost_took_back: ["taken back by defrosts", "vom Abtauen zurückgenommen"],
  heat_pump: ["Heat pump", "Wärmepumpe"],
  from_air: ["From the air", "Aus der Luft"],
  from_ground: ["From the ground", "Aus dem Boden"],
  from_water: ["From the water", "Aus dem Wasser"],
  from_source: ["Ambient heat", "Umweltwärme"],
  calculated: ["{name}, calculated", "{name}, berechnet"],
  share_of_heat: ["{share} of the heat", "{share} der Wärme"],
  defrost_took: ["defrost took {energy}", "Abtauen −{energy}"],
  no_sums: [
    "No time with both heat and electricity known.",
    "Keine Zeit, in der Wärme und Strom bekannt sind.",
  ],
  period_day: ["Day", "Tag"],
  period_month: ["Month", "Monat"],
  period_season: ["Season", "Heizsaison"],
  period_year: ["Year", "Jahr"],
  period_all: ["All", "Alles"],
  pick_a_day: ["Choose a day", "Tag wählen"],
  back_in_time: ["Earlier", "Früher"],
  forward_in_time: ["Later", "Später"],
  x_outside: ["Outside temperature", "Außentemperatur"],
  x_supply: ["Supply temperature", "Vorlauftemperatur"],
} as const satisfies Texts;

addTexts(EFFICIENCY);
