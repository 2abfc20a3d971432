/** The layout for a card of two columns: from the source at the left to the house. */

import type { Quantity } from "../../lib/format";
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
  vesselLabels,
} from "./parts";
import type { Band, Drawn, Label, Node, Point } from "./scene";
import { figure, widthOf, word, wrapped } from "./scene";

/** Below it words beside the heat are shorter. */
const ROOMY_FROM_PX = 760;
const Y = 190;
const UNIT_Y = 4;
const METER_Y = 306;
const HOT_WATER_Y = 54;
const SOURCE = { x: 48, radius: 35 };
const VESSEL_WIDTH = 50;

interface Places {
  width: number;
  unitX: number;
  unitEnd: number;
  unitBottom: number;
  meterX: number;
  heaterX: number;
  valveX: number;
  houseX: number;
  /** The heat's line behind the heater. */
  heatY: number;
  returnY: number;
  /** Upper edge of the widest band. */
  top: number;
  isRoomy: boolean;
}

export function wide(p: Picture, width: number, t: Translate): Drawn {
  const at = placesOf(p, width);
  const { unitX, unitEnd, heatY } = at;
  const inside = { x: unitX + 16, width: unitEnd - unitX - 32 };
  const nodes: Node[] = [
    node("unit", p, unitX, UNIT_Y, unitEnd - unitX, at.unitBottom - UNIT_Y),
    shareNode(p, inside.x, UNIT_Y + 36, inside.width),
    sourceNode(p, SOURCE.x, Y, SOURCE.radius),
    meterNode(p, at.meterX, METER_Y, 64),
    houseNode(p, at.houseX, heatY - 37, VESSEL_WIDTH, 118),
  ];
  if (p.hotWater) {
    nodes.push(
      hotWaterNode(p, p.hotWater, at.houseX, 8, VESSEL_WIDTH, 92),
      valveNode(p, at.valveX, heatY, 9),
    );
  }
  if (p.heater.exists) nodes.push(heaterNode(p, at.heaterX, heatY));
  const circuitsAt = circuitPlaces(p, heatY);
  const inY = METER_Y + (p.own ? 5 : 18);
  nodes.push(
    ...circuitsAt.map((y) => outletNode(p, at.houseX + VESSEL_WIDTH + 1, y - 5, 9)),
  );
  return {
    height: METER_Y + 52,
    nodes,
    bands: [...inputs(p, at), ...outputs(p, at)],
    labels: [
      ...sourceLabels(p, at),
      word(inside.x, UNIT_Y + 26, "start", t("compressor")),
      figure(unitEnd - 16, UNIT_Y + 26, "end", plain(p.compressor.text), "normal"),
      word(inside.x, UNIT_Y + 66, "start", t("cop_now")),
      word(unitEnd - 16, UNIT_Y + 57, "end", p.compressor.power),
      figure(inside.x, UNIT_Y + 109, "start", plain(p.cop.text), "huge"),
      ...p.cop.note.flatMap((note) =>
        wrapped(inside.x, UNIT_Y + 132, "start", note, inside.width),
      ),
      figure(at.meterX - 44, inY, "end", p.electricityPower),
      word(at.meterX - 44, inY + 19, "end", t("electricity_in")),
      word(at.meterX - 44, inY + 34, "end", p.own),
      ...heatLabels(p, at, t),
      ...houseLabels(p, at, circuitsAt),
    ],
  };
}

function placesOf(p: Picture, width: number): Places {
  const { heat, pumped } = p.streams;
  const unitX = 0.26 * width;
  const unitEnd = unitX + Math.min(Math.max(0.235 * width, 150), 210);
  const houseX = width - 144;
  const room = houseX - unitEnd;
  // What the heater adds comes from below, and so the band grows downwards.
  const heatY = p.heater.on ? Y + (heat.width - pumped.width) / 2 : Y;
  const bottom = heatY + heat.width / 2;
  const returnY = Math.max(Y + 62, bottom + 46);
  return {
    width,
    unitX,
    unitEnd,
    unitBottom: Math.max(278, returnY + 20),
    meterX: unitX + 56,
    heaterX: unitEnd + 0.59 * room,
    valveX: unitEnd + 0.81 * room,
    houseX,
    heatY,
    returnY,
    top: Y - Math.max(pumped.width / 2, 17),
    isRoomy: width >= ROOMY_FROM_PX,
  };
}

