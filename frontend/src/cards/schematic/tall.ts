/** The layout for a phone: the heat goes down from the unit to the house. */

import type { Translate } from "../../lib/texts/texts";
import type { Picture } from "./model";
import {
  band,
  IDLE,
  heaterNode,
  hotWaterNode,
  houseNode,
  meterNode,
  node,
  outletNode,
  plain,
  returnBand,
  shareNode,
  sourceNode,
  valveNode,
} from "./parts";
import type { Band, Drawn, Label, Node, Point } from "./scene";
import { figure, widthOf, word, wrapped } from "./scene";

const UNIT_Y = 8;
const UNIT_HEIGHT = 148;
const BOTTOM = UNIT_Y + UNIT_HEIGHT;
const SOURCE = { x: 32, y: UNIT_Y + 64, radius: 30 };
const METER = { x: 29, y: BOTTOM + 56, width: 54 };
const HEATER_Y = METER.y + 30;
const VALVE_Y = BOTTOM + 146;
const VESSEL_Y = VALVE_Y + 40;
const VESSEL = { width: 48, height: 72 };
/** Of a circuit, which has a figure and a name. */
const CIRCUIT_PX = 36;
/** From this length on the source's power stands at its band. */
const LONG_PX = 96;
const COP_PX = 38;
/** The word for the heater. */
const HEATER_PX = 49;
/** Below it all is nearer together. */
const NARROW_PX = 300;

interface Places {
  width: number;
  unitX: number;
  electricityX: number;
  /** Middle of the heat's line, before the heater and behind it. */
  pumpedX: number;
  heatX: number;
  /** Where words right of the heat and of the heater begin. */
  besideX: number;
  heaterTextX: number;
  returnX: number;
  houseX: number;
  tankX: number;
}

export function tall(p: Picture, width: number, t: Translate): Drawn {
  const at = placesOf(p, width);
  const { unitX, heatX, houseX, tankX } = at;
  const inside = { x: unitX + 14, width: width - 2 - unitX - 28 };
  const nodes: Node[] = [
    node("unit", p, unitX, UNIT_Y, width - 2 - unitX, UNIT_HEIGHT),
    shareNode(p, inside.x, UNIT_Y + 35, inside.width),
    sourceNode(p, SOURCE.x, SOURCE.y, SOURCE.radius),
    meterNode(p, METER.x, METER.y, METER.width),
    houseNode(p, houseX, VESSEL_Y, VESSEL.width, VESSEL.height),
  ];
  if (p.hotWater) {
    nodes.push(
      hotWaterNode(p, p.hotWater, tankX, VESSEL_Y, VESSEL.width, VESSEL.height),
      valveNode(p, heatX, VALVE_Y, 8),
    );
  }
  if (p.heater.exists) nodes.push(heaterNode(p, heatX, HEATER_Y, 14));
  const circuitsAt = circuitPlaces(p);
  nodes.push(
    ...circuitsAt.map((y) => outletNode(p, houseX - 11, Math.min(y - 5, VESSEL_Y + 66), 10)),
  );
  return {
    height: Math.max(VESSEL_Y + 154, (circuitsAt.at(-1) ?? 0) + 54),
    nodes,
    bands: [...inputs(p, at), ...outputs(p, at)],
    labels: [
      ...sourceLabels(p, at),
      word(inside.x, UNIT_Y + 25, "start", t("compressor")),
      figure(width - 16, UNIT_Y + 25, "end", plain(p.compressor.text), "normal"),
      word(inside.x, UNIT_Y + 58, "start", p.compressor.power),
      ...copLabels(p, at, t),
      figure(2, METER.y - 8, "start", p.electricityPower, "normal"),
      word(2, METER.y + 54, "start", t("electricity_in")),
      word(2, METER.y + 69, "start", p.own),
      ...heatLabels(p, at, t),
      ...vesselLabels(p, at, circuitsAt),
    ],
  };
}

