import type { Context, View } from "./dashboard";
import { section } from "./dashboard";

/** How much heat the house asks for. */
export function house({ card, t }: Context): View {
  return {
    path: "house",
    title: t("view_house"),
    sections: [section([card("demand")], 2)],
  };
}
