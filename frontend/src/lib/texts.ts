/** All words of the cards and views, in every language from one place. */

const LANGUAGES = ["en", "de"] as const;
type Language = (typeof LANGUAGES)[number];

const TEXTS = {
  heating: ["Heating", "Heizen"],
  hot_water: ["Hot water", "Warmwasser"],
  cooling: ["Cooling", "Kühlen"],
  defrost: ["Defrost", "Abtauen"],
  standby: ["Standby", "Bereitschaft"],
  mode_unknown: ["Mode unknown", "Betriebsart unbekannt"],
  runs_mode_unknown: ["Runs, mode unknown", "Läuft, Betriebsart unbekannt"],
  with_heater: ["{mode}, with backup heater", "{mode}, mit Heizstab"],
  since: ["since {time}", "seit {time}"],
  starts_today: ["{count} starts today", "heute {count} Starts"],
  one_start_today: ["1 start today", "heute 1 Start"],
  meter_sees_it: ["the meter sees the compressor", "der Zähler sieht den Verdichter"],
  meter: ["Meter", "Zähler"],
  cloud: ["Cloud", "Cloud"],
  ago_s: ["{n} s ago", "vor {n} s"],
  ago_min: ["{n} min ago", "vor {n} min"],
  ago_h: ["{n} h ago", "vor {n} h"],
  silent_since: ["silent since {time}", "stumm seit {time}"],
  silent: ["silent", "stumm"],
  old_values_since: ["old values since {time}", "alte Werte seit {time}"],
  calls: ["{used} of {allowed} calls", "{used} von {allowed} Aufrufen"],
  outside_air: ["Outside air", "Außenluft"],
  brine: ["Brine", "Sole"],
  ground_water: ["Ground water", "Grundwasser"],
  source: ["Source", "Quelle"],
  from_the_air: ["from the air", "aus der Luft"],
  from_the_ground: ["from the ground", "aus dem Boden"],
  back: ["back {value}", "zurück {value}"],
  compressor: ["Compressor", "Verdichter"],
  off: ["off", "aus"],
  on: ["on", "an"],
  runs: ["runs", "läuft"],
  cop: ["COP", "COP"],
  cop_now: ["COP now", "COP jetzt"],
  this_run: ["this run {cop}", "dieser Lauf {cop}"],
  without_heater: ["without heater {cop}", "ohne Heizstab {cop}"],
  resting: ["resting", "Pause"],
  not_in_defrost: ["not while it defrosts", "nicht beim Abtauen"],
  no_cop_cooling: ["not while it cools", "nicht beim Kühlen"],
  heat_not_known: ["no heat, no COP", "keine Wärme, kein COP"],
  no_method: ["no method knows the heat", "keine Methode kennt die Wärme"],
  just_started: ["too little measured yet", "noch zu wenig gemessen"],
  heat_out: ["heat out", "Wärme"],
  heat_unknown: ["heat unknown", "Wärme unbekannt"],
  kw_heat: ["heat", "Wärme"],
  heat_back: ["back", "zurück"],
  cold_out: ["cold", "Kälte"],
  electricity_in: ["electricity in", "Strombezug"],
  backup_heater: ["Backup heater", "Heizstab"],
  heater: ["heater", "Heizstab"],
  supply: ["supply", "Vorlauf"],
  return: ["return", "Rücklauf"],
  delta_t: ["ΔT {value} K", "Spreizung {value} K"],
  flow: ["{value} l/h", "{value} l/h"],
  buffer: ["Buffer", "Puffer"],
  circuit: ["Circuit {number}", "Heizkreis {number}"],
  heating_circuit: ["Heating", "Heizkreis"],
  target: ["target {value}", "Soll {value}"],
  one_kw: ["= 1 kW", "= 1 kW"],
  today: ["Today", "Heute"],
  electricity: ["electricity", "Strom"],
  heat: ["heat", "Wärme"],
  measured: ["{share} measured", "{share} gemessen"],
  heat_unknown_part: [
    "{energy} of it with heat unknown: not in the COP",
    "{energy} davon ohne bekannte Wärme: nicht im COP",
  ],
  jaz_rolling: ["JAZ, last 365 days", "JAZ, letzte 365 Tage"],
  cop_of_days: ["COP of {days} days", "COP aus {days} Tagen"],
  no_day_yet: ["No day measured yet", "Noch kein Tag gemessen"],
  between: ["between {low} and {high}", "zwischen {low} und {high}"],
  measured_label: ["Measured", "Gemessen"],
  days_of: ["{paired} of {days} days", "{paired} von {days} Tagen"],
  electricity_of: ["Electricity of", "Strom von"],
  heat_by: ["Heat by", "Wärme aus"],
  without_heater_boundary: [
    "{cop} without the backup heater",
    "{cop} ohne den Heizstab",
  ],
  method_heat_meter: ["heat meter", "Wärmemengenzähler"],
  method_counter: ["the unit's counter", "Zähler des Geräts"],
  method_reported: ["power that the unit reports", "gemeldete Leistung"],
  method_flow: ["measured flow", "gemessener Durchfluss"],
  method_modulation: ["modulation × rated power", "Modulation × Nennleistung"],
  method_assumed_flow: ["assumed flow", "angenommener Durchfluss"],
  method_source_balance: ["source balance", "Quellenbilanz"],
  method_combined: ["several methods", "mehrere Methoden"],
  boundary_compressor: ["unit", "Gerät"],
  boundary_source_pump: ["source pump", "Solepumpe"],
  boundary_backup_heater: ["backup heater", "Heizstab"],
  boundary_circulation_pumps: ["circulation pumps", "Umwälzpumpen"],
  loading: ["Loading", "Wird geladen"],
  not_loaded: [
    "The heat pump is not loaded. See Settings, Devices & services.",
    "Die Wärmepumpe ist nicht geladen. Siehe Einstellungen, Geräte & Dienste.",
  ],
  several: [
    "There are several heat pumps: choose one in the card's settings.",
    "Es gibt mehrere Wärmepumpen: in den Einstellungen der Karte eine wählen.",
  ],
} as const satisfies Record<string, readonly [en: string, de: string]>;

export type TextKey = keyof typeof TEXTS;
export type Translate = (
  key: TextKey,
  values?: Readonly<Record<string, string | number>>,
) => string;

/** The function that returns the texts of a language; English for all others. */
export function translator(language: string): Translate {
  const short = language.split("-")[0] as Language;
  const index = Math.max(LANGUAGES.indexOf(short), 0);
  return (key, values = {}) =>
    (TEXTS[key][index] ?? TEXTS[key][0]).replace(/\{(\w+)\}/g, (_, name: string) =>
      String(values[name] ?? ""),
    );
}
