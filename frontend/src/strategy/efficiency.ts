import type { Context, View } from "./dashboard";
import { section } from "./dashboard";

/** How efficient it was over a period that the user picks. */
export function efficiency({ card, t }: Context): View {
  return {
    path: "efficiency",
    icon: "mdi:finance",
    title: t("view_efficiency"),
    sections: [
      section([card("picker")], 3),
      section([card("jaz", { period: "picked" }), card("modes")]),
      section([card("months")], 2),
      section([card("sankey")]),
      section([card("scatter", { x: "outside" })]),
      section([card("scatter", { x: "supply" })]),
    ],
  };
}
