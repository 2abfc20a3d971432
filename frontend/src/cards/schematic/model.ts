/** What the schematic shows of what is known: widths, directions and words. */

import type { Circuit, Live, Meter, MeterRole, Mode, Source } from "../../data/contract";
import type { Format, Quantity } from "../../lib/format";
import { inOne, isRough, UNKNOWN } from "../../lib/format";
import type { TextKey, Translate } from "../../lib/texts/texts";
import { ownShare } from "../today/model";

export const PX_PER_KW = 3.4;
export const THREAD_PX = 3;
/** The widest band that leaves room for words; a larger unit gets a coarser scale. */
const WIDEST_PX = 42;
/** Of a band whose power is unknown. */
const UNKNOWN_PX = 12;
const IDLE_PX = 2;
/** What flows below it is a meter's noise or a circuit board. */
const LEAST_W = 5;
/** Beyond this error a figure of heat says that it is rough. */
const ROUGH_ERROR = 0.1;
/** A hot-water tank is drawn up to here when it is as warm as it should be. */
export const TARGET_LEVEL = 0.8;
/** Of water that is used up: nobody showers colder. */
const COLD_C = 20;

/** How energy moves along a line. */
export type Motion = "flowing" | "idle" | "unknown";

export interface Stream {
  motion: Motion;
  width: number;
  /** Against the usual direction, as heat is in a defrost. */
  backward: boolean;
  /** Whether the width is a power; else something flows, and no more is known. */
  isMeasured: boolean;
}

export type Tone = Mode | "unknown";

export interface Vessel {
  name: string;
  celsius: Quantity;
  target: string;
  isKnown: boolean;
  /** How full it is drawn, from 0 to 1. */
  level: number;
  hasTarget: boolean;
}

const STREAMS = ["source", "compressor", "heater", "pumped", "heat", "thread"] as const;

/** All that is drawn, in words and widths; where it is drawn is the layout's. */
export interface Picture {
  tone: Tone;
  pxPerKw: number;
  isRunning: boolean;
  title: string;
  subtitle: string;
  statuses: Status[];
  calls: string;
  /** What the user can do about unknown heat; null where nothing is wrong. */
  remedy: { text: string; link: string } | null;
  source: {
    kind: Live["source_kind"];
    name: string;
    inlet: Quantity;
    outlet: string;
    pump: string;
  };
  sourcePower: Quantity;
  sourceNote: string;
  compressor: { text: string; share: number | null; isKnown: boolean; power: string };
  cop: { text: string; note: string[] };
  heatPower: Quantity;
  heatNote: string;
  electricityPower: Quantity;
  /** How much of it is the household's own. */
  own: string;
  heater: { exists: boolean; on: boolean | null; text: string };
  supply: Quantity;
  return: Quantity | null;
  deltaT: string;
  flow: string;
  pumps: string;
  toHotWater: boolean;
  hotWater: Vessel | null;
  /** Where heating water goes: a buffer, or the circuits themselves. */
  house: Vessel & { isBuffer: boolean };
  circuits: Vessel[];
  /**
   * Source and compressor make what is pumped, which with the heater makes the heat.
   * A thread is the water's way back, whose power is in the others.
   */
  streams: Record<(typeof STREAMS)[number], Stream>;
}

export interface Status {
  name: string;
  text: string;
  isGood: boolean;
}

