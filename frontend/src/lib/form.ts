/** The settings of a card, as Home Assistant's editor wants them. */

import "./texts/settings";
import { type TextKey, translator } from "./texts/texts";

type Choice = readonly [value: string, text: TextKey];

/** Choose between the picker's period and the last 365 days. */
export const PERIOD_CHOICE: Record<string, readonly Choice[]> = {
  period: [
    ["picked", "period_picked"],
    ["days365", "period_days365"],
  ],
};

export type Form = ReturnType<typeof form>;

/** Return the form of a card: which heat pump, and the card's own choices. */
export function form(choices: Record<string, readonly Choice[]> = {}) {
  // Home Assistant writes the user's language here; a static method knows no other.
  const t = translator(document.documentElement.lang);
  return {
    schema: [
      {
        name: "entry_id",
        selector: { config_entry: { integration: "heatpump_monitor" } },
      },
      ...Object.entries(choices).map(([name, options]) => ({
        name,
        selector: {
          select: {
            mode: "dropdown",
            options: options.map(([value, text]) => ({ value, label: t(text) })),
          },
        },
      })),
    ],
    computeLabel: ({ name }: { name: string }) => t(`setting_${name}` as TextKey),
  };
}
