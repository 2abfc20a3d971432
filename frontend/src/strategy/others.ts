/** The views of entries that are no heat pump. */

import type { AnyContext, View } from "./dashboard";
import { section } from "./dashboard";

/** What the house draws from the grid, in quarter-hours. */
export function houseMeter({ card, t }: AnyContext): View {
  return {
    path: "house-meter",
    title: t("view_house_meter"),
    sections: [
      section([card("quarter"), card("peaks")]),
      section([card("peak-days")], 2),
    ],
  };
}

/** Temperature probes with their targets, alarms and sessions. */
export function probes({ card, t }: AnyContext): View {
  return {
    path: "probes",
    title: t("view_probes"),
    sections: [
      section([card("probes")], 2),
      section([card("probe-alarms"), card("probe-sessions")]),
    ],
  };
}
