import type { Context, View } from "./dashboard";
import { section } from "./dashboard";

/** What was changed, and what it did. */
export function changes({ card, t }: Context): View {
  return {
    path: "changes",
    title: t("view_changes"),
    sections: [
      section([card("heating-curve")]),
      section([card("changes-effect")]),
      section([card("change-log")]),
    ],
  };
}
