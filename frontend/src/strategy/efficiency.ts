import type { Context, View } from "./dashboard";
import { section } from "./dashboard";

/** How efficient it was over a period that the user picks. */
export function efficiency({ card, entry, t }: Context): View {
  return {
    path: "efficiency",
    title: t("view_efficiency"),
    sections: [
      section([card("picker")], 3),
      section([card("jaz", { period: "picked" }), card("modes")]),
      section([card("months")], 2),
      section([entry.has.tariff ? card("cost") : null, card("scatter")]),
      section([card("sankey")]),
      section([card("expected"), card("compare")]),
    ],
  };
}