export function picture(live: Live, now: Date, t: Translate, f: Format): Picture {
  const isCloudKnown = isAnswering(live.heat_pump);
  const heat_w = isCloudKnown ? live.heat_w : null;
  const { electricity_w } = live;
  const tone: Tone = isCloudKnown ? (live.mode ?? "unknown") : "unknown";
  const isRunning = live.runs === true;
  // Where nobody knows whether it runs, its powers are unknown, and not 0.
  const mayRun = live.runs !== false;
  const powers = powersOf(live, electricity_w, heat_w);
  const pxPerKw = scaleOf([electricity_w, heat_w, powers.source]);
  const isApproximate = (live.heat_error ?? 0) > ROUGH_ERROR;
  const circuits = live.circuits.map((each) => circuitOf(each, isCloudKnown, t, f));
  const known = (value: number | null) => (isCloudKnown ? value : null);
  return {
    tone,
    pxPerKw,
    isRunning,
    ...heading(live, tone, t, f),
    statuses: [
      ...meterStatuses(live.meters, now, t, f),
      status(live.heat_pump, t(live.is_account ? "cloud" : "heat_pump"), now, t, f),
    ],
    calls: live.calls
      ? t("calls", {
          used: f.number(live.calls.day, 0),
          allowed: f.number(live.calls.allowed, 0),
        })
      : "",
    remedy:
      isCloudKnown && isRunning && live.heat_method === null
        ? { text: t("heat_unknown"), link: t("enter_flow") }
        : null,
    source: {
      kind: live.source_kind,
      name: live.source_kind === null ? "" : t(SOURCE_NAMES[live.source_kind]),
      inlet: f.temperature(known(sourceIn(live))),
      outlet:
        live.source_kind === "air" || known(live.source_out_c) === null
          ? ""
          : t("back", { value: f.degrees(live.source_out_c) }),
      pump: partOf(live, "source_pump", t(live.source_kind === "air" ? "boundary_fan" : "pump"), f),
    },
    sourcePower: mayRun ? f.power(abs(powers.source), 1, true) : { text: "", unit: "" },
    sourceNote: powers.source === null ? "" : sourceNote(live, powers.source, t),
    compressor: {
      ...compressor(live, isCloudKnown, t, f),
      power: partOf(live, "compressor", "", f),
    },
    cop: cop(live, tone, isApproximate, t, f),
    // At rest no heat flows: there is nothing to know, and so no dash.
    heatPower:
      mayRun || heat_w ? f.power(heat_w, 1, isApproximate) : { text: "", unit: "" },
    heatNote: heatNote(heat_w, tone, mayRun, t),
    electricityPower: f.power(electricity_w, 2),
    own: ownShare(live.own_share, t, f),
    heater: {
      exists: live.has.backup_heater,
      on: isCloudKnown ? live.backup_heater_on : null,
      text: heaterText(live, isCloudKnown, t, f),
    },
    supply: f.temperature(known(live.supply_c)),
    return: live.has.return ? f.temperature(known(live.return_c)) : null,
    ...waterOf(live, isCloudKnown, t, f),
    pumps: partOf(live, "circulation_pumps", t("pump"), f),
    toHotWater: tone === "hot_water",
    hotWater: live.has.hot_water
      ? vessel(t("hot_water"), known(live.hot_water_c), known(live.hot_water_target_c), t, f)
      : null,
    house: houseOf(live, circuits, isCloudKnown, t, f),
    circuits: live.has.buffer || circuits.length > 1 ? circuits : [],
    streams: {
      source: stream(powers.source, mayRun, pxPerKw),
      compressor:
        powers.compressor === null && electricity_w !== null
          ? thread(true)
          : stream(powers.compressor, mayRun, pxPerKw),
      heater:
        live.backup_heater_on && isCloudKnown && powers.heater === null
          ? thread(true)
          : stream(powers.heater, live.backup_heater_on === true, pxPerKw),
      pumped: stream(powers.pumped, mayRun, pxPerKw),
      heat: stream(heat_w, mayRun || live.backup_heater_on === true, pxPerKw),
      thread: thread(isCloudKnown && isRunning),
    },
  };
}

/**
 * The powers of all parts, in W. Where the heater's is not known, neither is how the
 * electricity divides, nor what was in the water before.
 */
export function powersOf(
  live: Live,
  electricity_w: number | null,
  heat_w: number | null,
) {
  const heater = live.backup_heater_on ? live.backup_heater_w : 0;
  const isApart = live.today.boundary_missing.includes("backup_heater");
  const compressor = minus(electricity_w, isApart ? 0 : heater);
  const pumped = minus(heat_w, heater);
  const balance = live.runs === true ? minus(pumped, compressor) : null;
  // Just after a start the unit warms itself: then no balance tells what the source gives.
  const isSound = balance !== null && balance * (pumped ?? 0) > 0;
  return { heater, compressor, pumped, source: isSound ? balance : null };
}

/** A part of the plant and its power, if it has a meter of its own. */
function partOf({ meters }: Live, role: MeterRole, name: string, f: Format): string {
  const powers = meters.filter((each) => each.role === role).map(({ power_w }) => power_w);
  if (!powers.length) return "";
  const sum = powers.includes(null) ? null : powers.reduce<number>((all, each) => all + each!, 0);
  return `${name} ${inOne(f.power(sum, 2))}`.trim();
}

function minus(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one - other;
}

export function isAnswering(source: Source): boolean {
  return source.failure === null && source.stale_since === null;
}

/** Half the usual scale, or half of that, until the widest band has room. */
export function scaleOf(powers_w: readonly (number | null)[]): number {
  const most_kw = Math.max(...powers_w.map((each) => Math.abs(each ?? 0))) / 1000;
  let scale = PX_PER_KW;
  while (most_kw * scale > WIDEST_PX) scale /= 2;
  return scale;
}

