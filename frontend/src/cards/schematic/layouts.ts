/** Where the parts of the schematic are: wide for a card of two columns, tall for a phone. */

import type { Translate } from "../../lib/texts";
import type { Picture, Stream, Vessel } from "./model";
import type { Band, Label, Node, Point, Scene } from "./scene";
import { figure, word } from "./scene";

/** From this width on there is room for the wide layout, in px. */
export const WIDE_FROM_PX = 640;

export function sceneOf(picture: Picture, width: number, t: Translate): Scene {
  return width >= WIDE_FROM_PX ? wide(picture, width, t) : tall(picture, width, t);
}

/** Where two bands that come from the left merge into one: one upon the other. */
function merged(y: number, heat: Stream, source: Stream, electricity: Stream) {
  const top = y - heat.width / 2;
  return {
    sourceY: top + source.width / 2,
    electricityY: y + heat.width / 2 - electricity.width / 2,
  };
}

function wide(p: Picture, width: number, t: Translate): Scene {
  const { source, compressor, heater, heat } = p.streams;
  const y = 182;
  const unit = { x: 0.28 * width, width: 200, y: 4, height: 266 };
  const unitEnd = unit.x + unit.width;
  const meterX = unit.x + 60;
  const houseX = width - 148;
  const heaterX = unitEnd + 0.56 * (houseX - unitEnd);
  const valveX = unitEnd + 0.84 * (houseX - unitEnd);
  const sourceX = 57;
  const { sourceY, electricityY } = merged(y, heat, source, compressor);
  const hotWaterY = 54;
  const vesselWidth = 50;

  const nodes: Node[] = [
    node("unit", p, unit.x, unit.y, unit.width, unit.height),
    { ...node("source", p, sourceX - 35, y - 35, 70, 70), role: "source" },
    { ...node("meter", p, meterX - 33, 300, 66, 44), role: "electricity", isKnown: true },
    houseNode(p, houseX, y - 37, vesselWidth, 118),
  ];
  const bands: Band[] = [
    band("source", "source", source, [
      [sourceX + 35, sourceY],
      [unit.x + 100, sourceY],
    ]),
    band("electricity", "electricity", compressor, [
      [meterX, 300],
      [meterX, electricityY],
      [unit.x + 130, electricityY],
    ]),
  ];
  const labels: Label[] = [
    word(sourceX, y - 50, "middle", p.source.name),
    figure(sourceX, y + 62, "middle", p.source.inlet),
    word(sourceX, y + 80, "middle", p.source.outlet),
    word(unit.x + 18, unit.y + 28, "start", t("compressor")),
    figure(unitEnd - 18, unit.y + 28, "end", plain(p.compressor.text), "normal"),
    ...copLabels(p, unit.x + 18, unit.y + 72, t),
    figure(meterX - 46, 320, "end", p.electricityPower),
    word(meterX - 46, 339, "end", t("electricity_in")),
  ];
  if (p.sourcePower.text) {
    const middle = (sourceX + 35 + unit.x) / 2;
    labels.push(
      figure(middle, y - 20, "middle", p.sourcePower, "normal"),
      word(middle, y + 32, "middle", p.sourceNote),
    );
  }

  const toHouse: Point[] = [
    [unit.x + 60, y],
    [houseX, y],
  ];
  const toTank: Point[] = [
    [unit.x + 60, y],
    [valveX, y],
    [valveX, hotWaterY],
    [houseX, hotWaterY],
  ];
  const idle = p.streams.heat.motion === "unknown" ? heat : p.toHotWater ? IDLE : heat;
  if (p.hotWater) {
    nodes.push(hotWaterNode(p, p.hotWater, houseX, 8, vesselWidth, 92));
    labels.push(...vesselLabels(p.hotWater, houseX + vesselWidth + 16, 30));
    if (!p.toHotWater) bands.push(band("tank", p.tone, IDLE, toTank.slice(1)));
  }
  bands.push(
    p.toHotWater
      ? band("house", p.tone, idle, [
          [valveX, y],
          [houseX, y],
        ])
      : band("heat", p.tone, heat, toHouse),
  );
  if (p.toHotWater) bands.push(band("heat", p.tone, heat, toTank));
  if (p.hotWater) nodes.push({ ...node("valve", p, valveX - 9, y - 9, 18, 18) });

  labels.push(
    word(unitEnd + 15, y - 50, "start", p.heatNote),
    figure(unitEnd + 15, y - 29, "start", p.heatPower),
    pill(unitEnd + 48, y, p.supply),
  );
  if (p.return) {
    bands.push(
      band("return", "return", p.streams.return, [
        [houseX, y + 62],
        [unitEnd, y + 62],
      ]),
    );
    labels.push(
      pill(unitEnd + 48, y + 62, p.return),
      word(unitEnd + 15, y + 36, "start", p.deltaT),
    );
  }
  if (p.heater.exists) {
    bands.push(
      band("heater", "electricity", heater, [
        [meterX + 33, 322],
        [heaterX, 322],
        [heaterX, y + 16],
      ]),
    );
    nodes.push(heaterNode(p, heaterX - 16, y - 16));
    labels.push(
      word(heaterX, y - 50, "middle", t("backup_heater")),
      word(heaterX, y - 33, "middle", p.heater.text),
    );
  }
  labels.push(...houseLabels(p, houseX, y, vesselWidth));
  return { width, height: 350, nodes, bands, labels };
}

