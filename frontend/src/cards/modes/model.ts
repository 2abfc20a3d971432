/** The sums of a period by mode, which add up to those of its COP. */

import type { Figures, Mode, ModeSums } from "../../data/contract";
import { type Format, UNKNOWN } from "../../lib/format";
import { addingUp } from "../../lib/adding_up";
import type { Translate } from "../../lib/texts/texts";
import { bandOf, inOne } from "../today/model";

export interface Row {
  role: Mode | "unknown" | "other" | null;
  name: string;
  note: string;
  electricity: string;
  heat: string;
  cop: string;
  hours: string;
}

export interface Modes {
  rows: Row[];
  /** The sums of the rows above. */
  all: Row;
  /** Cooling, which is in no COP. */
  cooling: Row | null;
  notes: string[];
  /** What is in no COP as its heat is not known. */
  unpaired: string;
}

const IN_COP = ["heating", "hot_water", "defrost", "standby"] as const;
/** Less cold than this makes no ratio. */
const LEAST_COOLING_KWH = 0.5;
/** Modes of less of the measured time than this have no hours. */
const TIMED_SHARE = 0.9;
/** Below this there is one digit. */
const WHOLE_FROM_KWH = 100;

export function modes(figures: Figures, t: Translate, f: Format): Modes | null {
  const { paired_electricity_kwh: electricity, heat_kwh: heat } = figures;
  if (electricity === null || heat === null) return null;
  const digits = Math.max(electricity, Math.abs(heat)) < WHOLE_FROM_KWH ? 1 : 0;
  const isTimed = areTimed(figures);
  const hoursOf = ({ hours }: ModeSums) => (isTimed ? hours : null);
  const parts = partsOf(figures, electricity, heat, digits);
  const electricityParts = addingUp(parts.map((part) => part.electricity), digits);
  const heatParts = addingUp(parts.map((part) => part.heat), digits);
  const hourParts = addingUp(parts.map((part) => part.hours ?? 0), 0);
  const rows = parts.map((part, index): Row => ({
    role: part.mode,
    name: nameOf(part.mode, t),
    note: part.mode === "other" && !figures.modes.standby ? t("other_use_is") : "",
    electricity: f.number(electricityParts[index]!, digits),
    heat: heatParts[index] === 0 ? UNKNOWN : f.number(heatParts[index]!, digits),
    cop: part.cop,
    hours: part.hours === null ? UNKNOWN : f.number(hourParts[index]!, 0),
  }));
  const cooling = figures.modes.cooling;
  const eer = cooling && eerOf(cooling);
  const unpaired = figures.unpaired_electricity_kwh ?? 0;
  return {
    rows,
    all: {
      role: null,
      name: t("all_modes"),
      note: "",
      electricity: f.number(electricity, digits),
      heat: f.number(heat, digits),
      cop: f.ratio(figures.cop, 2, bandOf(figures)),
      hours: parts.some((part) => part.hours === null)
        ? UNKNOWN
        : f.number(hourParts.reduce((sum, part) => sum + part, 0), 0),
    },
    cooling: cooling
      ? {
          role: "cooling",
          name: t("cooling"),
          note: eer ? `${t("eer")} ${f.ratio(eer.value, 2, around(eer))}` : "",
          electricity: f.number(cooling.electricity_kwh, digits),
          heat: f.number(cooling.heat_kwh, digits),
          cop: UNKNOWN,
          hours: f.number(hoursOf(cooling), 0),
        }
      : null,
    notes: cooling ? [t("cooling_in_no_cop")] : [],
    unpaired:
      unpaired < 0.5 * 10 ** -digits
        ? ""
        : t("unpaired_more", { energy: inOne(f.energy(unpaired)) }),
  };

  function partsOf(of: Figures, allElectricity: number, allHeat: number, shown: number) {
    const found: {
      mode: Mode | "unknown" | "other";
      electricity: number;
      heat: number;
      hours: number | null;
      cop: string;
    }[] = IN_COP.flatMap((mode) => {
      const sums = of.modes[mode];
      if (!sums) return [];
      const { electricity_kwh, heat_kwh, cop } = sums;
      return [
        {
          mode,
          electricity: electricity_kwh,
          heat: heat_kwh,
          hours: hoursOf(sums),
          cop: f.ratio(
            mode === "defrost" || mode === "standby" ? null : cop,
            2,
            around({ value: cop, uncertainty: sums.uncertainty }),
          ),
        },
      ];
    });
    const rest = {
      electricity: allElectricity - sum(found.map((part) => part.electricity)),
      heat: allHeat - sum(found.map((part) => part.heat)),
    };
    // The rest of rounded figures is no mode.
    const least = 10 ** -shown * (found.length + 1);
    if (Math.max(Math.abs(rest.electricity), Math.abs(rest.heat)) > least) {
      const mode = rest.electricity > 0 && Math.abs(rest.heat) <= least ? "other" : "unknown";
      found.push({ mode, ...rest, hours: null, cop: UNKNOWN });
    }
    return found;
  }
}

function nameOf(mode: Mode | "unknown" | "other", t: Translate): string {
  if (mode === "other") return t("other_use");
  return t(mode === "unknown" ? "mode_unknown" : mode);
}

/** Whether the hours of the modes are all of the measured time: imported days have none. */
function areTimed({ modes, paired_days }: Figures): boolean {
  const hours = sum(Object.values(modes).map((each) => each.hours ?? 0));
  return hours >= TIMED_SHARE * 24 * paired_days;
}

/** Cold over its electricity, from half a kWh on. */
function eerOf({ electricity_kwh, heat_kwh, uncertainty }: ModeSums) {
  if (electricity_kwh < LEAST_COOLING_KWH || heat_kwh >= 0) return null;
  return { value: -heat_kwh / electricity_kwh, uncertainty };
}

function around({ value, uncertainty }: { value: number | null; uncertainty: number | null }) {
  return value === null || uncertainty === null
    ? null
    : { value, low: value - uncertainty, high: value + uncertainty };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
