/** A smooth curve through days. */

/** A value of one day; its weight is the electricity that it is a ratio of. */
export interface Weighted {
  x: number;
  y: number;
  weight: number;
}

export interface CurvePoint {
  x: number;
  y: number;
  /** By how much 4 of 5 days differ at most. */
  spread: number;
}

/** Four of five values of a normal distribution lie within so many deviations. */
const FOUR_OF_FIVE = 1.28;
/** Fewer days near a place do not make a curve. */
const LEAST_NEAR = 6;

/**
 * Draw a smooth curve through the days: at each place a line through the days near
 * it, weighted by their electricity, so that sums and not ratios are averaged.
 *
 * @param reach How far a day is felt, as the deviation of a bell curve.
 */
export function smooth(
  days: readonly Weighted[],
  places: readonly number[],
  reach: number,
): CurvePoint[] {
  return places.flatMap((place) => {
    let [sum, sumX, sumXX, sumY, sumXY, near] = [0, 0, 0, 0, 0, 0];
    const weights = days.map(({ x, weight }) => {
      const away = (x - place) / reach;
      return weight * Math.exp(-(away * away) / 2);
    });
    days.forEach(({ x, y }, index) => {
      const [weight, dx] = [weights[index]!, x - place];
      sum += weight;
      sumX += weight * dx;
      sumXX += weight * dx * dx;
      sumY += weight * y;
      sumXY += weight * dx * y;
      if (Math.abs(dx) <= reach) near += 1;
    });
    const spreadOfX = sum * sumXX - sumX * sumX;
    if (near < LEAST_NEAR || spreadOfX <= 1e-9 * sum * sum) return [];
    const slope = (sum * sumXY - sumX * sumY) / spreadOfX;
    const level = (sumY - slope * sumX) / sum;
    let squares = 0;
    days.forEach(({ x, y }, index) => {
      squares += weights[index]! * (y - level - slope * (x - place)) ** 2;
    });
    return [{ x: place, y: level, spread: FOUR_OF_FIVE * Math.sqrt(squares / sum) }];
  });
}
