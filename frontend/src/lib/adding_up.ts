/** Round parts so that they add up to their rounded total (largest remainder). */
export function addingUp(parts: readonly number[], digits: number): number[] {
  const scale = 10 ** digits;
  const scaled = parts.map((part) => part * scale);
  const floors = scaled.map(Math.floor);
  const total = Math.round(scaled.reduce((sum, part) => sum + part, 0));
  let missing = total - floors.reduce((sum, part) => sum + part, 0);
  const byRemainder = scaled
    .map((part, index) => ({ index, rest: part - Math.floor(part) }))
    .sort((one, other) => other.rest - one.rest || one.index - other.index);
  for (const { index } of byRemainder) {
    if (missing-- <= 0) break;
    floors[index]! += 1;
  }
  return floors.map((part) => part / scale);
}
