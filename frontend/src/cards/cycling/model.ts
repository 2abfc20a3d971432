/** How often the compressor starts, and how long it runs then. */

import type { Bucket, Run } from "../../data/contract";
import { type CompressorRun, compressorRuns, isShort } from "../runs/model";

export interface Cycling {
  /** Null until a whole day was counted. */
  startsADay: number | null;
  meanMinutes: number | null;
  /** Runs of which start and end are known, the shortest first. */
  runs: CompressorRun[];
  short: number;
}

/** `today` is the day that is not over, and the share of it that is. */
export function cycling(
  runs: readonly Run[],
  days: readonly Bucket[],
  today: { day: string; share: number },
): Cycling {
  const measured = days.filter(({ starts }) => starts !== null);
  const starts = measured.reduce((sum, day) => sum + day.starts!, 0);
  // A day of which the starts are known but not the hours may not thin out the mean.
  const timed = measured.filter(({ run_hours }) => run_hours !== null);
  const hours = timed.reduce((sum, day) => sum + day.run_hours!, 0);
  const timedStarts = timed.reduce((sum, day) => sum + day.starts!, 0);
  const covered = measured.reduce(
    (sum, { start }) => sum + (start === today.day ? today.share : 1),
    0,
  );
  const whole = compressorRuns(runs)
    .filter(({ isWhole }) => isWhole)
    .toSorted((one, other) => one.minutes - other.minutes);
  return {
    startsADay: covered >= 1 ? starts / covered : null,
    meanMinutes: timedStarts ? (60 * hours) / timedStarts : null,
    runs: whole,
    short: whole.filter(isShort).length,
  };
}

export interface Dot {
  run: CompressorRun;
  column: number;
  row: number;
}

/** Dots of equal length upon one another. */
export function stacked(runs: readonly CompressorRun[], minutesPerColumn: number): Dot[] {
  const heights = new Map<number, number>();
  return runs.map((run) => {
    const column = Math.floor(run.minutes / minutesPerColumn);
    const row = heights.get(column) ?? 0;
    heights.set(column, row + 1);
    return { run, column, row };
  });
}
