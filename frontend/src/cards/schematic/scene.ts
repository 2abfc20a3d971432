/** The parts of a drawing, with their places: what a layout makes of a picture. */

import type { Quantity } from "../../lib/format";
import type { Stream, Tone } from "./model";

export type Role = Tone | "electricity" | "source" | "return";

/** A corner of a line, in px. */
export type Point = readonly [x: number, y: number];

/** A line along which energy or water moves, drawn as wide as its power. */
export interface Band {
  id: string;
  role: Role;
  stream: Stream;
  /** From where it comes usually, to where it goes. */
  points: readonly Point[];
}

export type NodeKind =
  | "source"
  | "meter"
  | "heater"
  | "valve"
  | "buffer"
  | "circuit"
  | "hot_water"
  | "unit";

export interface Node {
  kind: NodeKind;
  role: Role;
  isActive: boolean;
  isKnown: boolean;
  x: number;
  y: number;
  width: number;
  height: number;
  /** How full a vessel is drawn, from 0 to 1. */
  level?: number;
}

export type Size = "huge" | "large" | "normal" | "small";

export interface Label {
  x: number;
  /** Of the baseline. */
  y: number;
  anchor: "start" | "middle" | "end";
  size: Size;
  /** Whether it is a figure; else a word beside one. */
  isFigure: boolean;
  text: string;
  unit: string;
  /** Whether it stands on a line, which it interrupts. */
  isPill?: boolean;
}

export interface Scene {
  width: number;
  height: number;
  nodes: Node[];
  bands: Band[];
  labels: Label[];
}

export function figure(
  x: number,
  y: number,
  anchor: Label["anchor"],
  quantity: Quantity,
  size: Size = "large",
): Label {
  return { x, y, anchor, size, isFigure: true, ...quantity };
}

export function word(
  x: number,
  y: number,
  anchor: Label["anchor"],
  text: string,
  size: Size = "small",
): Label {
  return { x, y, anchor, size, isFigure: false, text, unit: "" };
}

/** The path through some corners, each rounded. */
export function pathOf(points: readonly Point[], radius = 14): string {
  const [first, ...others] = points;
  if (!first) return "";
  let path = `M${first[0]} ${first[1]}`;
  others.forEach((corner, index) => {
    const before = points[index]!;
    const after = others[index + 1];
    if (!after) {
      path += `L${corner[0]} ${corner[1]}`;
      return;
    }
    const reach = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    const start = towards(corner, before, reach);
    const end = towards(corner, after, reach);
    path += `L${start[0]} ${start[1]}Q${corner[0]} ${corner[1]} ${end[0]} ${end[1]}`;
  });
  return path;
}

/** A chevron's place and the way it points, in degrees. */
export interface Chevron {
  x: number;
  y: number;
  degrees: number;
}

const CHEVRONS_APART_PX = 34;

/** Chevrons along the straight parts of a line, away from its corners. */
export function chevrons(points: readonly Point[], backward: boolean): Chevron[] {
  const found: Chevron[] = [];
  points.slice(1).forEach((end, index) => {
    const start = points[index]!;
    const length = distance(start, end);
    const count = Math.floor((length - 20) / CHEVRONS_APART_PX);
    const degrees =
      (Math.atan2(end[1] - start[1], end[0] - start[0]) * 180) / Math.PI +
      (backward ? 180 : 0);
    for (let place = 0; place < count; place += 1) {
      const along = (length - (count - 1) * CHEVRONS_APART_PX) / 2;
      const [x, y] = towards(start, end, along + place * CHEVRONS_APART_PX);
      found.push({ x, y, degrees });
    }
  });
  return found;
}

function distance([x1, y1]: Point, [x2, y2]: Point): number {
  return Math.hypot(x2 - x1, y2 - y1);
}

function towards(from: Point, to: Point, px: number): Point {
  const length = distance(from, to) || 1;
  return [
    from[0] + ((to[0] - from[0]) * px) / length,
    from[1] + ((to[1] - from[1]) * px) / length,
  ];
}
