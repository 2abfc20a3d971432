/** What went in and what came out today, in words and lengths. */

import type { Figures, Mode } from "../../data/contract";
import { type Format, inOne, type Quantity } from "../../lib/format";
import type { Translate } from "../../lib/texts/texts";

/** Less than this rounds to nothing at one digit. */
const SHOWN_KWH = 0.05;

export interface Part {
  role: Mode | "unknown";
  kwh: number;
}

export interface Today {
  electricity: Quantity;
  heat: Quantity;
  cop: string;
  /** How sure the COP is, or why there is none. */
  copNote: string;
  /** Of the electricity: how much is own, and what it cost. */
  own: string;
  cost: string;
  measured: string;
  notes: string[];
  bars: Bars;
}

/** All on one scale, which begins at 0. */
export interface Bars {
  /** Whether the meter said anything. */
  isMetered: boolean;
  /** The largest value. */
  top: number;
  paired: number;
  /** Electricity whose heat is not known. */
  unpaired: number;
  /** Null where no heat is known. */
  heat: Part[] | null;
  /** Where the heat has come once, twice... as far as its electricity. */
  multiples: number[];
  cold: number;
}

export function today(figures: Figures, t: Translate, f: Format, currency: string): Today {
  const { cop, coverage } = figures;
  return {
    electricity: f.energy(figures.electricity_kwh),
    heat: f.energy(figures.heat_kwh),
    cop: f.ratio(cop, 2, bandOf(figures)),
    copNote: copNote(figures, t, f),
    own: ownShare(figures.own_electricity_share, t, f),
    cost: costOf(figures, t, f, currency),
    measured: coverage === null ? "" : t("measured", { share: f.percent(coverage) }),
    notes: notes(figures, t, f),
    bars: bars(figures),
  };
}

/** How much of the electricity is own; nothing if that is not known. */
export function ownShare(share: number | null, t: Translate, f: Format): string {
  return share === null ? "" : t("own_share", { share: f.percent(share) });
}

/** The ends between which a period's COP lies most likely. */
export function bandOf({ cop, cop_low, cop_high }: Figures) {
  return cop === null || cop_low === null || cop_high === null
    ? null
    : { value: cop, low: cop_low, high: cop_high };
}

function copNote(figures: Figures, t: Translate, f: Format): string {
  const band = bandOf(figures);
  if (band) return t("low_to_high", f.ends(band));
  if (figures.cop !== null) return "";
  if (figures.heat_kwh === null) return t("heat_not_known");
  return t("just_started");
}

function costOf(figures: Figures, t: Translate, f: Format, currency: string): string {
  const { cost, priced_share } = figures;
  if (cost === null) return "";
  const money = f.money(cost, currency);
  return priced_share !== null && priced_share < 0.995
    ? t("cost_of_part", { cost: money, share: f.percent(priced_share) })
    : t("so_far", { cost: money });
}

function notes(figures: Figures, t: Translate, f: Format): string[] {
  const found: string[] = [];
  const unpaired = figures.unpaired_electricity_kwh ?? 0;
  if (unpaired >= SHOWN_KWH) {
    found.push(t("heat_unknown_part", { energy: inOne(f.energy(unpaired)) }));
  }
  const cooling = figures.modes.cooling;
  if (cooling && Math.abs(cooling.heat_kwh) >= SHOWN_KWH) {
    found.push(
      t("cold_not_in_cop", {
        cold: inOne(f.energy(Math.abs(cooling.heat_kwh))),
        electricity: inOne(f.energy(cooling.electricity_kwh)),
      }),
    );
  }
  return found;
}

export { inOne };

export function bars(figures: Figures): Bars {
  const { electricity_kwh, heat_kwh } = figures;
  const unpaired = figures.unpaired_electricity_kwh ?? 0;
  const paired = figures.paired_electricity_kwh ?? Math.max((electricity_kwh ?? 0) - unpaired, 0);
  const cold = Math.abs(figures.modes.cooling?.heat_kwh ?? 0);
  const heat = heat_kwh === null ? null : partsOf(figures, heat_kwh);
  const multiples: number[] = [];
  // Without a COP the lengths are of different times, and their ratio means nothing.
  if (figures.cop !== null && paired > 0) {
    for (let kwh = paired; kwh < (heat_kwh ?? 0) * 0.995; kwh += paired) multiples.push(kwh);
  }
  const top = Math.max(paired + unpaired, heat_kwh ?? 0, cold, SHOWN_KWH);
  return { isMetered: electricity_kwh !== null, top, paired, unpaired, heat, multiples, cold };
}

/** The heat by mode; what a defrost took back is missing from the heating. */
function partsOf({ modes }: Figures, heat_kwh: number): Part[] {
  const hot_water = Math.max(modes.hot_water?.heat_kwh ?? 0, 0);
  const heating = Math.max(
    (modes.heating?.heat_kwh ?? 0) + Math.min(modes.defrost?.heat_kwh ?? 0, 0),
    0,
  );
  const unknown = heat_kwh - heating - hot_water;
  const parts: Part[] = [
    { role: "heating", kwh: heating },
    { role: "hot_water", kwh: hot_water },
    { role: "unknown", kwh: unknown },
  ];
  return parts.filter(({ kwh }) => kwh >= SHOWN_KWH);
}
