/** Where the names in the chart of the heating curve stand. */

import type { Curve } from "../../data/contract";
import { linear, type Scale, textWidth } from "../../lib/scale";
import { type Point, type Ranges, supplyAt } from "./model";

export const LEFT_PX = 28;
export const RIGHT_PX = 4;
export const TOP_PX = 8;
export const LABEL_PX = 12;
/** Half as wide is the ring of the present. */
export const NOW_PX = 6;
/** From the right end of the chart to that of a curve's name, in the order of trying. */
const ABOVE_PX = [56, 4, 120];
const BELOW_PX = [0, 60];

type Side = "above" | "below" | "either";

export interface Chart {
  now: Curve;
  before: Curve | null;
  points: readonly Point[];
  present: Point | null;
  ranges: Ranges;
  x: Scale;
  y: Scale;
  width: number;
  /** Of the axis of outside temperatures. */
  bottom: number;
}

/** A name by its baseline. */
export interface Label {
  text: string;
  x: number;
  y: number;
  anchor: "start" | "end";
}

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Labels {
  name: Label;
  former: Label | null;
  present: Label | null;
}

/** The upper curve is named above it, the lower one below: so the names never meet. */
export function labelsOf(
  chart: Chart,
  texts: Record<"now" | "before" | "present", string>,
): Labels {
  const { now, before, present, ranges, x, y } = chart;
  const [px, py] = present ? [x(present.outside_c), y(present.supply_c)] : [0, 0];
  const ring = present ? [boxAround(px, py, NOW_PX + 4)] : [];
  const place = (text: string, curve: Curve, side: Side) =>
    orFirst(besideCurve(text, curve, side, chart), ring, chart);
  const cold = ranges.outside[1];
  const isUpper = before !== null && supplyAt(before, cold) < supplyAt(now, cold);
  const name = place(texts.now, now, isUpper ? "above" : before ? "below" : "either");
  const former = before && place(texts.before, before, isUpper ? "below" : "above");
  const named = (former ? [name, former] : [name]).map(boxOf);
  const lines = (before ? [now, before] : [now]).flatMap((curve) => boxesAlong(curve, chart));
  const places = besideRing(texts.present, px, py);
  return {
    name,
    former,
    // Where there is no room left, it lies on a curve rather than on a name.
    present: present && (free(places, [...named, ...lines], chart) ?? free(places, named, chart)),
  };
}

/** Where the name of a curve can stand; it comes nearest to the curve at one of its ends. */
function besideCurve(text: string, curve: Curve, side: Side, chart: Chart): Label[] {
  const { ranges, y, bottom, width } = chart;
  const right = width - RIGHT_PX;
  const wide = textWidth(text, LABEL_PX) + 4;
  const outsideAt = linear([LEFT_PX, right], ranges.outside);
  const yAt = (px: number) => y(supplyAt(curve, outsideAt(Math.max(px, LEFT_PX))));
  const endAt = (inset: number) => Math.max(right - inset, LEFT_PX + wide);
  const label = (x: number, base: number): Label => ({ text, x, y: base, anchor: "end" });
  const above = ABOVE_PX.map(endAt).map((x) => label(x, Math.max(yAt(x) - 10, TOP_PX + 8)));
  const below = BELOW_PX.map(endAt).map((x) =>
    label(x, Math.min(yAt(x - wide) + 16, bottom - 4)),
  );
  if (side === "either") return [...below.slice(0, 1), ...above];
  return side === "above" ? above : below;
}

/** Right below the ring, or where else there is room. */
function besideRing(text: string, x: number, y: number): Label[] {
  const [below, above] = [y + 18, y - 10];
  return [
    { text, x: x + 11, y: below, anchor: "start" },
    { text, x: x - 11, y: above, anchor: "end" },
    { text, x: x + 11, y: above, anchor: "start" },
    { text, x: x - 11, y: below, anchor: "end" },
    { text, x: x + 11, y: y + 4, anchor: "start" },
    { text, x: x - 11, y: y + 4, anchor: "end" },
  ];
}

/** The first place in the chart where a name meets nothing, if there is one. */
function free(places: readonly Label[], taken: readonly Box[], chart: Chart): Label | null {
  const found = places.find((place) => {
    const box = boxOf(place);
    const isInside = box.left >= LEFT_PX && box.right <= chart.width && box.bottom <= chart.bottom;
    return isInside && !taken.some((other) => meets(box, other));
  });
  return found ?? null;
}

function orFirst(places: readonly Label[], taken: readonly Box[], chart: Chart): Label {
  return free(places, taken, chart) ?? places[0]!;
}

export function boxOf({ text, x, y, anchor }: Label): Box {
  const wide = textWidth(text, LABEL_PX);
  const left = anchor === "end" ? x - wide : x;
  return { left, right: left + wide, top: y - LABEL_PX, bottom: y + 3 };
}

function boxAround(x: number, y: number, reach: number): Box {
  return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
}

function boxesAlong(curve: Curve, { ranges, x, y }: Chart): Box[] {
  const [warm, cold] = ranges.outside;
  return Array.from({ length: 4 * (warm - cold) }, (_, step) => {
    const outside_c = warm - step / 4;
    return boxAround(x(outside_c), y(supplyAt(curve, outside_c)), 4);
  });
}

export function meets(one: Box, other: Box): boolean {
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom
  );
}
