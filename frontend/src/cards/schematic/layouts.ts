/** Which layout of the schematic a card has room for; each is loaded when it is used. */

import type { Translate } from "../../lib/texts/texts";
import type { Picture } from "./model";
import type { Drawn, Scene } from "./scene";

/** From this width on there is room for the wide layout, in px. */
const WIDE_FROM_PX = 640;

export type Layout = (picture: Picture, width: number, t: Translate) => Drawn;

export const LAYOUTS = {
  wide: async (): Promise<Layout> => (await import("./wide")).wide,
  tall: async (): Promise<Layout> => (await import("./tall")).tall,
};

export function layoutName(width: number): keyof typeof LAYOUTS {
  return width >= WIDE_FROM_PX ? "wide" : "tall";
}

export function sceneOf(layout: Layout, picture: Picture, width: number, t: Translate): Scene {
  return { ...layout(picture, width, t), width, pxPerKw: picture.pxPerKw };
}
