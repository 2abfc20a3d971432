/** Runs of the compressor: from the times in one mode to days and lengths. */

import type { Bucket, Mode, Run } from "../../data/contract";
import { addDays } from "../../lib/days";
import { type Format, inOne } from "../../lib/format";
import type { Translate } from "../../lib/texts/texts";

/** A run that is not longer wears the compressor more than it heats. */
export const SHORT_MINUTES = 20;
const DAY_MINUTES = 1440;
/** Two modes follow each other without a stop if no more lies between them. */
const JOINED_MS = 90_000;

/** From a start of the compressor to its stop. */
export interface CompressorRun {
  start: string;
  end: string;
  minutes: number;
  /** What it was for; hot water if also for that. */
  mode: Mode;
  /** Whether its start and its end were seen, and no stop lies within. */
  isWhole: boolean;
}

export function minutesOf({ start, end }: Pick<Run, "start" | "end">): number {
  return (Date.parse(end) - Date.parse(start)) / 60_000;
}

export function compressorRuns(runs: readonly Run[]): CompressorRun[] {
  const found: CompressorRun[] = [];
  const running = runs
    .filter(({ mode }) => mode !== "standby")
    .toSorted((one, other) => Date.parse(one.start) - Date.parse(other.start));
  for (const run of running) {
    const last = found.at(-1);
    const isWhole = run.is_whole && run.starts <= 1;
    const goesOn =
      last && run.starts === 0 && Date.parse(run.start) - Date.parse(last.end) <= JOINED_MS;
    if (goesOn) {
      last.end = run.end;
      last.minutes = minutesOf(last);
      if (run.mode === "hot_water") last.mode = run.mode;
      last.isWhole &&= isWhole;
    } else {
      const { start, end, mode } = run;
      found.push({ start, end, mode, minutes: minutesOf(run), isWhole });
    }
  }
  return found;
}

export function isShort({ minutes, isWhole }: CompressorRun): boolean {
  return isWhole && minutes <= SHORT_MINUTES;
}

/** A part of a day's line, in shares of the day. */
export interface Piece {
  role: Mode | "unknown" | "short";
  from: number;
  to: number;
  /** What it is a part of; a defrost is a part of its run. */
  run?: Run;
}

export interface DayOfRuns {
  day: string;
  pieces: Piece[];
  boxes: Piece[];
  /** Whether it is known when it rested. */
  isKnown: boolean;
  /** Until where the day has gone by, as a share of it. */
  until: number;
  starts: number | null;
  hours: number | null;
  outside_c: number | null;
  runs: number;
}

/** What a run says: when it was, its mode, and how long and with what it ran. */
export function runSays(run: Run, t: Translate, f: Format): string[] {
  return [
    `${f.day(run.start)}, ${f.time(run.start)} – ${f.time(run.end)}`,
    `${t(run.mode)}, ${f.duration(minutesOf(run))}`,
    t("heat_is", { value: inOne(f.energy(run.heat_kwh)) }),
    t("electricity_is", { value: inOne(f.energy(run.electricity_kwh)) }),
  ];
}

/** The days before and with `last`, the newest first. */
export function daysOfRuns(
  runs: readonly Run[],
  days: readonly Bucket[],
  { last, count, now }: { last: string; count: number; now: string },
  f: Format,
): DayOfRuns[] {
  const byDay = new Map(days.map((each) => [each.start, each]));
  const whole = compressorRuns(runs);
  const today = f.local(now);
  const pieces = piecesByDay(
    runs.flatMap((run) => [
      { ...run, run, role: run.heat_kwh === null ? ("unknown" as const) : run.mode },
      ...run.defrosts.map((each) => ({ ...each, role: "defrost" as const })),
    ]),
    f,
  );
  const boxes = piecesByDay(
    whole.filter(isShort).map((run) => ({ ...run, role: "short" as const })),
    f,
  );
  const startDays = whole.map(({ start }) => f.local(start).day);
  return Array.from({ length: count }, (_, index) => {
    const day = addDays(last, -index);
    const bucket = byDay.get(day);
    return {
      day,
      pieces: pieces.get(day) ?? [],
      boxes: boxes.get(day) ?? [],
      until: day === today.day ? today.minutes / DAY_MINUTES : 1,
      isKnown: bucket?.starts != null,
      starts: bucket?.starts ?? null,
      hours: bucket?.run_hours ?? null,
      outside_c: bucket?.outside_c ?? null,
      runs: startDays.filter((each) => each === day).length,
    };
  });
}

type Span = { start: string; end: string } & Pick<Piece, "role" | "run">;

function piecesByDay(spans: readonly Span[], f: Format): Map<string, Piece[]> {
  const found = new Map<string, Piece[]>();
  for (const { start, end, role, run } of spans) {
    const [first, last] = [f.local(start), f.local(end)];
    const lasted = minutesOf({ start, end });
    for (let day = first.day; day <= last.day; day = addDays(day, 1)) {
      const from = day === first.day ? first.minutes / DAY_MINUTES : 0;
      const until = day === last.day ? last.minutes / DAY_MINUTES : 1;
      // When the clock is put back, a run can end before it began.
      const to = until < from ? Math.min(from + lasted / DAY_MINUTES, 1) : until;
      if (to === from) continue;
      const pieces = found.get(day) ?? [];
      found.set(day, pieces);
      pieces.push({ role, from, to, ...(run && { run }) });
    }
  }
  return found;
}