/** A line for a power that may be unknown. */
export function stream(
  power_w: number | null,
  isOn: boolean,
  pxPerKw = PX_PER_KW,
): Stream {
  if (power_w === null) {
    return isOn
      ? { motion: "unknown", width: UNKNOWN_PX, backward: false, isMeasured: false }
      : { motion: "idle", width: IDLE_PX, backward: false, isMeasured: false };
  }
  if (Math.abs(power_w) < LEAST_W) {
    return { motion: "idle", width: IDLE_PX, backward: false, isMeasured: true };
  }
  return {
    motion: "flowing",
    width: Math.max(THREAD_PX, (pxPerKw * Math.abs(power_w)) / 1000),
    backward: power_w < 0,
    isMeasured: true,
  };
}

/** A line of which only the direction is known. */
function thread(isFlowing: boolean): Stream {
  return isFlowing
    ? { motion: "flowing", width: THREAD_PX, backward: false, isMeasured: false }
    : { motion: "idle", width: IDLE_PX, backward: false, isMeasured: false };
}

function heading(live: Live, tone: Tone, t: Translate, f: Format) {
  if (tone === "unknown") {
    const runs = live.runs === true;
    return {
      title: t(runs ? "runs_mode_unknown" : "mode_unknown"),
      subtitle: runs ? t("meter_sees_it") : "",
    };
  }
  const name = t(tone);
  const parts: string[] = [];
  if (live.mode_since) parts.push(t("since", { time: f.time(live.mode_since) }));
  const starts = live.starts_today;
  if (starts === 1) parts.push(t("one_start_today"));
  else if (starts !== null) parts.push(t("starts_today", { count: starts }));
  return {
    title: live.backup_heater_on ? t("with_heater", { mode: name }) : name,
    subtitle: parts.join(" · "),
  };
}

/** The meters that do not answer; if all do, the one that is read the longest ago. */
function meterStatuses(meters: readonly Meter[], now: Date, t: Translate, f: Format): Status[] {
  const of = (meter: Meter, name: string) => status(meter, name, now, t, f);
  if (meters.length === 1) return meters.map((each) => of(each, t("meter")));
  // An inverter sleeps at night.
  const watched = meters.filter(({ role }) => role !== "photovoltaics");
  const silent = watched.map((each) => of(each, each.name)).filter(({ isGood }) => !isGood);
  const oldest = watched.reduce((one, other) =>
    other.measured_at! < one.measured_at! ? other : one,
  );
  return silent.length ? silent : [of(oldest, t("meters"))];
}

export function status(
  source: Omit<Source, "stale_since"> & Partial<Source>,
  name: string,
  now: Date,
  t: Translate,
  f: Format,
): Status {
  if (source.stale_since) {
    const text = t("old_values_since", { time: f.time(source.stale_since) });
    return { name, text, isGood: false };
  }
  if (source.failure) {
    const text = source.measured_at
      ? t("silent_since", { time: f.time(source.measured_at) })
      : t("silent");
    return { name, text, isGood: false };
  }
  if (!source.measured_at) return { name, text: t("no_answer_yet"), isGood: false };
  return { name, text: age(source.measured_at, now, t), isGood: true };
}

/** How long ago something was, in one unit. */
export function age(moment: string | null, now: Date, t: Translate): string {
  if (moment === null) return "";
  const seconds = Math.max(0, (now.getTime() - new Date(moment).getTime()) / 1000);
  if (seconds < 60) return t("ago_s", { n: Math.round(seconds) });
  if (seconds < 5400) return t("ago_min", { n: Math.round(seconds / 60) });
  return t("ago_h", { n: Math.round(seconds / 3600) });
}

const SOURCE_NAMES: Record<NonNullable<Live["source_kind"]>, TextKey> = {
  air: "outside_air",
  brine: "brine",
  water: "ground_water",
};

/** What an air source draws in is as warm as the air outside. */
function sourceIn({ source_kind, source_in_c, outside_c }: Live): number | null {
  return source_kind === "air" ? (source_in_c ?? outside_c) : source_in_c;
}

/** Where the heat comes from or goes; nothing where the source is not known. */
function sourceNote(live: Live, power_w: number, t: Translate): string {
  if (live.mode === "defrost") return t("melts_the_ice");
  switch (live.source_kind) {
    case "air":
      return t(power_w < 0 ? "to_the_air" : "from_the_air");
    case "water":
      return t(power_w < 0 ? "to_the_water" : "from_the_water");
    case "brine":
      return t(power_w < 0 ? "to_the_ground" : "from_the_ground");
    default:
      return "";
  }
}

function compressor(live: Live, isCloudKnown: boolean, t: Translate, f: Format) {
  const share = isCloudKnown ? live.modulation_pct : null;
  if (live.runs === false) return { text: t("off"), share: 0, isKnown: true };
  if (live.runs === null) return { text: UNKNOWN, share: null, isKnown: false };
  if (share === null) return { text: t("runs"), share: null, isKnown: false };
  return { text: f.percent(share / 100), share: share / 100, isKnown: true };
}

