/** Where the heat of a period came from and where it went; both sides add up. */

import type { Figures, Live } from "../../data/contract";
import type { Format } from "../../lib/format";
import { addingUp } from "../../lib/adding_up";
import { linear } from "../../lib/scale";
import { spread } from "../../lib/spread";
import type { TextKey, Translate } from "../../lib/texts/texts";
import { bandOf, inOne } from "../today/model";

export type Side = "in" | "out";
export type FlowRole = "source" | "electricity" | "heating" | "hot_water" | "standby" | "unknown";

export interface Flow {
  role: FlowRole;
  side: Side;
  kwh: number;
  name: string;
  figure: string;
  unit: string;
  note: string;
}

export interface Sankey {
  flows: Flow[];
  /** What defrosts took back of the heating. */
  defrost: { kwh: number; text: string };
  sum: string;
  notes: string[];
}

const SOURCES: Record<NonNullable<Live["source_kind"]> | "unknown", TextKey> = {
  air: "from_air",
  brine: "from_ground",
  water: "from_water",
  unknown: "from_source",
};
/** Shares of the input too small to be drawn or named. */
const LEAST_SHARE = 0.001;

export function sankey(
  figures: Figures,
  kind: Live["source_kind"],
  isNarrow: boolean,
  t: Translate,
  f: Format,
): Sankey | null {
  const { paired_electricity_kwh: electricity, heat_kwh: heat, modes } = figures;
  if (electricity === null || heat === null || heat <= 0) return null;
  const standby = modes.standby?.electricity_kwh ?? 0;
  const defrost = Math.max(-(modes.defrost?.heat_kwh ?? 0), 0);
  const heating = modes.heating?.heat_kwh ?? 0;
  const hotWater = modes.hot_water?.heat_kwh ?? 0;
  const unknown = Math.max(heat + defrost - heating - hotWater, 0);
  const source = Math.max(heat - electricity + standby, 0);
  const digits = heat < 100 ? 1 : 0;
  const band = bandOf(figures);
  const [ofHeating = 0, ofHotWater = 0, ofUnknown = 0, ofDefrost = 0] = addingUp(
    [heating, hotWater, unknown, -defrost],
    digits,
  );
  const flow = (role: FlowRole, side: Side, kwh: number, figure: string, note = ""): Flow => ({
    role,
    side,
    kwh,
    name: nameOf(role, kind, isNarrow, t),
    figure,
    unit: isNarrow && role === "electricity" ? "" : "kWh",
    note,
  });
  const all: Flow[] = [
    flow(
      "source",
      "in",
      source,
      `≈${f.number(roughly(source, band ? band.high - band.low : 0), digits)}`,
      t("share_of_heat", { share: f.percent(source / heat) }),
    ),
    flow("electricity", "in", electricity, f.number(electricity, digits)),
    flow("heating", "out", heating, f.number(ofHeating, digits)),
    flow("hot_water", "out", hotWater, f.number(ofHotWater, digits)),
    flow("unknown", "out", unknown, f.number(ofUnknown, digits)),
    flow("standby", "out", standby, f.number(standby, digits)),
  ];
  const parts = [
    ...[ofHeating, ofHotWater, ofUnknown].filter((part) => part > 0),
    ...(ofDefrost < 0 ? [ofDefrost] : []),
  ];
  return {
    flows: all.filter(({ kwh }) => kwh > LEAST_SHARE * heat),
    defrost: {
      kwh: defrost,
      text: ofDefrost < 0 ? t("defrost_took", { energy: f.number(-ofDefrost, digits) }) : "",
    },
    sum: sumOf(heat, parts, ofDefrost, digits, t, f),
    notes: notesOf(figures, t, f),
  };
}

function sumOf(
  heat: number,
  parts: readonly number[],
  defrost: number,
  digits: number,
  t: Translate,
  f: Format,
): string {
  const added = parts
    .map((part, index) => {
      const text = f.number(Math.abs(part), digits);
      if (!index) return text;
      return part < 0 ? `\u2212 ${text}` : `+ ${text}`;
    })
    .join(" ");
  const said = t("sankey_sum", {
    heat: inOne({ text: f.number(heat, digits), unit: "kWh" }),
    parts: added,
  });
  return defrost < 0 ? `${said} ${t("defrost_took_back")}` : said;
}

