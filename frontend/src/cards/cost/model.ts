/** What the electricity of a period cost, and how much CO2 it brought into the air. */

import type { Figures } from "../../data/contract";
import type { Format, Quantity } from "../../lib/format";
import type { TextKey, Translate } from "../../lib/texts/texts";
import { inOne } from "../today/model";

/** How the hundredth of a currency is written, where prices are said in it. */
const HUNDREDTHS: Readonly<Record<string, string>> = {
  AUD: "¢",
  CAD: "¢",
  CHF: "Rp.",
  DKK: "øre",
  EUR: "ct",
  GBP: "p",
  NOK: "øre",
  NZD: "¢",
  SEK: "öre",
  USD: "¢",
};
/** A share that rounds to all of it needs no word. */
const ALL = 0.995;

export interface Sum {
  label: string;
  value: Quantity;
  note: string;
}

export interface Cost {
  sums: Sum[];
  notes: string[];
}

export function cost(figures: Figures, t: Translate, f: Format, currency: string): Cost {
  const { cop, electricity_kwh: electricity } = figures;
  const price = perKwh(figures.cost, figures.priced_share, electricity);
  const co2 = perKwh(figures.co2_kg, figures.co2_share, electricity);
  const of = (value: string) => t("of_electricity", { value });
  const sums: Sum[] = [];
  if (figures.cost !== null && price !== null) {
    sums.push({
      label: t("cost"),
      value: { text: f.money(figures.cost, currency), unit: "" },
      note: of(inOne(pricePerKwh(price, currency, f))),
    });
  }
  if (figures.cost_per_kwh_heat !== null) {
    const value = pricePerKwh(figures.cost_per_kwh_heat, currency, f);
    sums.push({ label: t("heat_costs"), value, note: t("price_by_cop") });
  }
  if (figures.co2_kg !== null && co2 !== null) {
    const grams = (kg: number) => `${f.number(1000 * kg, 0)}\u00a0g/kWh`;
    const note = [of(grams(co2)), cop ? t("of_heat", { value: grams(co2 / cop) }) : ""];
    const value = { text: f.number(figures.co2_kg, figures.co2_kg < 10 ? 1 : 0), unit: "kg" };
    sums.push({ label: t("co2"), value, note: note.filter(Boolean).join(", ") });
  }
  return {
    sums,
    notes: [
      ...own(figures, t, f, currency),
      ...missing(figures.cost, figures.priced_share, "price", t, f),
      ...missing(figures.own_electricity_share, figures.own_electricity_known_share, "own", t, f),
      ...missing(figures.co2_kg, figures.co2_share, "co2", t, f),
    ],
  };
}

/** How much of the electricity and of its cost is own. */
function own(figures: Figures, t: Translate, f: Format, currency: string): string[] {
  const { grid_electricity_cost: grid, own_electricity_cost: own } = figures;
  const money = (cost: number) => f.money(cost, currency);
  const isSplit = grid !== null && own !== null;
  return [
    ...(isSplit ? [t("cost_split", { grid: money(grid), own: money(own) })] : []),
    ...ownBand(figures, t, f),
  ];
}

/** The share of own electricity, its ends rounded outward. */
function ownBand(figures: Figures, t: Translate, f: Format): string[] {
  const {
    own_electricity_share: share,
    own_electricity_share_low: low,
    own_electricity_share_high: high,
  } = figures;
  if (share === null || low === null || high === null) return [];
  const ends = {
    low: f.percent(Math.floor(100 * low + 1e-9) / 100),
    high: f.percent(Math.ceil(100 * high - 1e-9) / 100),
  };
  return [t("own_by_any_rule", { share: f.percent(share), ...ends })];
}

/** What one kWh of the electricity brought with it. */
function perKwh(sum: number | null, share: number | null, kwh: number | null): number | null {
  return sum === null || !share || !kwh ? null : sum / (share * kwh);
}

/** Why there is no sum, or of what part it is; nothing of what was never entered. */
function missing(
  sum: number | null,
  share: number | null,
  of: "price" | "co2" | "own",
  t: Translate,
  f: Format,
): string[] {
  if (!share || share >= ALL) return [];
  const key: TextKey = sum === null ? `${of}_too_little` : `${of}_of_part`;
  return [t(key, { share: f.percent(share) })];
}

/** Whether any of the electricity of a period had a price or a CO2 intensity. */
export function hasTariff({ priced_share, co2_share }: Figures): boolean {
  return Boolean(priced_share || co2_share);
}

/** A price in hundredths where they are usual, else with more digits. */
export function pricePerKwh(price: number, currency: string, f: Format): Quantity {
  const hundredth = HUNDREDTHS[currency];
  if (hundredth) return { text: f.number(100 * price, 1), unit: `${hundredth}/kWh` };
  return { text: f.number(price, Math.abs(price) < 10 ? 3 : 1), unit: `${currency}/kWh` };
}
