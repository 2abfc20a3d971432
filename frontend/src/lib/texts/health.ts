/** Words of the cards of the view on health. */

import { addTexts, type Texts } from "./texts";

export const HEALTH = {
  alarms: ["Alarms", "Alarme"],
  no_alarm: ["No alarm", "Kein Alarm"],
  alarms_raised: ["{count} raised", "{count} aktiv"],
  severity_fault: ["Fault", "Störung"],
  severity_warning: ["Warning", "Warnung"],
  severity_notice: ["Notice", "Hinweis"],
  alarms_watched: [
    "All {count} kinds are watched, since {since}.",
    "Alle {count} Arten werden überwacht, seit {since}.",
  ],
  alarms_watched_of: [
    "{count} of {all} kinds are watched, since {since}.",
    "{count} von {all} Arten werden überwacht, seit {since}.",
  ],
  alarms_not_watched: [
    "Not yet, as data are missing: {names}.",
    "Noch nicht, da Daten fehlen: {names}.",
  ],
  what_was_measured: ["What was measured, {days} days", "Was gemessen wurde, {days} Tage"],
  days_and_coverage: [
    "{paired} of {days} days · coverage {share}",
    "{paired} von {days} Tagen · Abdeckung {share}",
  ],
  in_part: ["In part", "Teilweise"],
  hole: ["{days}: {count} days not measured", "{days}: {count} Tage nicht gemessen"],
  hole_of_one: ["{days}: not measured", "{days}: nicht gemessen"],
  maker_beside: ["The manufacturer's JAZ beside ours", "JAZ des Herstellers neben unserer"],
  ours: ["ours", "unsere"],
  maker: ["maker", "Herst."],
  maker_note: [
    "The manufacturer counts by itself, in steps of 0.1, and often the compressor alone. Watch how the distance changes.",
    "Der Hersteller rechnet selbst, in Schritten von 0,1 und oft nur den Verdichter. Auf die Änderung des Abstands kommt es an.",
  ],
  maker_changed: ["It changed last {ago}.", "Zuletzt geändert {ago}."],
  maker_none: ["The unit sends no annual figures.", "Das Gerät meldet keine Jahreswerte."],
  calls_none: [
    "Its values come from entities of Home Assistant: no call to a cloud is made.",
    "Die Werte kommen aus Entitäten von Home Assistant: es wird keine Cloud aufgerufen.",
  ],
  calls_24h: ["Calls to the cloud, 24 h", "Aufrufe der Cloud, 24 h"],
  calls_of: [
    "of {allowed} that we allow ourselves (limit {limit})",
    "von {allowed}, die wir uns erlauben (Grenze {limit})",
  ],
  calls_of_allowed: [
    "of {allowed} that we allow ourselves",
    "von {allowed}, die wir uns erlauben",
  ],
  calls_count: ["{count} calls", "{count} Aufrufe"],
  an_hour: ["{count} an hour", "{count} je Stunde"],
  yesterday_at: ["yesterday {time}", "gestern {time}"],
  sources: ["Sources", "Quellen"],
  last_answer: ["Last answer", "Letzte Antwort"],
  electricity_meter: ["Electricity meter", "Stromzähler"],
  role_whole: ["Whole heat pump", "Ganze Wärmepumpe"],
  role_compressor: ["Compressor", "Verdichter"],
  role_backup_heater: ["Backup heater", "Heizstab"],
  role_source_pump: ["Source pump or fan", "Quellenpumpe oder Ventilator"],
  role_circulation_pumps: ["Circulation pumps", "Umwälzpumpen"],
  role_heat: ["Heat meter", "Wärmemengenzähler"],
  role_photovoltaics: ["Photovoltaics", "Photovoltaik"],
  role_grid: ["Grid", "Netzanschluss"],
  to_recover: ["History to recover: {hours} h", "Noch nachzulesen: {hours} h"],
  exports: ["Exports", "Exporte"],
  no_export: ["No export is set up.", "Kein Export ist eingerichtet."],
  export_connected: ["connected", "verbunden"],
  export_not_connected: ["not connected", "nicht verbunden"],
  export_not_connected_since: ["not connected since {since}", "nicht verbunden seit {since}"],
  export_not_tried: ["nothing sent yet", "noch nichts gesendet"],
  export_not_loaded: ["not running", "läuft nicht"],
  export_all_sent: ["Everything is sent.", "Alles ist gesendet."],
  export_unsent: ["{count} points not sent", "{count} Punkte nicht gesendet"],
  export_unsent_since: [
    "{count} points not sent, the oldest of {since}",
    "{count} Punkte nicht gesendet, der älteste vom {since}",
  ],
  export_last_success: ["Last success {ago}", "Letzter Erfolg {ago}"],
  export_dropped: [
    "{count} points lost in 24 h, as there was no room for them",
    "{count} Punkte in 24 h verloren, da für sie kein Platz war",
  ],
  flags: ["Flags", "Auffälligkeiten"],
  open_count: ["{count} open", "{count} offen"],
  none_open: ["none open", "nichts offen"],
  to_do: ["Still lasts", "Hält an"],
  happened: ["Over", "Vorbei"],
  times_since: ["{count} times since {day}", "{count}-mal seit {day}"],
  no_flags: ["Nothing was wrong with the data.", "An den Daten war nichts auszusetzen."],
  more_flags: ["and {count} older", "und {count} ältere"],
  flag_unknown: ["A finding of a newer version", "Ein Befund einer neueren Version"],
  flag_electricity_step_back: [
    "The electricity counter stepped back a little",
    "Der Stromzähler ging ein wenig zurück",
  ],
  flag_electricity_step_back_so: [
    "Taken as jitter: no energy was added or lost.",
    "Als Zittern gewertet: keine Energie kam dazu oder ging verloren.",
  ],
  flag_electricity_reset: [
    "The electricity counter was reset",
    "Der Stromzähler wurde zurückgesetzt",
  ],
  flag_electricity_reset_so: [
    "Counting goes on from its new value.",
    "Gezählt wird ab seinem neuen Stand.",
  ],
  flag_electricity_jump: ["The electricity counter jumped", "Der Stromzähler sprang"],
  flag_electricity_jump_so: [
    "No connection delivers that much: it was not counted.",
    "So viel liefert kein Anschluss: Es wurde nicht gezählt.",
  ],
  flag_heat_step_back: [
    "The heat meter stepped back a little",
    "Der Wärmemengenzähler ging ein wenig zurück",
  ],
  flag_heat_step_back_so: [
    "Taken as jitter: no heat was added or lost.",
    "Als Zittern gewertet: keine Wärme kam dazu oder ging verloren.",
  ],
  flag_heat_reset: [
    "The heat meter was reset",
    "Der Wärmemengenzähler wurde zurückgesetzt",
  ],
  flag_heat_reset_so: [
    "Counting goes on from its new value.",
    "Gezählt wird ab seinem neuen Stand.",
  ],
  flag_heat_jump: ["The heat meter jumped", "Der Wärmemengenzähler sprang"],
  flag_heat_jump_so: [
    "No heat pump makes that much: it was not counted.",
    "So viel erzeugt keine Wärmepumpe: Es wurde nicht gezählt.",
  ],
  flag_gap: [
    "The meter was not read for more than a day",
    "Der Zähler wurde mehr als einen Tag nicht gelesen",
  ],
  flag_gap_so: [
    "This time is in the total, but in no hour.",
    "Diese Zeit steht in der Summe, aber in keiner Stunde.",
  ],
  flag_beyond_carnot: [
    "A COP higher than physics allows",
    "Ein COP über der Grenze der Physik",
  ],
  flag_beyond_carnot_so: [
    "A measurement is wrong: check clamps, flow and temperatures.",
    "Eine Messung ist falsch: Wandler, Durchfluss und Temperaturen prüfen.",
  ],
  flag_stale: ["The heat pump sends old values", "Die Wärmepumpe sendet alte Werte"],
  flag_stale_so: [
    "Until new ones come, heat and COP are unknown.",
    "Bis neue kommen, sind Wärme und COP unbekannt.",
  ],
  flag_stale_value: ["A value does not change", "Ein Wert ändert sich nicht"],
  flag_stale_value_so: ["It is treated as unknown.", "Er gilt als unbekannt."],
  flag_contradiction: [
    "Meter and unit contradict each other",
    "Zähler und Gerät widersprechen sich",
  ],
  flag_contradiction_so: [
    "This time is in no COP. Check the current transformers.",
    "Diese Zeit ist in keinem COP. Die Stromwandler prüfen.",
  ],
  flag_heat_counter_frozen: [
    "The unit's heat counters do not change",
    "Die Wärmezähler des Geräts ändern sich nicht",
  ],
  flag_heat_counter_frozen_so: [
    "Heat that they do not count is not known.",
    "Wärme, die sie nicht zählen, ist nicht bekannt.",
  ],
  flag_heat_counter_reset: [
    "The unit's heat counters were reset",
    "Die Wärmezähler des Geräts wurden zurückgesetzt",
  ],
  flag_heat_counter_reset_so: [
    "Counting goes on from their new value.",
    "Gezählt wird ab ihrem neuen Stand.",
  ],
  flag_heat_counter_jump: [
    "The unit's heat counters jumped",
    "Die Wärmezähler des Geräts sprangen",
  ],
  flag_heat_counter_jump_so: [
    "The unit cannot make that much: it was not counted.",
    "So viel kann das Gerät nicht erzeugen: Es wurde nicht gezählt.",
  ],
  flag_run_time: [
    "Meter and unit count different run times",
    "Zähler und Gerät zählen andere Laufzeiten",
  ],
  flag_run_time_so: [
    "One of them misses runs: check what the meter measures.",
    "Einem von beiden entgehen Läufe: prüfen, was der Zähler misst.",
  ],
  flag_meter_backwards: [
    "A phase of the meter counts backwards",
    "Eine Phase des Zählers zählt rückwärts",
  ],
  flag_meter_backwards_so: [
    "A current transformer is mounted the wrong way round.",
    "Ein Stromwandler sitzt verkehrt herum.",
  ],
  flag_clock_jump: [
    "The clock of Home Assistant was wrong",
    "Die Uhr von Home Assistant ging falsch",
  ],
  flag_clock_jump_so: [
    "Times around it can be off.",
    "Zeiten um diesen Moment können falsch sein.",
  ],
} as const satisfies Texts;

addTexts(HEALTH);