function placesOf(p: Picture, width: number): Places {
  const { heat, pumped, compressor } = p.streams;
  const splits = p.heater.on === true;
  const narrow = splits ? pumped.width : heat.width;
  const isNarrow = width < NARROW_PX;
  const unitX = Math.max(78, (isNarrow ? 0.31 : 0.36) * width);
  const electricityX = unitX + 8 + compressor.width / 2;
  const pumpedX = Math.max(
    unitX + (isNarrow ? 0.2 : 0.27) * (width - unitX),
    electricityX + compressor.width / 2 + 8 + Math.max(narrow / 2, heat.width - narrow / 2),
  );
  // What the heater adds comes from the left, and so the band grows to the left.
  const heatX = splits ? pumpedX - (heat.width - pumped.width) / 2 : pumpedX;
  const besideX = pumpedX + narrow / 2 + 6;
  const heaterTextX = heatX + Math.max(heat.width / 2, 14) + 6;
  const words = Math.max(widthOf(p.heatPower, "normal"), widthOf(plain(p.heatNote)));
  const heaterWords = p.heater.exists ? Math.max(widthOf(plain(p.heater.text)), HEATER_PX) : 0;
  return {
    width,
    unitX,
    electricityX,
    pumpedX,
    heatX,
    besideX,
    heaterTextX,
    returnX: Math.max(
      besideX + words + 5,
      heaterTextX + heaterWords + 5,
      unitX + 0.64 * (width - unitX),
    ),
    houseX: heatX - VESSEL.width / 2,
    tankX: width - VESSEL.width - 8,
  };
}

function inputs(p: Picture, at: Places): Band[] {
  const { source, compressor, heater, thread } = p.streams;
  const { unitX, electricityX } = at;
  const sourceEnd = SOURCE.x + SOURCE.radius;
  const meterEnd = METER.x + METER.width / 2;
  const sourceY = p.source.outlet ? SOURCE.y - 8 : SOURCE.y;
  const bands = [
    band("source", p.tone === "defrost" ? "defrost" : "source", source, [
      [sourceEnd - 2, sourceY],
      [unitX, sourceY],
    ]),
    band("electricity", "electricity", compressor, [
      [meterEnd, METER.y + 10],
      [electricityX, METER.y + 10],
      [electricityX, BOTTOM],
    ]),
  ];
  if (p.source.outlet) {
    const y = sourceY + source.width / 2 + 12;
    bands.push(
      band(
        "outlet",
        "source",
        thread,
        [
          [unitX, y],
          [sourceEnd - 4, y],
        ],
        { isPale: true },
      ),
    );
  }
  if (p.heater.exists) {
    bands.push(
      band("heater", "electricity", heater, [
        [meterEnd, HEATER_Y],
        [at.heatX, HEATER_Y],
      ]),
    );
  }
  return bands;
}

function outputs(p: Picture, at: Places): Band[] {
  const { heat, pumped } = p.streams;
  const { heatX, pumpedX, returnX, tankX, houseX } = at;
  const tankMiddle = tankX + VESSEL.width / 2;
  const splits = p.heater.exists && p.heater.on === true;
  const begin: Point = splits ? [heatX, HEATER_Y] : [heatX, BOTTOM];
  const toHouse: Point[] = [
    [heatX, VALVE_Y],
    [heatX, VESSEL_Y],
  ];
  const toTank: Point[] = [
    [heatX, VALVE_Y],
    [tankMiddle, VALVE_Y],
    [tankMiddle, VESSEL_Y],
  ];
  const bands: Band[] = [];
  if (p.toHotWater) bands.push(band("house", p.tone, IDLE, toHouse));
  else if (p.hotWater) bands.push(band("tank", p.tone, IDLE, toTank));
  if (p.return) {
    const from = p.toHotWater ? tankX : houseX + VESSEL.width;
    bands.push(
      returnBand(
        p,
        [
          [from, VESSEL_Y + 54],
          [returnX, VESSEL_Y + 54],
          [returnX, BOTTOM + 1],
        ],
        [
          [returnX, VESSEL_Y + 20],
          [returnX, BOTTOM + 1],
        ],
      ),
    );
  }
  if (splits) {
    bands.push(
      band("pumped", p.tone, pumped, [
        [pumpedX, BOTTOM],
        [pumpedX, HEATER_Y],
      ]),
    );
  }
  bands.push(
    band("heat", p.tone, heat, [begin, ...(p.toHotWater ? toTank : toHouse.slice(1))], {
      marks: [
        ...(splits || !p.heater.exists
          ? []
          : [[begin, [heatX, HEATER_Y - 16]] satisfies Point[]]),
        [
          p.heater.exists ? [heatX, HEATER_Y + 16] : begin,
          [heatX, VALVE_Y - 10],
        ],
        p.toHotWater
          ? [[heatX + 20, VALVE_Y], toTank[1]!]
          : [[heatX, VALVE_Y + 10], toHouse[1]!],
      ],
    }),
  );
  return bands;
}