/** The source and the electricity, up to where they have become heat. */
function inputs(p: Picture, at: Places): Band[] {
  const { source, compressor, heater, pumped, thread } = p.streams;
  const { unitX, unitEnd, meterX } = at;
  const sourceEnd = SOURCE.x + SOURCE.radius;
  const isBackward = source.backward;
  const isMerged =
    [source, compressor, pumped].every(({ motion }) => motion === "flowing") &&
    source.isMeasured;
  const turns = { from: unitX + 24, to: unitEnd - 40 };
  const bands: Band[] = [];
  let sourceY = Y;
  if (isMerged) {
    const top = Y - pumped.width / 2;
    // Electricity lies below what it is added to: the heat, or in cooling and defrost
    // the heat that leaves through the source.
    const electricityY = isBackward
      ? Y + (pumped.width + compressor.width) / 2
      : Y + (pumped.width - compressor.width) / 2;
    sourceY = top + source.width / 2;
    bands.push(
      band(
        "electricity",
        "electricity",
        compressor,
        [
          [meterX, METER_Y],
          [meterX, electricityY],
          [isBackward ? unitX : unitEnd, electricityY],
        ],
        {
          marks: [
            [
              [meterX, METER_Y],
              [meterX, electricityY + 12],
            ],
          ],
          ...(isBackward
            ? {}
            : { becomes: { role: p.tone, from: meterX + 20, to: turns.to } }),
        },
      ),
    );
  } else {
    // It ends within a unit that runs, and at the edge of one that rests.
    const within = p.isRunning && compressor.motion !== "idle" ? 22 : 0;
    bands.push(
      band("electricity", "electricity", compressor, [
        [meterX, METER_Y],
        [meterX, at.unitBottom - within],
      ]),
    );
  }
  const outside: Point[] = [
    [sourceEnd, sourceY],
    [unitX, sourceY],
  ];
  const isThrough = isMerged && !isBackward;
  bands.push(
    band(
      "source",
      isBackward && p.tone === "defrost" ? "defrost" : "source",
      source,
      isThrough ? [outside[0]!, [unitEnd, sourceY]] : outside,
      isThrough ? { marks: [outside], becomes: { role: p.tone, ...turns } } : {},
    ),
  );
  if (p.source.outlet) {
    const y = sourceY + source.width / 2 + 12;
    bands.push(
      band(
        "outlet",
        "source",
        thread,
        [
          [unitX, y],
          [sourceEnd - 7, y],
        ],
        { isPale: true },
      ),
    );
  }
  if (p.heater.exists) {
    bands.push(
      band("heater", "electricity", heater, [
        [meterX + 32, METER_Y + 22],
        [at.heaterX, METER_Y + 22],
        [at.heaterX, at.heatY],
      ]),
    );
  }
  return bands;
}

/** What leaves the unit, and comes back to it. */
function outputs(p: Picture, at: Places): Band[] {
  const { heat, pumped } = p.streams;
  const { unitX, unitEnd, heaterX, valveX, houseX, heatY, returnY } = at;
  const bands: Band[] = [];
  const toTank: Point[] = [
    [valveX, heatY],
    [valveX, HOT_WATER_Y],
    [houseX, HOT_WATER_Y],
  ];
  const toHouse: Point[] = [
    [valveX, heatY],
    [houseX, heatY],
  ];
  if (p.toHotWater) bands.push(band("house", p.tone, IDLE, toHouse));
  else if (p.hotWater) bands.push(band("tank", p.tone, IDLE, toTank));
  if (p.return) {
    const backX = valveX + heat.width / 2 + 7;
    bands.push(
      returnBand(
        p,
        p.toHotWater
          ? [
              [houseX, HOT_WATER_Y + 32],
              [backX, HOT_WATER_Y + 32],
              [backX, returnY],
              [unitEnd + 1, returnY],
            ]
          : [
              [houseX, returnY],
              [unitEnd + 1, returnY],
            ],
        [
          [p.toHotWater ? backX : houseX, returnY],
          [unitEnd + 16 + pillWidth(p.return), returnY],
        ],
      ),
    );
  }
  const pillEnd = unitEnd + 16 + pillWidth(p.supply);
  const isDrawnInside = p.streams.source.backward && pumped.motion === "flowing";
  const startX = isDrawnInside ? unitX : unitEnd;
  const splits = p.heater.exists && p.heater.on === true;
  if (splits) {
    bands.push(
      band(
        "pumped",
        p.tone,
        pumped,
        [
          [unitEnd, Y],
          [heaterX, Y],
        ],
        {
          marks: [
            [
              [pillEnd, Y],
              [heaterX - 18, Y],
            ],
          ],
        },
      ),
    );
  }
  const along = (from: number, to: number): Point[] => [
    [from, heatY],
    [to, heatY],
  ];
  const behindHeater = heaterX + 18;
  bands.push(
    band(
      "heat",
      p.tone,
      heat,
      [[splits ? heaterX : startX, heatY], ...(p.toHotWater ? toTank : [toHouse[1]!])],
      {
        marks: [
          ...(splits ? [] : [along(pillEnd, p.heater.exists ? heaterX - 18 : valveX - 12)]),
          ...(p.heater.exists && p.hotWater ? [along(behindHeater, valveX - 12)] : []),
          ...(p.toHotWater
            ? [toTank.slice(0, 2), toTank.slice(1)]
            : [along(p.hotWater ? valveX + 12 : behindHeater, houseX)]),
        ],
        ...(isDrawnInside && p.tone === "cooling"
          ? { becomes: { role: "source" as const, from: unitEnd - 40, to: unitX + 24 } }
          : {}),
      },
    ),
  );
  return bands;
}

