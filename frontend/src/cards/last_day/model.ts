/** The last 24 hours in areas: heat by its mode, electricity within it. */

import type { Mode, Moment } from "../../data/contract";
import { type Format, inOne } from "../../lib/format";
import type { Scale } from "../../lib/scale";
import type { Translate } from "../../lib/texts/texts";

const PART_MS = 300_000;
const PARTS = 288;
/** Less is a circuit board's, or a meter's noise. */
const LEAST_W = 5;
/** A day of standby alone shall not look like one of heating. */
const LEAST_RANGE_W = 1000;

export type Role = Mode | "unknown";

/** Parts next to one another that belong together; the last is not included. */
export interface Area {
  role: Role;
  from: number;
  to: number;
  /** In kW, one for each part. */
  values: number[];
}

export interface LastDay {
  /** When it begins, in ms. */
  start: number;
  /** What is known of each part that is over; null where nothing is. */
  parts: (Moment | null)[];
  heat: Area[];
  electricity: Area[];
  /** Where no heat is known. */
  unknown: Area[];
  modes: Area[];
  /** Lowest and highest power, in kW. */
  range: readonly [low: number, high: number];
  electricity_kwh: number;
  heat_kwh: number;
  unknown_minutes: number;
  /** Full hours by the household's clock. */
  hours: { part: number; minutes: number }[];
}

export const LAST_DAY_PARTS = PARTS;

export function lastDay(moments: readonly Moment[], now: string, f: Format): LastDay {
  const end = Math.ceil(Date.parse(now) / PART_MS) * PART_MS;
  const start = end - PARTS * PART_MS;
  const parts: (Moment | null)[] = Array(PARTS).fill(null);
  for (const moment of moments) {
    const index = Math.floor((Date.parse(moment.start) - start) / PART_MS);
    if (index >= 0 && index < PARTS) parts[index] = moment;
  }
  // The last part is not over yet: until it is, nothing is unknown in it.
  const isOver = (index: number) => index < PARTS - 1 || parts[index] !== null;
  const heats = parts.map((each) => each?.heat_w ?? null);
  const powers = parts.map((each) => each?.electricity_w ?? null);
  const known = [...heats, ...powers].filter((each) => each !== null);
  return {
    start,
    parts: parts.filter((_, index) => isOver(index)),
    heat: areas(parts, (each) =>
      each?.heat_w != null && Math.abs(each.heat_w) >= LEAST_W
        ? [each.mode ?? "unknown", each.heat_w / 1000]
        : null,
    ),
    electricity: areas(parts, (each) =>
      each?.electricity_w != null ? ["standby", each.electricity_w / 1000] : null,
    ),
    unknown: areas(parts, (each, index) =>
      isOver(index) && each?.heat_w == null ? ["unknown", 0] : null,
    ),
    modes: areas(parts, (each, index) =>
      isOver(index) ? [each?.mode ?? "unknown", 0] : null,
    ),
    range: [Math.min(0, ...known) / 1000, Math.max(LEAST_RANGE_W, ...known) / 1000],
    electricity_kwh: energy(powers),
    heat_kwh: energy(heats),
    unknown_minutes: 5 * heats.filter((each, index) => each === null && isOver(index)).length,
    hours: hoursOf(start, f),
  };
}

/** What one part says: its time, mode and powers. */
export function partSays({ start, parts }: LastDay, index: number, t: Translate, f: Format) {
  const part = parts[index];
  const time = (at: number) => f.time(new Date(start + at * PART_MS));
  return [
    `${time(index)} – ${time(index + 1)}`,
    t(part?.mode ?? "mode_unknown"),
    t("heat_is", { value: inOne(f.power(part?.heat_w ?? null, 1)) }),
    t("electricity_is", { value: inOne(f.power(part?.electricity_w ?? null, 2)) }),
  ];
}

function energy(powers_w: readonly (number | null)[]): number {
  return powers_w.reduce<number>((sum, each) => sum + (each ?? 0), 0) / 12_000;
}

function areas(
  parts: readonly (Moment | null)[],
  valueOf: (part: Moment | null, index: number) => [Role, number] | null,
): Area[] {
  const found: Area[] = [];
  parts.forEach((part, index) => {
    const entry = valueOf(part, index);
    if (!entry) return;
    const [role, value] = entry;
    const last = found.at(-1);
    if (last?.role === role && last.to === index) {
      last.to += 1;
      last.values.push(value);
    } else {
      found.push({ role, from: index, to: index + 1, values: [value] });
    }
  });
  return found;
}

function hoursOf(start: number, f: Format): LastDay["hours"] {
  const found: LastDay["hours"] = [];
  for (let part = 0; part < PARTS; part += 1) {
    const moment = start + part * PART_MS;
    // No time zone has another part of an hour than a quarter.
    if (moment % 900_000) continue;
    const { minutes } = f.local(new Date(moment));
    // When the clock is put back, an hour comes twice.
    if (minutes % 60 === 0 && found.at(-1)?.minutes !== minutes) found.push({ part, minutes });
  }
  return found;
}

/** The outline of an area, in steps. */
export function outline({ from, values }: Area, x: Scale, y: Scale): string {
  const round = (value: number) => Math.round(value * 10) / 10;
  const steps = values.map(
    (value, index) => `V${round(y(value))}H${round(x(from + index + 1))}`,
  );
  return `M${round(x(from))} ${round(y(0))}${steps.join("")}V${round(y(0))}Z`;
}
