/** Which figures are sure enough to be shown. */

import type { Figures } from "./contract";

/** Before, the rounding of the counters is as large as what they counted. */
const LEAST_PAIRED_DAYS = 1 / 24;

/** Take away the ratios of a period with less than an hour of paired time. */
export function earned(figures: Figures): Figures {
  if (figures.paired_days >= LEAST_PAIRED_DAYS) return figures;
  const modes = Object.entries(figures.modes).map(([mode, sums]) => [
    mode,
    { ...sums, cop: null, uncertainty: null },
  ]);
  return {
    ...figures,
    cop: null,
    cop_low: null,
    cop_high: null,
    cop_without_backup_heater: null,
    modes: Object.fromEntries(modes) as Figures["modes"],
  };
}
