import type { Context, View } from "./dashboard";
import { section } from "./dashboard";

/** What the heat pump does now, and today. */
export function now({ card, t }: Context): View {
  return {
    path: "now",
    icon: "mdi:heat-pump-outline",
    title: t("view_now"),
    sections: [
      section([card("schematic"), card("last-day")], 2),
      section([card("today"), card("jaz"), card("usual")]),
    ],
  };
}
