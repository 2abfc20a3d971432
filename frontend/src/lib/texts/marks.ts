/** Words of the marks in charts over time. */

import { addTexts, type Texts } from "./texts";

export const MARKS = {
  a_change: ["Change", "Änderung"],
  more_changes: ["and {count} more", "und {count} weitere"],
  changes_are: ["Changes ({count}): {list}", "Änderungen ({count}): {list}"],
} as const satisfies Texts;

addTexts(MARKS);
