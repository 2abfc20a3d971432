/** Which layout of the schematic a card has room for. */

import type { Translate } from "../../lib/texts/texts";
import type { Picture } from "./model";
import type { Scene } from "./scene";
import { tall } from "./tall";
import { wide } from "./wide";

/** From this width on there is room for the wide layout, in px. */
export const WIDE_FROM_PX = 640;

export function sceneOf(picture: Picture, width: number, t: Translate): Scene {
  const drawn = width >= WIDE_FROM_PX ? wide(picture, width, t) : tall(picture, width, t);
  return { ...drawn, width, pxPerKw: picture.pxPerKw };
}
