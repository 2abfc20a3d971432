import type { Context, View } from "./dashboard";
import { section } from "./dashboard";

/** Whether the figures can be trusted, and what is missing in them. */
export function health({ card, entry, t }: Context): View {
  const calls = entry.has.account ? card("calls") : null;
  // It shows all of them, and not what belongs to this heat pump.
  const exports = entry.has.export ? card("exports", { entry_id: undefined }) : null;
  const maker = entry.has.maker_spf ? card("maker") : null;
  return {
    path: "health",
    title: t("view_health"),
    sections: [
      section([card("alarms"), card("calendar"), card("flags")], 2),
      section([card("sources"), calls, exports, maker]),
    ],
  };
}