function sourceLabels(p: Picture, at: Places): Label[] {
  const { source } = p.streams;
  const labels = [
    word(SOURCE.x, Y - 48, "middle", p.source.name),
    figure(SOURCE.x, Y + 60, "middle", p.source.inlet),
    word(SOURCE.x, Y + 78, "middle", p.source.outlet),
    word(SOURCE.x, Y + (p.source.outlet ? 96 : 78), "middle", p.source.pump),
  ];
  if (!p.sourcePower.text) return labels;
  const sourceEnd = SOURCE.x + SOURCE.radius;
  const middle = (sourceEnd + at.unitX) / 2;
  const below = Y + Math.max(source.width / 2, 12) + (p.source.outlet ? 36 : 20);
  return [
    ...labels,
    figure(middle, Y - Math.max(source.width / 2, 8) - 12, "middle", p.sourcePower, "normal"),
    ...wrapped(middle, below, "middle", p.sourceNote, at.unitX - sourceEnd - 6),
  ];
}

function heatLabels(p: Picture, at: Places, t: Translate): Label[] {
  const x = at.unitEnd + 10;
  const heaterX = at.heaterX;
  const labels = [
    word(x, at.top - 32, "start", p.heatNote),
    figure(x, at.top - 12, "start", p.heatPower, at.isRoomy ? "large" : "normal"),
    pill(x, Y, p.supply),
  ];
  if (p.heater.exists) {
    labels.push(
      word(heaterX, at.top - 30, "middle", t(at.isRoomy ? "backup_heater" : "heater")),
      word(heaterX, at.top - 14, "middle", p.heater.text),
    );
  }
  if (p.return) {
    labels.push(
      pill(x, at.returnY, p.return),
      word(x, at.returnY - 24, "start", p.deltaT),
      word(x, at.returnY + 30, "start", p.flow),
    );
  }
  labels.push(word(x, at.returnY + (p.flow ? 46 : 30), "start", p.pumps));
  return labels;
}

/** The baselines of the circuits' figures. */
function circuitPlaces(p: Picture, heatY: number): number[] {
  const count = p.circuits.length;
  const apart = Math.max(44, 70 - 13 * Math.max(count - 2, 0));
  const first = heatY + 29 - (apart * (count - 1)) / 2;
  return p.circuits.map((_, index) => first + apart * index);
}

function houseLabels(p: Picture, at: Places, circuitsAt: readonly number[]): Label[] {
  const { houseX, heatY } = at;
  const right = houseX + VESSEL_WIDTH + 16;
  const labels = p.hotWater ? vesselLabels(p.hotWater, right, 30) : [];
  if (p.circuits.length) {
    labels.push(
      word(houseX + VESSEL_WIDTH / 2, heatY + 100, "middle", p.house.name),
      figure(houseX + VESSEL_WIDTH / 2, heatY + 121, "middle", p.house.celsius),
      ...p.circuits.flatMap((circuit, index) => [
        word(right, circuitsAt[index]! - 19, "start", circuit.name),
        figure(right, circuitsAt[index]!, "start", circuit.celsius, "normal"),
      ]),
    );
  } else {
    labels.push(...vesselLabels(p.house, right, heatY - 10));
  }
  return labels;
}

function pillWidth(quantity: Quantity): number {
  return widthOf(quantity, "normal") + 20;
}

function pill(x: number, y: number, quantity: Quantity): Label {
  const width = pillWidth(quantity);
  return {
    ...figure(x + width / 2, y + 5, "middle", quantity, "normal"),
    pillWidth: width,
  };
}
