/** Axes: from values to px, and the round values that get a tick. */

export type Scale = (value: number) => number;
export type Range = readonly [from: number, to: number];

/** The axis of COPs is the same on every day, so that pictures can be compared. */
export const COP_AXIS: Range = [1, 6];

export function linear([low, high]: Range, [start, end]: Range): Scale {
  const perUnit = (end - start) / (high - low || 1);
  return (value) => start + (value - low) * perUnit;
}

export function clamp(value: number, [low, high]: Range): number {
  return Math.min(Math.max(value, low), high);
}

/** Round values from `low` to `high`: steps of 1, 2 or 5, at most so many. */
export function ticks([low, high]: Range, atMost: number): number[] {
  const firstOf = (step: number) => Math.ceil(low / step - 1e-9);
  const countOf = (step: number) => Math.floor(high / step + 1e-9) - firstOf(step) + 1;
  let step = stepOf((high - low) / (atMost + 1));
  while (countOf(step) > Math.max(atMost, 1)) step = stepOf(step * 1.5);
  const [first, count] = [firstOf(step), countOf(step)];
  return Array.from({ length: Math.max(count, 0) }, (_, index) => {
    // A product of integers and a step has no tail of binary digits once rounded.
    return Number(((first + index) * step).toPrecision(12));
  });
}

/** An axis of energy: from 0, or below it, to the tick above the largest value. */
export function energyAxis(lowest: number, highest: number, atMost: number): Range {
  const step = stepOf(Math.max(highest - Math.min(lowest, 0), 1e-9) / atMost);
  return [Math.min(lowest, 0), Math.max(Math.ceil(highest / step - 1e-9), 1) * step];
}

/** Decimals that the ticks of an axis need. */
export function digitsOf(values: readonly number[]): number {
  const [first = 0, second = first + 1] = values;
  const step = Math.abs(second - first);
  return step >= 1 ? 0 : Math.ceil(-Math.log10(step) - 1e-9);
}

function stepOf(least: number): number {
  if (!(least > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(least) + 1e-9);
  const factor = [1, 2, 5, 10].find((each) => each * power >= least * (1 - 1e-9));
  return (factor ?? 10) * power;
}

/** About how wide a text is; Roboto's digits are 0.56 em. */
export function textWidth(text: string, size = 11): number {
  return text.length * size * 0.56;
}
