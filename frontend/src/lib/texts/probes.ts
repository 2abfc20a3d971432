/** Words of the cards of temperature probes. */

import { addTexts, type Texts } from "./texts";

export const PROBES = {
  which_probes: [
    "Choose an entry with probes in the card's settings. If there is none, see Settings, Devices & services.",
    "In den Einstellungen der Karte einen Eintrag mit Fühlern wählen. Gibt es keinen: Einstellungen, Geräte & Dienste.",
  ],
  no_probes: ["No probe has sent anything yet.", "Noch kein Fühler hat etwas gesendet."],
  no_target: ["no target", "kein Ziel"],
  probe_target: ["target {value}", "Ziel {value}"],
  alarm_above: ["alarm above {value}", "Alarm über {value}"],
  alarm_below: ["alarm below {value}", "Alarm unter {value}"],
  battery_low: ["battery {share}", "Batterie {share}"],
  ready_in: ["ready in {span}", "fertig in {span}"],
  approach_unknown: ["too little measured yet", "noch zu wenig gemessen"],
  approach_reached: ["target reached", "Ziel erreicht"],
  approach_approaching: ["on its way", "auf dem Weg"],
  approach_stalled: ["stalled, will go on", "stockt, geht weiter"],
  approach_receding: ["not approaching", "nähert sich nicht"],
  is_high: ["above {value}", "über {value}"],
  is_low: ["below {value}", "unter {value}"],
  is_rising: ["rises too fast", "steigt zu schnell"],
  is_falling: ["falls too fast", "fällt zu schnell"],
  in_range: ["in range", "im Bereich"],
  in_range_since: ["in range since {time}", "im Bereich seit {time}"],
  set_target: ["Target", "Ziel"],
  session_name: ["Name", "Name"],
  start_session: ["Start session", "Vorgang starten"],
  stop_session: ["Stop session", "Vorgang beenden"],
  alarm_target: ["{name} at {value}", "{name} bei {value}"],
  alarm_range: ["{name} outside {value}", "{name} außerhalb {value}"],
  alarm_high: ["{name} above {value}", "{name} über {value}"],
  alarm_low: ["{name} below {value}", "{name} unter {value}"],
  alarm_rising: ["{name} rises by {value}/min", "{name} steigt um {value}/min"],
  alarm_falling: ["{name} falls by {value}/min", "{name} fällt um {value}/min"],
  rings_once: ["will ring once", "meldet sich einmal"],
  rings_after: ["after {time}", "nach {time}"],
  raised: ["raised", "ausgelöst"],
  probe_alarms: ["Alarms", "Alarme"],
  no_probe_alarms: [
    "None is set. Targets and limits are entities of each probe.",
    "Keiner ist gesetzt. Ziele und Grenzen sind Entitäten jedes Fühlers.",
  ],
  sessions: ["Sessions", "Vorgänge"],
  no_sessions: ["None has ended yet.", "Noch keiner ist beendet."],
  session_max: ["max {value}", "max. {value}"],
} as const satisfies Texts;

addTexts(PROBES);
