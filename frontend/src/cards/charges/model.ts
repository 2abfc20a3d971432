/** Charges of the hot-water tank, one by one, and together where one alone is too rough. */

import type { Banded, Run } from "../../data/contract";
import { minutesOf } from "../runs/model";

/** Above it the heat of a charge is not shown. */
const MOST_ERROR = 0.1;
export const WINDOW = 10;

export interface Charge {
  start: string;
  minutes: number;
  electricity_kwh: number | null;
  supply_c: number | null;
  heat_kwh: number | null;
  cop: number | null;
}

/** Some charges whose errors partly cancel out. */
export interface Together {
  count: number;
  first: string;
  last: string;
  minutes: number;
  electricity_kwh: number;
  heat_kwh: number;
  cop: Banded;
}

export interface Charges {
  /** The newest first. */
  charges: Charge[];
  together: Together[];
}

export function charges(runs: readonly Run[]): Charges {
  const whole = runs
    .filter(({ mode, is_whole }) => mode === "hot_water" && is_whole)
    .toSorted((one, other) => Date.parse(other.start) - Date.parse(one.start));
  const known = whole.filter(isPaired);
  const isRough = known.some((run) => !isSure(run));
  return { charges: whole.map(chargeOf), together: isRough ? windows(known) : [] };
}

type Paired = Run & { electricity_kwh: number; heat_kwh: number };

function isPaired(run: Run): run is Paired {
  return run.heat_kwh !== null && run.electricity_kwh !== null && run.electricity_kwh > 0;
}

function isSure({ heat_kwh, heat_error_kwh }: Run): boolean {
  return (
    heat_kwh !== null && heat_error_kwh !== null && heat_error_kwh <= MOST_ERROR * heat_kwh
  );
}

function chargeOf(run: Run): Charge {
  const { start, electricity_kwh, supply_c } = run;
  const isShown = isPaired(run) && isSure(run);
  return {
    start,
    minutes: minutesOf(run),
    electricity_kwh,
    supply_c,
    heat_kwh: isShown ? run.heat_kwh : null,
    cop: isShown ? run.heat_kwh / run.electricity_kwh : null,
  };
}

function windows(known: readonly Paired[]): Together[] {
  const found: Together[] = [];
  for (let from = 0; from + WINDOW <= known.length; from += WINDOW) {
    found.push(together(known.slice(from, from + WINDOW)));
  }
  return found;
}

function together(runs: readonly Paired[]): Together {
  const sum = (of: (run: Paired) => number) => runs.reduce((all, run) => all + of(run), 0);
  const electricity_kwh = sum((run) => run.electricity_kwh);
  const heat_kwh = sum((run) => run.heat_kwh);
  // Start and end of each are read at times of their own: these errors are independent.
  const error_kwh = Math.sqrt(sum((run) => (run.heat_error_kwh ?? run.heat_kwh) ** 2));
  const value = heat_kwh / electricity_kwh;
  const half = error_kwh / electricity_kwh;
  return {
    count: runs.length,
    first: runs.at(-1)!.start,
    last: runs[0]!.start,
    minutes: sum(minutesOf),
    electricity_kwh,
    heat_kwh,
    cop: { value, low: value - half, high: value + half },
  };
}
