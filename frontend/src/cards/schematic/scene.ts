/** The parts of a drawing, with their places: what a layout makes of a picture. */

import type { Live } from "../../data/contract";
import type { Quantity } from "../../lib/format";
import type { Stream, Tone } from "./model";

export type Role = Tone | "electricity" | "source";

/** A corner of a line, in px. */
export type Point = readonly [x: number, y: number];

/** A line along which energy or water moves, drawn as wide as its power. */
export interface Band {
  id: string;
  role: Role;
  stream: Stream;
  /** From where it comes usually, to where it goes. */
  points: readonly Point[];
  /** Where chevrons may be; everywhere on it if not given. */
  marks?: readonly (readonly Point[])[];
  /** The same water with less heat in it. */
  isPale?: boolean;
  /** Into what it turns, and between which x. */
  becomes?: { role: Role; from: number; to: number };
}

export type NodeKind =
  | "source"
  | "meter"
  | "heater"
  | "valve"
  | "buffer"
  | "circuit"
  | "hot_water"
  | "unit"
  | "share"
  | "outlet";

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
  /** Whether it has a mark where it should be full. */
  hasTarget?: boolean;
  source?: Live["source_kind"];
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
  /** The width of the pill around it, if it stands on a line. */
  pillWidth?: number;
}

/** What a layout draws. */
export interface Drawn {
  height: number;
  nodes: Node[];
  bands: Band[];
  labels: Label[];
}

export interface Scene extends Drawn {
  width: number;
  pxPerKw: number;
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

/** Font sizes in px; the stylesheet has the same. */
export const FONT_PX: Record<Size, number> = { huge: 44, large: 17, normal: 14, small: 12 };

/** Roughly how wide a text is, rather too wide. */
export function widthOf({ text, unit }: Quantity, size: Size = "small"): number {
  const px = FONT_PX[size];
  const units = unit ? Math.max(0.75 * px, 11) * lettersOf(`\u00a0${unit}`) : 0;
  return px * lettersOf(text) + units;
}

/** The width of letters in em, in classes. */
function lettersOf(text: string): number {
  let width = 0;
  for (const letter of text) {
    if (/[\s.,:ijltfr()·]/.test(letter)) width += 0.32;
    else if (/[mwMW…]/.test(letter)) width += 0.88;
    else width += /\p{Lu}/u.test(letter) ? 0.7 : 0.57;
  }
  return width;
}

/** Words on as many lines as they need. */
export function wrapped(
  x: number,
  y: number,
  anchor: Label["anchor"],
  text: string,
  room: number,
): Label[] {
  const lines: string[] = [];
  for (const each of text.split(" ")) {
    const longer = `${lines.at(-1) ?? ""} ${each}`.trim();
    if (lines.length && widthOf({ text: longer, unit: "" }) <= room) lines.pop();
    else if (lines.length) {
      lines.push(each);
      continue;
    }
    lines.push(longer);
  }
  return lines.map((line, index) => word(x, y + 16 * index, anchor, line));
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
    const count = Math.floor((length + 8) / CHEVRONS_APART_PX);
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
