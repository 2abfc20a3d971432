/** Our annual figures and the manufacturer's, row by row. */

import type { Banded, Figures, Live, ModeSums } from "../../data/contract";

export interface Compared {
  key: "all_modes" | "heating" | "hot_water";
  ours: Banded | null;
  maker: number | null;
}

export function compared(figures: Figures, maker: NonNullable<Live["maker"]>): Compared[] {
  const { cop, cop_low, cop_high, modes } = figures;
  const all =
    cop === null ? null : { value: cop, low: cop_low ?? cop, high: cop_high ?? cop };
  const rows: Compared[] = [
    { key: "all_modes", ours: all, maker: maker.all },
    { key: "heating", ours: bandOf(modes.heating), maker: maker.heating },
    { key: "hot_water", ours: bandOf(modes.hot_water), maker: maker.hot_water },
  ];
  return rows.filter((row) => row.ours !== null || row.maker !== null);
}

function bandOf(sums: ModeSums | undefined): Banded | null {
  if (sums?.cop == null) return null;
  const half = sums.uncertainty ?? 0;
  return { value: sums.cop, low: sums.cop - half, high: sums.cop + half };
}
