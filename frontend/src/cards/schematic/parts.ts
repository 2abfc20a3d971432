/** What both layouts of the schematic are made of. */

import { type Picture, type Stream, THREAD_PX, type Vessel } from "./model";
import type { Band, Label, Node, Point } from "./scene";
import { figure, word } from "./scene";

/** A line where no heat goes now. */
export const IDLE: Stream = { motion: "idle", width: 2, backward: false, isMeasured: true };

export function band(
  id: string,
  role: Band["role"],
  stream: Stream,
  points: readonly Point[],
  more: Partial<Band> = {},
): Band {
  return { id, role, stream, points, ...more };
}

export function node(
  kind: Node["kind"],
  p: Picture,
  x: number,
  y: number,
  width: number,
  height: number,
): Node {
  const isActive = p.isRunning || p.streams.heat.motion === "flowing";
  return { kind, role: p.tone, isActive, isKnown: p.tone !== "unknown", x, y, width, height };
}

export function sourceNode(p: Picture, x: number, y: number, radius: number): Node {
  return {
    ...node("source", p, x - radius, y - radius, 2 * radius, 2 * radius),
    role: "source",
    isActive: p.isRunning,
    source: p.source.kind,
  };
}

export function meterNode(p: Picture, x: number, y: number, width: number): Node {
  const height = Math.round(0.68 * width);
  return {
    ...node("meter", p, x - width / 2, y, width, height),
    role: "electricity",
    isActive: [p.streams.compressor, p.streams.heater].some(
      ({ motion }) => motion === "flowing",
    ),
    isKnown: p.streams.compressor.motion !== "unknown",
  };
}

export function heaterNode(p: Picture, x: number, y: number, radius = 16): Node {
  return {
    ...node("heater", p, x - radius, y - radius, 2 * radius, 2 * radius),
    role: "electricity",
    isActive: p.heater.on === true,
  };
}

export function valveNode(p: Picture, x: number, y: number, radius: number): Node {
  return node("valve", p, x - radius, y - radius, 2 * radius, 2 * radius);
}

/** How hard the compressor works, as a bar. */
export function shareNode(p: Picture, x: number, y: number, width: number): Node {
  return {
    ...node("share", p, x, y, width, 6),
    isKnown: p.compressor.isKnown,
    level: p.compressor.share ?? 0,
  };
}

export function houseNode(
  p: Picture,
  x: number,
  y: number,
  width: number,
  height: number,
): Node {
  const { level, isKnown, isBuffer } = p.house;
  return {
    ...node(isBuffer ? "buffer" : "circuit", p, x, y, width, height),
    // What is stored in it does not change its kind in a defrost.
    role: p.tone === "cooling" ? "cooling" : "heating",
    isActive: p.streams.heat.motion === "flowing" && !p.toHotWater,
    isKnown,
    level,
  };
}

export function hotWaterNode(
  p: Picture,
  tank: Vessel,
  x: number,
  y: number,
  width: number,
  height: number,
): Node {
  const { isKnown, level, hasTarget } = tank;
  return {
    ...node("hot_water", p, x, y, width, height),
    role: "hot_water",
    isActive: p.toHotWater,
    isKnown,
    level,
    hasTarget,
  };
}

/** The pipe by which the water comes back. */
export function returnBand(
  p: Picture,
  points: readonly Point[],
  marks: readonly Point[],
): Band {
  return band("return", p.tone, p.streams.thread, points, { isPale: true, marks: [marks] });
}

/** Pipes from a buffer to the circuits; nobody measures how much heat takes which. */
export function outletNode(p: Picture, x: number, y: number, width: number): Node {
  return {
    ...node("outlet", p, x, y - THREAD_PX / 2, width, THREAD_PX),
    role: p.tone === "cooling" ? "cooling" : "heating",
    isActive: p.streams.heat.motion === "flowing" && !p.toHotWater,
  };
}

export function vesselLabels(vessel: Vessel, x: number, y: number): Label[] {
  return [
    word(x, y, "start", vessel.name),
    figure(x, y + 22, "start", vessel.celsius),
    word(x, y + 42, "start", vessel.target),
  ];
}

export function plain(text: string) {
  return { text, unit: "" };
}
