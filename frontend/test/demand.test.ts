import { expect, test } from "vitest";
import { demandOf, seasonStart, twoSeasons } from "../src/cards/demand/model";
import type { Bucket } from "../src/data/contract";
import { addDays } from "../src/lib/days";

const TODAY = "2026-01-20";

/** A house that loses so many W/K and needs no heat from 16 °C on. */
function day(start: string, outside_c: number, w_per_k: number, coverage = 1): Bucket {
  const kw = (Math.max(16 - outside_c, 0) * w_per_k) / 1000;
  const heat_kwh = kw * 24 * coverage + 1;
  return {
    start,
    electricity_kwh: heat_kwh / 4,
    paired_electricity_kwh: heat_kwh / 4,
    heat_kwh,
    coverage,
    outside_c,
    modes: {
      heating: { electricity_kwh: heat_kwh / 4, heat_kwh, hours: 10, supply_c: 35 },
      defrost: { electricity_kwh: 0.1, heat_kwh: -1, hours: 0.1, supply_c: null },
    },
    unpaired_electricity_kwh: 0,
    starts: 5,
    run_hours: 10,
    cost: null,
    co2_kg: null,
  };
}

const days = (first: string, count: number, w_per_k: number) =>
  Array.from({ length: count }, (_, n) => day(addDays(first, n), -8 + (n % 30), w_per_k));

test("a house's loss and balance temperature come out of its days", () => {
  const { thisSeason, lastSeason } = demandOf(
    [...days("2025-01-01", 90, 200), ...days("2025-10-01", 90, 150)],
    TODAY,
    7,
  );
  expect(lastSeason?.w_per_k).toBeCloseTo(200, 6);
  expect(thisSeason?.w_per_k).toBeCloseTo(150, 6);
  expect(thisSeason?.balance_c).toBeCloseTo(16, 6);
});

test("heat for each degree day is a sum over a sum", () => {
  const found = demandOf([...Array(30)].map((_, n) => day(addDays("2025-11-01", n), 5, 150)), TODAY, 7);
  expect(found.kwhPerDegreeDay).toBeCloseTo((30 * 24 * 1.65) / (30 * 10), 6);
  expect(found.thisSeason).toBeNull();
});

test("today, days without temperature and half-measured days are left out", () => {
  const unknown = { ...day("2025-11-02", 5, 150), outside_c: null };
  const found = demandOf(
    [day(TODAY, 5, 150), unknown, day("2025-11-03", 5, 150, 0.5), day("2025-11-04", 5, 150)],
    TODAY,
    7,
  );
  expect(found.days).toHaveLength(1);
  expect(found.kwhPerDegreeDay).toBeNull();
});

test("a season begins with its month", () => {
  expect(seasonStart("2026-01-20", 7)).toBe("2025-07-01");
  expect(seasonStart("2026-07-01", 7)).toBe("2026-07-01");
  expect(twoSeasons("2026-01-20", 7)).toEqual({ first: "2024-07-01", last: "2026-01-19" });
});
