import type { Context, View } from "./dashboard";
import { section } from "./dashboard";

/** What the heat pump does now, and today. */
export function now({ card, t }: Context): View {
  return {
    path: "now",
    title: t("view_now"),
    sections: [
      // In one column, today and the JAZ stand above the last 24 hours.
      section([card("schematic")], 2),
      section([card("today"), card("jaz")]),
      section([card("last-day")], 2),
      section([card("usual")]),
    ],
  };
}
