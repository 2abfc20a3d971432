import type { Context, View } from "./dashboard";
import { section } from "./dashboard";

/** When the compressor ran, and for how long. */
export function runs({ card, entry, t }: Context): View {
  const charges = entry.has.hot_water ? card("charges") : null;
  return {
    path: "runs",
    title: t("view_runs"),
    sections: [section([card("runs"), charges], 2), section([card("cycling")])],
  };
}
