import { expect, test } from "vitest";
import { addDays, countDays, monthEnd, monthStart } from "../src/lib/days";
import { clamp, digitsOf, energyAxis, linear, ticks } from "../src/lib/scale";
import { spread } from "../src/lib/spread";
import { smooth } from "../src/lib/smooth";
import { quantile } from "../src/lib/statistics";

test("ticks are round and within the axis", () => {
  expect(ticks([1, 6], 6)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(ticks([-6.4, 24.2], 7)).toEqual([-5, 0, 5, 10, 15, 20]);
  expect(ticks([0, 0.6], 4)).toEqual([0, 0.2, 0.4, 0.6]);
  expect(digitsOf([0, 0.2, 0.4])).toBe(1);
  expect(digitsOf([0, 500])).toBe(0);
});

test("an axis of energy begins at 0 or below and ends at a tick above all", () => {
  expect(energyAxis(0, 2626, 4)).toEqual([0, 3000]);
  expect(energyAxis(-190, 14736, 4)).toEqual([-190, 15000]);
  expect(energyAxis(0, 0, 4)[1]).toBeGreaterThan(0);
});

test("a scale is linear and clamps only where asked", () => {
  const x = linear([0, 10], [100, 200]);
  expect([x(0), x(5), x(12)]).toEqual([100, 150, 220]);
  expect(clamp(12, [0, 10])).toBe(10);
});

test("labels too close are moved apart and stay within the ends", () => {
  expect(spread([10, 12, 14], 10, [5, 100])).toEqual([10, 20, 30]);
  expect(spread([95, 97], 10, [0, 100])).toEqual([90, 100]);
  expect(spread([20, 60], 10, [0, 100])).toEqual([20, 60]);
});

test("days cross the ends of months, years and summer time", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2026-03-29", 1)).toBe("2026-03-30");
  expect(countDays("2025-11-13", "2026-11-12")).toBe(365);
  expect(monthStart("2026-11-12", -11)).toBe("2025-12-01");
  expect(monthEnd("2028-02-03")).toBe("2028-02-29");
});

test("a quantile lies between two values", () => {
  expect(quantile([1, 2, 3, 4, 5], 0.5)).toBe(3);
  expect(quantile([1, 2], 0.25)).toBe(1.25);
});

test("a smooth curve follows a line to its ends and weighs days by their electricity", () => {
  const line = Array.from({ length: 80 }, (_, x) => ({ x: x / 4, y: 3 + x / 40, weight: 1 }));
  const curve = smooth(line, [0, 10, 19.5], 2);
  expect(curve.map((point) => point.y)).toEqual([
    expect.closeTo(3, 3),
    expect.closeTo(4, 3),
    expect.closeTo(4.95, 3),
  ]);
  expect(curve[1]!.spread).toBeCloseTo(0, 3);
  const twoKinds = line.flatMap(({ x }) => [
    { x, y: 2, weight: 1 },
    { x, y: 5, weight: 3 },
  ]);
  expect(smooth(twoKinds, [10], 2)[0]!.y).toBeCloseTo((2 * 1 + 5 * 3) / 4, 3);
});

test("no curve is drawn through a handful of days", () => {
  const few = [0, 1, 2].map((x) => ({ x, y: 4, weight: 1 }));
  expect(smooth(few, [1], 2)).toEqual([]);
});