function sourceLabels(p: Picture, at: Places): Label[] {
  const { x, y, radius } = SOURCE;
  const { source } = p.streams;
  const labels = [
    word(2, y - radius - 10, "start", p.source.name),
    figure(x, y + radius + 20, "middle", p.source.inlet, "normal"),
    word(x, y + radius + 37, "middle", p.source.outlet),
    ...wrapped(2, y + radius + (p.source.outlet ? 54 : 37), "start", p.source.pump, at.unitX - 8),
  ];
  const room = at.unitX - x - radius;
  if (room < LONG_PX || !p.sourcePower.text) return labels;
  const middle = at.unitX - room / 2;
  const above = y - Math.max(source.width / 2, 8) - (p.source.outlet ? 18 : 10);
  const below = y + Math.max(source.width / 2, 8) + (p.source.outlet ? 24 : 18);
  return [
    ...labels,
    figure(middle, above, "middle", p.sourcePower, "normal"),
    ...wrapped(middle, below, "middle", p.sourceNote, room - 8),
  ];
}

function copLabels(p: Picture, at: Places, t: Translate): Label[] {
  const { unitX, width } = at;
  const middle = (unitX + width) / 2;
  const name = COP_PX;
  const value = widthOf(plain(p.cop.text), "huge");
  const left = middle - (name + 8 + value) / 2;
  return [
    word(left, UNIT_Y + 92, "start", t("cop"), "large"),
    figure(left + name + 8, UNIT_Y + 92, "start", plain(p.cop.text), "huge"),
    ...p.cop.note.flatMap((note) =>
      wrapped(middle, UNIT_Y + 118, "middle", note, width - unitX - 24),
    ),
  ];
}

function heatLabels(p: Picture, at: Places, t: Translate): Label[] {
  const { besideX, heaterTextX, returnX, heatX } = at;
  const { heat } = p.streams;
  const supplyX = heatX - Math.max(heat.width / 2, 8) - 8;
  const labels = [
    figure(besideX, BOTTOM + 30, "start", p.heatPower, "normal"),
    word(besideX, BOTTOM + 47, "start", p.heatNote),
    figure(supplyX, VALVE_Y - 6, "end", p.supply, "normal"),
    word(supplyX, VALVE_Y + 11, "end", t("supply")),
  ];
  if (p.return) {
    labels.push(
      figure(returnX + 8, BOTTOM + 30, "start", p.return, "normal"),
      word(returnX + 8, BOTTOM + 47, "start", t("return")),
    );
  }
  const pumpsY = BOTTOM + (p.return ? 64 : 30);
  labels.push(...wrapped(returnX + 8, pumpsY, "start", p.pumps, at.width - returnX - 10));
  if (p.heater.exists) {
    labels.push(
      word(heaterTextX, HEATER_Y + 1, "start", t("heater")),
      word(heaterTextX, HEATER_Y + 17, "start", p.heater.text),
    );
  }
  return labels;
}

/** The baselines of the circuits' figures. */
function circuitPlaces(p: Picture): number[] {
  const first = VESSEL_Y + (p.circuits.length > 2 ? 14 : 24);
  return p.circuits.map((_, index) => first + CIRCUIT_PX * index);
}

function vesselLabels(p: Picture, at: Places, circuitsAt: readonly number[]): Label[] {
  const { width, houseX, heatX } = at;
  const labels: Label[] = [];
  const below = VESSEL_Y + VESSEL.height;
  if (p.hotWater) {
    labels.push(
      figure(width - 2, below + 20, "end", p.hotWater.celsius, "normal"),
      word(width - 2, below + 37, "end", p.hotWater.name),
      word(width - 2, below + 53, "end", p.hotWater.target),
    );
  }
  if (p.circuits.length) {
    labels.push(
      figure(heatX, below + 20, "middle", p.house.celsius, "normal"),
      word(heatX, below + 37, "middle", p.house.name),
      ...p.circuits.flatMap((circuit, index) => [
        figure(2, circuitsAt[index]!, "start", circuit.celsius, "normal"),
        word(2, circuitsAt[index]! + 16, "start", circuit.name),
      ]),
    );
  } else {
    const right = houseX - 10;
    labels.push(
      figure(right, VESSEL_Y + 26, "end", p.house.celsius, "normal"),
      word(right, VESSEL_Y + 44, "end", p.house.name),
      word(right, VESSEL_Y + 60, "end", p.house.target),
    );
  }
  return labels;
}
