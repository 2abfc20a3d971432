import type { Range } from "./scale";

/**
 * Move labels apart that are too close, as little as needed, within the ends.
 * They are centres in ascending order; each needs `apart` px to the next.
 */
export function spread(centres: readonly number[], apart: number, [low, high]: Range): number[] {
  const moved = [...centres];
  for (let index = 0; index < moved.length; index += 1) {
    moved[index] = Math.max(moved[index]!, index ? moved[index - 1]! + apart : low);
  }
  for (let index = moved.length - 1; index >= 0; index -= 1) {
    const end = index + 1 < moved.length ? moved[index + 1]! - apart : high;
    moved[index] = Math.min(moved[index]!, end);
  }
  return moved;
}