/** The COP, or in words why there is none. */
function cop(live: Live, tone: Tone, isApproximate: boolean, t: Translate, f: Format) {
  const error = live.heat_error ?? 0;
  const banded = (value: number) => ({
    value,
    low: value * (1 - error),
    high: value * (1 + error),
  });
  const ratio = (value: number | null) =>
    value === null ? UNKNOWN : f.ratio(value, 1, banded(value));
  if (live.cop === null || tone === "unknown") {
    return { text: UNKNOWN, note: [t(whyNoCop(live, tone))] };
  }
  const note: string[] = [];
  if (live.backup_heater_on && live.run?.cop_without_heater != null) {
    note.push(t("without_heater", { cop: ratio(live.run.cop_without_heater) }));
  } else if (live.run?.cop != null) {
    const minutes = (Date.parse(live.time) - Date.parse(live.run.start)) / 60_000;
    note.push(`${t("this_run", { cop: ratio(live.run.cop) })}, ${f.duration(minutes)}`);
  }
  return {
    text: isApproximate || isRough(banded(live.cop)) ? ratio(live.cop) : f.number(live.cop, 1),
    note,
  };
}

function whyNoCop(live: Live, tone: Tone): TextKey {
  if (tone === "defrost") return "not_in_defrost";
  if (tone === "cooling") return "no_cop_cooling";
  if (tone === "unknown") return "heat_not_known";
  if (live.runs === false) return "resting";
  if (live.heat_method === null) return "no_method";
  if (live.electricity_w === null) return "electricity_not_known";
  return "just_started";
}

function heatNote(
  heat_w: number | null,
  tone: Tone,
  mayRun: boolean,
  t: Translate,
): string {
  if (!mayRun && !heat_w) return "";
  if (heat_w === null) return t("heat_out");
  if (tone === "cooling") return t("cold_out");
  return heat_w < 0 ? t("heat_back") : t("heat_out");
}

function heaterText(live: Live, isCloudKnown: boolean, t: Translate, f: Format): string {
  if (!isCloudKnown || live.backup_heater_on === null) return UNKNOWN;
  if (!live.backup_heater_on) return t("off");
  if (live.backup_heater_w === null) return t("on");
  // What was entered has no more digits.
  const isMetered = live.meters.some(({ role }) => role === "backup_heater");
  return inOne(f.power(live.backup_heater_w, isMetered ? 2 : 1));
}

/** The spread and the flow of the heating water. */
function waterOf(live: Live, isKnown: boolean, t: Translate, f: Format) {
  const { supply_c, return_c, flow_lph } = live;
  const spread = isKnown && live.runs ? minus(supply_c, return_c) : null;
  return {
    deltaT: spread === null ? "" : t("delta_t", { value: `${f.difference(spread)} ${f.differenceUnit}` }),
    flow:
      spread === null || flow_lph === null
        ? ""
        : t("flow", { value: f.number(flow_lph, 0) }),
  };
}

/** A buffer, the only circuit, or all of them together. */
function houseOf(
  live: Live,
  circuits: readonly Vessel[],
  isCloudKnown: boolean,
  t: Translate,
  f: Format,
): Picture["house"] {
  if (live.has.buffer) {
    const celsius = isCloudKnown ? live.buffer_c : null;
    return { ...vessel(t("buffer"), celsius, null, t, f), isBuffer: true };
  }
  const [first] = circuits;
  if (first && circuits.length === 1) return { ...first, isBuffer: false };
  return {
    name: circuits.length ? "" : t("heating_circuit"),
    celsius: { text: "", unit: "" },
    target: "",
    isKnown: isCloudKnown,
    level: 0.5,
    hasTarget: false,
    isBuffer: false,
  };
}

function circuitOf(circuit: Circuit, isKnown: boolean, t: Translate, f: Format): Vessel {
  return vessel(
    t("circuit", { number: Number(circuit.number) + 1 }),
    isKnown ? circuit.supply_c : null,
    isKnown ? circuit.target_supply_c : null,
    t,
    f,
    0.5,
  );
}

function vessel(
  name: string,
  celsius: number | null,
  target_c: number | null,
  t: Translate,
  f: Format,
  fixedLevel?: number,
): Vessel {
  const isKnown = celsius !== null;
  const share =
    !isKnown || target_c === null || target_c <= COLD_C
      ? 0.5 / TARGET_LEVEL
      : (celsius - COLD_C) / (target_c - COLD_C);
  return {
    name,
    celsius: f.temperature(celsius),
    target: target_c === null ? "" : t("target", { value: f.degrees(target_c, 0) }),
    isKnown,
    level: fixedLevel ?? Math.min(Math.max(TARGET_LEVEL * share, 0.1), 0.97),
    hasTarget: target_c !== null && isKnown,
  };
}

function abs(value: number | null): number | null {
  return value === null ? null : Math.abs(value);
}
