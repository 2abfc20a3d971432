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
/** From the right end of the chart to that of a curve's name: what is tried first. */
const NAME_IN_PX = { above: [56, 4, 120], below: [0, 60] } as const;

type Side = keyof typeof NAME_IN_PX;

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
  const place = (text: string, curve: Curve, sides: readonly Side[]) =>
    orFirst(
      sides.flatMap((side) => besideCurve(text, curve, side, chart)),
      ring,
      chart,
    );
  const cold = ranges.outside[1];
  const isUpper = before !== null && supplyAt(before, cold) < supplyAt(now, cold);
  const sides: Side[] = isUpper ? ["above", "below"] : ["below", "above"];
  const name = place(texts.now, now, before ? sides.slice(0, 1) : ["above", "below"]);
  const former = before && place(texts.before, before, sides.slice(1));
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

/** Where the name of a curve can stand, on one side of it. */
function besideCurve(text: string, curve: Curve, side: Side, chart: Chart): Label[] {
  const { ranges, y, bottom, width } = chart;
  const right = width - RIGHT_PX;
  const wide = textWidth(text, LABEL_PX) + 4;
  const outsideAt = linear([LEFT_PX, right], ranges.outside);
  const yAt = (px: number) => y(supplyAt(curve, outsideAt(Math.max(px, LEFT_PX))));
  return NAME_IN_PX[side].map((inset) => {
    // The curve rises to the right: it comes nearest to one end of its name.
    const end = Math.max(right - inset, LEFT_PX + wide);
    const base =
      side === "above"
        ? Math.max(yAt(end) - 10, TOP_PX + 8)
        : Math.min(yAt(end - wide) + 16, bottom - 4);
    return { text, x: end, y: base, anchor: "end" };
  });
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