function houseLabels(p: Picture, x: number, y: number, width: number): Label[] {
  const right = x + width + 16;
  const below = [
    word(x + width / 2, y + 100, "middle", p.house.name),
    figure(x + width / 2, y + 120, "middle", p.house.celsius),
  ];
  if (!p.house.isBuffer) return vesselLabels(p.house, right, y - 10);
  const apart = Math.min(70, 140 / Math.max(p.circuits.length, 1));
  return [
    ...below,
    ...p.circuits.flatMap((circuit, index) => [
      word(right, y - 18 + index * apart, "start", circuit.name),
      figure(right, y + 2 + index * apart, "start", circuit.celsius),
    ]),
  ];
}

function tall(p: Picture, width: number, t: Translate): Scene {
  const { source, compressor, heater, heat } = p.streams;
  const unit = { x: Math.max(108, width - 232), y: 8, width: 0, height: 146 };
  unit.width = width - unit.x - 2;
  const unitBottom = unit.y + unit.height;
  const sourceX = 36;
  const sourceY = unit.y + 62;
  const heatX = unit.x + 0.33 * unit.width;
  const returnX = unit.x + 0.69 * unit.width;
  const meterX = 30;
  const meterY = unitBottom + 56;
  const electricityX = unit.x + 28;
  const vesselY = unitBottom + 174;
  const valveY = unitBottom + 132;
  const heaterY = unitBottom + 76;
  const tankX = width - 64;

  const nodes: Node[] = [
    node("unit", p, unit.x, unit.y, unit.width, unit.height),
    { ...node("source", p, sourceX - 34, sourceY - 34, 68, 68), role: "source" },
    { ...node("meter", p, meterX - 26, meterY, 52, 42), role: "electricity", isKnown: true },
    houseNode(p, heatX - 24, vesselY, 48, 72),
  ];
  const bands: Band[] = [
    band("source", "source", source, [
      [sourceX + 34, sourceY],
      [unit.x, sourceY],
    ]),
    band("electricity", "electricity", compressor, [
      [meterX + 26, meterY + 14],
      [electricityX, meterY + 14],
      [electricityX, unitBottom],
    ]),
  ];
  const labels: Label[] = [
    word(sourceX, sourceY - 44, "middle", p.source.name),
    figure(sourceX, sourceY + 56, "middle", p.source.inlet, "normal"),
    word(sourceX, sourceY + 74, "middle", p.source.outlet),
    word(unit.x + 14, unit.y + 26, "start", t("compressor")),
    figure(unit.x + unit.width - 14, unit.y + 26, "end", plain(p.compressor.text), "normal"),
    ...copMiddle(p, unit.x + unit.width / 2, unit.y + 92, t),
    figure(meterX + 30, meterY - 4, "start", p.electricityPower, "normal"),
    word(meterX - 26, meterY + 60, "start", t("electricity_in")),
    figure(heatX + 24, unitBottom + 34, "start", p.heatPower, "normal"),
    word(heatX + 24, unitBottom + 52, "start", p.heatNote),
    figure(heatX - 24, valveY - 2, "end", p.supply, "normal"),
    word(heatX - 24, valveY + 16, "end", t("supply")),
  ];
  const toHouse: Point[] = [
    [heatX, unitBottom],
    [heatX, vesselY],
  ];
  const toTank: Point[] = [
    [heatX, valveY],
    [tankX + 24, valveY],
    [tankX + 24, vesselY],
  ];
  if (p.hotWater) {
    nodes.push(hotWaterNode(p, p.hotWater, tankX, vesselY, 48, 72));
    labels.push(
      figure(width - 4, vesselY + 96, "end", p.hotWater.celsius, "normal"),
      word(width - 4, vesselY + 114, "end", listed(p.hotWater.name, p.hotWater.target)),
    );
  }
  if (p.toHotWater) {
    bands.push(
      band("house", p.tone, IDLE, [
        [heatX, valveY],
        [heatX, vesselY],
      ]),
      band("heat", p.tone, heat, [[heatX, unitBottom], ...toTank]),
    );
  } else {
    if (p.hotWater) bands.push(band("tank", p.tone, IDLE, toTank));
    bands.push(band("heat", p.tone, heat, toHouse));
  }
  if (p.hotWater) nodes.push(node("valve", p, heatX - 8, valveY - 8, 16, 16));
  if (p.return) {
    bands.push(
      band("return", "return", p.streams.return, [
        [heatX + 24, vesselY + 54],
        [returnX, vesselY + 54],
        [returnX, unitBottom],
      ]),
    );
    labels.push(
      figure(returnX + 12, unitBottom + 34, "start", p.return, "normal"),
      word(returnX + 12, unitBottom + 52, "start", t("return")),
    );
  }
  if (p.heater.exists) {
    bands.push(
      band("heater", "electricity", heater, [
        [meterX + 26, meterY + 32],
        [heatX - 14, meterY + 32],
      ]),
    );
    nodes.push(heaterNode(p, heatX - 14, heaterY, 28));
    labels.push(
      word(heatX + 24, heaterY + 12, "start", t("heater")),
      word(heatX + 24, heaterY + 28, "start", p.heater.text),
    );
  }
  labels.push(
    figure(heatX - 34, vesselY + 26, "end", p.house.celsius, "normal"),
    word(heatX - 34, vesselY + 44, "end", p.house.name),
    word(heatX - 34, vesselY + 60, "end", p.house.target),
  );
  const circuits = p.circuits.flatMap((circuit, index) => [
    word(2, vesselY + 108 + 20 * index, "start", circuit.name),
    figure(128, vesselY + 108 + 20 * index, "end", circuit.celsius, "normal"),
  ]);
  labels.push(...circuits);
  const height = vesselY + 124 + 20 * Math.max(p.circuits.length - 1, 0);
  return { width, height, nodes, bands, labels };
}

