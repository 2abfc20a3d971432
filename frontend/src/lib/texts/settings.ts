/** Words of the settings of cards. */

import { addTexts, type Texts } from "./texts";

export const SETTINGS = {
  setting_entry_id: ["Heat pump", "Wärmepumpe"],
  setting_period: ["Period", "Zeitraum"],
  setting_against: ["Compared with", "Vergleich mit"],
  setting_x: ["Against", "Gegenüber"],
  setting_circuit: ["Heating circuit", "Heizkreis"],
  period_picked: ["As picked", "Wie gewählt"],
  period_days365: ["365 days", "365 Tage"],
} as const satisfies Texts;

addTexts(SETTINGS);
