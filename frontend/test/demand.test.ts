import { expect, test } from "vitest";
import { degreeDays, demandOf, lossChange, perDegreeDay, seasons, seasonStart } from "../src/cards/demand/model";
import type { Bucket, HeatLoss } from "../src/data/contract";
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

test("today, days without temperature and half-measured days are left out", () => {
  const unknown = { ...day("2025-11-02", 5, 150), outside_c: null };
  const found = demandOf(
    [day(TODAY, 5, 150), unknown, day("2025-11-03", 5, 150, 0.5), day("2025-11-04", 5, 150)],
    TODAY,
    7,
  );
  expect(found.days.map(({ start }) => start)).toEqual(["2025-11-04"]);
  expect(found.days[0]!.kw).toBeCloseTo(1.65, 6);
  expect(found.heated).toBe(1);
});

function loss(w_per_k: number, scatter_w_per_k: number): HeatLoss {
  const around = (value: number) => ({ value, low: 0.9 * value, high: 1.1 * value });
  return {
    w_per_k: around(w_per_k),
    balance_c: around(16),
    kwh_per_degree_day: around(w_per_k * 0.024),
    base_c: 16,
    scatter_w_per_k,
    days: 60,
    first: "2025-10-01",
    last: "2025-12-01",
  };
}

test("a difference between two seasons is said only if it can be seen", () => {
  expect(lossChange(loss(192, 10), loss(200, 10))).toBeNull();
  expect(lossChange(loss(120, 10), loss(200, 10))).toBeCloseTo(-0.4, 6);
  // The same difference of scattering days.
  expect(lossChange(loss(120, 60), loss(200, 60))).toBeNull();
  expect(lossChange(loss(240, 5), loss(200, 5))).toBeCloseTo(0.2, 6);
});

test("a summer without heating says nothing of the house", () => {
  const summer = days("2025-07-01", 60, 0).map((each) => ({
    ...each,
    outside_c: 18,
    modes: { hot_water: { electricity_kwh: 1.5, heat_kwh: 4.2, hours: 1, supply_c: 48 } },
  }));
  const { heated, lacksOutside } = demandOf(summer, "2025-09-01", 7);
  expect(heated).toBe(0);
  expect(lacksOutside).toBe(false);
  const blind = days("2025-10-01", 30, 150).map((each) => ({ ...each, outside_c: null }));
  expect(demandOf(blind, TODAY, 7).lacksOutside).toBe(true);
});

test("heated days are those of the season with more of them", () => {
  const both = [...days("2025-01-01", 30, 150), ...days("2025-12-01", 12, 150)];
  const warm = both.filter(({ outside_c }) => outside_c! < 16).length;
  expect(demandOf(both, TODAY, 7).heated).toBe(warm - 12);
});

test("heat for each degree day is a sum over a sum, of the days that are measured", () => {
  const cold = [...Array(30)].map((_, n) => day(addDays("2025-11-01", n), 5, 150));
  expect(perDegreeDay(cold, 15)).toBeCloseTo((24 * 1.65) / 10, 6);
  const holed = cold.map((each, n) => (n % 3 ? each : { ...each, coverage: 0.4 }));
  expect(perDegreeDay(holed, 15)).toBeCloseTo((24 * 1.65) / 10, 6);
  expect(perDegreeDay(cold.slice(0, 5), 15)).toBeNull();
});

test("degree days need the temperature of nearly all days", () => {
  const ten = [...Array(10)].map((_, n) => day(addDays("2025-11-01", n), 5, 150));
  expect(degreeDays(ten, 10, 15)).toBe(100);
  expect(degreeDays(ten, 12, 15)).toBeNull();
  expect(degreeDays([], 1, 15)).toBeNull();
});

test("a season begins with its month, and is compared with as much of the one before", () => {
  expect(seasonStart("2026-01-20", 7)).toBe("2025-07-01");
  expect(seasonStart("2026-07-01", 7)).toBe("2026-07-01");
  expect(seasons("2026-01-20", 7)).toEqual({
    now: { first: "2025-07-01", last: "2026-01-19" },
    before: { first: "2024-07-01", last: "2025-06-30" },
    alike: { first: "2024-07-01", last: "2025-01-19" },
  });
});