const IDLE: Stream = { motion: "idle", width: 2, backward: false, isMeasured: true };

function band(
  id: string,
  role: Band["role"],
  stream: Stream,
  points: readonly Point[],
): Band {
  return { id, role, stream, points };
}

function node(
  kind: Node["kind"],
  p: Picture,
  x: number,
  y: number,
  width: number,
  height: number,
): Node {
  const isActive = p.streams.heat.motion === "flowing";
  const isKnown = p.tone !== "unknown";
  return { kind, role: p.tone, isActive, isKnown, x, y, width, height };
}

function heaterNode(p: Picture, x: number, y: number, size = 32): Node {
  return {
    ...node("heater", p, x, y, size, size),
    role: "electricity",
    isActive: p.heater.on === true,
  };
}

function houseNode(p: Picture, x: number, y: number, width: number, height: number): Node {
  return {
    ...node(p.house.isBuffer ? "buffer" : "circuit", p, x, y, width, height),
    role: p.toHotWater || p.tone === "unknown" ? "heating" : p.tone,
    isActive: p.streams.heat.motion === "flowing" && !p.toHotWater,
    isKnown: p.house.isKnown,
    level: 0.5,
  };
}

function hotWaterNode(
  p: Picture,
  tank: Vessel,
  x: number,
  y: number,
  width: number,
  height: number,
): Node {
  return {
    ...node("hot_water", p, x, y, width, height),
    role: "hot_water",
    isActive: p.toHotWater,
    isKnown: tank.isKnown,
    level: 0.78,
  };
}

function copLabels(p: Picture, x: number, y: number, t: Translate): Label[] {
  return [
    word(x, y, "start", t("cop_now")),
    figure(x, y + 46, "start", plain(p.cop.text), "huge"),
    ...p.cop.note.map((note, index) => word(x, y + 72 + 18 * index, "start", note)),
  ];
}

function copMiddle(p: Picture, x: number, y: number, t: Translate): Label[] {
  return [
    word(x - 12 - 11 * p.cop.text.length, y, "end", t("cop"), "large"),
    figure(x + 12, y, "middle", plain(p.cop.text), "huge"),
    ...p.cop.note.map((note, index) => word(x, y + 28 + 18 * index, "middle", note)),
  ];
}

function vesselLabels(vessel: Vessel, x: number, y: number): Label[] {
  return [
    word(x, y, "start", vessel.name),
    figure(x, y + 22, "start", vessel.celsius),
    word(x, y + 42, "start", vessel.target),
  ];
}

function pill(x: number, y: number, quantity: Label | { text: string; unit: string }): Label {
  const { text, unit } = quantity;
  return { ...figure(x, y + 5, "middle", { text, unit }, "normal"), isPill: true };
}

function plain(text: string) {
  return { text, unit: "" };
}

function listed(...parts: string[]): string {
  return parts.filter(Boolean).join(", ");
}
