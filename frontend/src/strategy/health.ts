import type { Context, View } from "./dashboard";
import { section } from "./dashboard";

/** Whether the figures can be trusted, and what is missing in them. */
export function health({ card, entry, t }: Context): View {
  const calls = entry.has.account ? card("calls") : null;
  const maker = entry.has.maker_spf ? card("maker") : null;
  return {
    path: "health",
    title: t("view_health"),
    sections: [
      section([card("alarms"), card("calendar"), card("flags")], 2),
      section([card("sources"), calls, maker]),
    ],
  };
}
