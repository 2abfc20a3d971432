/** Words of the cards of the view on runs. */

import { addTexts, type Texts } from "./texts";

export const RUNS = {
  compressor_runs: ["Compressor runs, {days} days", "Verdichterläufe, {days} Tage"],
  boxed_short: [
    "boxed: short, {minutes} min or less",
    "umrandet: kurz, höchstens {minutes} min",
  ],
  starts: ["Starts", "Starts"],
  row_says: ["{count} runs, {short} of them short", "{count} Läufe, davon {short} kurz"],
  cycles_too_often: ["Does it cycle too often?", "Taktet sie zu oft?"],
  runs_of_days: ["{count} runs, {days} days", "{count} Läufe, {days} Tage"],
  starts_a_day: ["starts a day", "Starts am Tag"],
  mean_run: ["mean run", "mittlere Laufzeit"],
  short_runs: ["short: {minutes} min or less", "kurz: höchstens {minutes} min"],
  one_dot: ["one dot = one run", "ein Punkt = ein Lauf"],
  with_hot_water: ["with hot water", "mit Warmwasser"],
  dots_say: [
    "{short} of {count} runs were short, the longest took {longest}",
    "{short} von {count} Läufen waren kurz, der längste dauerte {longest}",
  ],
  no_runs: ["No run in these days", "Kein Lauf in diesen Tagen"],
  hot_water_charges: ["Hot-water charges", "Warmwasserladungen"],
  last_days: ["last {days} days", "letzte {days} Tage"],
  when: ["When", "Wann"],
  took: ["Took", "Dauer"],
  in_kwh: ["In kWh", "Strom kWh"],
  out_kwh: ["Out kWh", "Wärme kWh"],
  supply_short: ["Supply {degrees}", "Vorlauf {degrees}"],
  ten_charges: ["{count} charges", "{count} Ladungen"],
  charges_rough: [
    "The heat of a single charge can be off by more than 10 %: it is shown for {count} together.",
    "Die Wärme einer einzelnen Ladung ist um mehr als 10 % unsicher: Sie steht für {count} zusammen.",
  ],
  no_charges: ["No charge in these days", "Keine Ladung in diesen Tagen"],
} as const satisfies Texts;

addTexts(RUNS);