function notesOf({ unpaired_electricity_kwh, modes }: Figures, t: Translate, f: Format) {
  const notes: string[] = [];
  if ((unpaired_electricity_kwh ?? 0) >= 0.5) {
    notes.push(t("unpaired_more", { energy: inOne(f.energy(unpaired_electricity_kwh)) }));
  }
  const { cooling } = modes;
  if (cooling) {
    notes.push(
      t("cold_not_in_cop", {
        cold: inOne(f.energy(Math.abs(cooling.heat_kwh))),
        electricity: inOne(f.energy(cooling.electricity_kwh)),
      }),
    );
  }
  return notes;
}

/** Calculated from two sums: never more than three digits. */
function roughly(kwh: number, band: number): number {
  if (kwh <= 0) return 0;
  const digits = band > 0.5 ? 2 : 3;
  return Number(kwh.toPrecision(digits));
}

function nameOf(
  role: FlowRole,
  kind: Live["source_kind"],
  isNarrow: boolean,
  t: Translate,
): string {
  if (role === "source") {
    const name = t(SOURCES[kind ?? "unknown"]);
    return isNarrow ? name : t("calculated", { name });
  }
  if (role === "unknown") return t("mode_unknown");
  return role === "electricity" ? t("electricity_title") : t(role);
}

/** A flow's places, in px: at its outer end and at the heat pump. */
export interface Ribbon {
  flow: Flow;
  outer: number;
  inner: number;
  thickness: number;
  /** Where its words begin. */
  label: number;
}

export interface Layout {
  ribbons: Ribbon[];
  /** The bar of the heat pump. */
  top: number;
  bottom: number;
  height: number;
}

/** Words of a flow need so much height: a name and a figure. */
const LABEL_PX = 40;
const LINE_PX = 20;
const TOP_PX = 24;
const GAP_PX = 26;

/** Stack both sides; the same number of kWh is as thick everywhere. */
export function layout({ flows, defrost }: Sankey, height: number): Layout {
  const ofSide = (side: Side) => flows.filter((flow) => flow.side === side);
  const sum = (side: Side) => ofSide(side).reduce((total, { kwh }) => total + kwh, 0);
  const most = Math.max(sum("in"), sum("out"));
  const gaps = (Math.max(ofSide("in").length, ofSide("out").length) - 1) * GAP_PX;
  const scale = linear([0, most], [0, height - TOP_PX - gaps - 12]);
  const thickest = scale(most);
  const top = TOP_PX + (height - TOP_PX - 12 - thickest) / 2;
  const ribbons = (["in", "out"] as const).flatMap((side) => {
    const all = ofSide(side);
    const used = scale(sum(side)) + (all.length - 1) * GAP_PX;
    let outer = TOP_PX + (height - TOP_PX - 12 - used) / 2;
    let inner = top;
    const placed = all.map((flow): Ribbon => {
      const thickness = scale(flow.kwh);
      const ribbon = { flow, outer, inner, thickness, label: outer + thickness / 2 };
      outer += thickness + GAP_PX;
      inner += thickness;
      return ribbon;
    });
    return withLabels(placed, defrost.kwh > 0 && side === "out", height);
  });
  return { ribbons, top, bottom: top + thickest, height };
}

/** Keep the words of one side apart; below heating there is a line for the defrosts. */
function withLabels(ribbons: readonly Ribbon[], withDefrost: boolean, height: number): Ribbon[] {
  const isHeating = ({ flow }: Ribbon) => withDefrost && flow.role === "heating";
  const after = ribbons.findIndex(isHeating);
  const extra = (index: number) => (after >= 0 && index > after ? LINE_PX : 0);
  // Without the extra line all words are equally high: it is taken out and put back.
  const centres = ribbons.map(({ label }, index) => label - extra(index));
  const end = height - LABEL_PX / 2 - extra(ribbons.length);
  const moved = spread(centres, LABEL_PX + 2, [LABEL_PX / 2, end]);
  return ribbons.map((ribbon, index) => ({ ...ribbon, label: moved[index]! + extra(index) }));
}
