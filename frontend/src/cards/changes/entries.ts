/** What was changed, in words. */

import type { ChangeEntry } from "../../data/contract";
import type { Format } from "../../lib/format";

/** Units by the end of an item; temperatures are in the household's. */
const UNITS: Record<string, string> = { kw: "kW", lph: "l/h", min: "min", pct: "%", s: "s" };
const MOST_DIGITS = 4;

/** A setting with its old and new value, or what a note says. */
export function titleOf(entry: ChangeEntry, f: Format): string {
  const { old, new: now, item, item_name, text, description } = entry;
  if (text !== null) return text;
  if (typeof old !== "number" || typeof now !== "number" || !item || !item_name) {
    return description;
  }
  return `${item_name}: ${valuesOf(item, [old, now], f)}`;
}

function valuesOf(item: string, values: readonly [number, number], f: Format): string {
  const end = item.slice(item.lastIndexOf("_") + 1);
  const [shown, unit] =
    end === "c"
      ? [values.map((value) => f.fromCelsius(value)), f.degreeUnit]
      : end === "k"
        ? [values.map((value) => value * f.degreesPerKelvin), f.differenceUnit]
        : [values, UNITS[end] ?? ""];
  const digits = Math.max(...shown.map(digitsOf));
  const [old, now] = shown.map((value) => f.number(value, digits));
  return `${old}\u00a0→\u00a0${now}${unit && `\u00a0${unit}`}`;
}

/** The decimals that a value needs; a conversion leaves some that say nothing. */
function digitsOf(value: number): number {
  const rounded = Number(value.toFixed(MOST_DIGITS));
  for (let digits = 0; digits < MOST_DIGITS; digits += 1) {
    if (Number(rounded.toFixed(digits)) === rounded) return digits;
  }
  return MOST_DIGITS;
}

const LONG_AGO_MS = 330 * 86_400_000;

/** A day, with its year where that is not clear. */
export function dayOf(moment: string, now: string, f: Format): string {
  return Date.parse(now) - Date.parse(moment) < LONG_AGO_MS ? f.day(moment) : f.date(moment);
}

export function signed(value: number, text: string): string {
  return value > 0 ? `+${text}` : text;
}

