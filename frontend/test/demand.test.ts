import { expect, test } from "vitest";
import { degreeDays, demandOf, lossChange, seasonStart, twoSeasons } from "../src/cards/demand/model";
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
  const { now, before } = demandOf(
    [...days("2025-01-01", 90, 200), ...days("2025-10-01", 90, 150)],
    TODAY,
    7,
  );
  expect(before.line?.w_per_k).toBeCloseTo(200, 6);
  expect(now.line?.w_per_k).toBeCloseTo(150, 6);
  expect(now.line?.balance_c).toBeCloseTo(16, 6);
  expect(lossChange(now.line!, before.line!)).toBeCloseTo(-0.25, 6);
});

test("heat for each degree day is a sum over a sum", () => {
  const found = demandOf([...Array(30)].map((_, n) => day(addDays("2025-11-01", n), 5, 150)), TODAY, 7);
  expect(found.now.kwhPerDegreeDay).toBeCloseTo((30 * 24 * 1.65) / (30 * 10), 6);
  expect(found.now.line).toBeNull();
});

test("today, days without temperature and half-measured days are left out", () => {
  const unknown = { ...day("2025-11-02", 5, 150), outside_c: null };
  const found = demandOf(
    [day(TODAY, 5, 150), unknown, day("2025-11-03", 5, 150, 0.5), day("2025-11-04", 5, 150)],
    TODAY,
    7,
  );
  expect(found.days).toHaveLength(1);
  expect(found.now.kwhPerDegreeDay).toBeNull();
});

/** Days whose heat scatters by 15 %, up and down. */
const scattered = (first: string, count: number, w_per_k: number) =>
  days(first, count, w_per_k).map((each, n) => {
    const { heating } = each.modes;
    const heat_kwh = heating!.heat_kwh * (n % 2 ? 1.15 : 0.85);
    return { ...each, modes: { ...each.modes, heating: { ...heating!, heat_kwh } } };
  });

test("a difference between two seasons is said only if it can be seen", () => {
  const changeOf = (w_per_k: number) => {
    const { now, alike } = demandOf(
      [...scattered("2025-01-01", 60, 200), ...scattered("2025-10-01", 60, w_per_k)],
      TODAY,
      7,
    );
    return lossChange(now.line!, alike!);
  };
  expect(changeOf(192)).toBeNull();
  expect(changeOf(120)).toBeCloseTo(-0.4, 1);
});

test("an autumn is compared with the mild days of the season before", () => {
  // A house that loses more per degree in frost, as with a defrost.
  const bent = (each: Bucket, limit: number) => (each.outside_c! < limit ? day(each.start, each.outside_c!, 260) : each);
  const { now, alike } = demandOf(
    [
      ...days("2025-01-01", 120, 200).map((each) => bent(each, 0)),
      ...days("2025-10-01", 90, 200).filter((each) => each.outside_c! >= 2),
    ],
    TODAY,
    7,
  );
  expect(lossChange(now.line!, alike!)).toBeNull();
});

test("one season alone has nothing beside it", () => {
  const { now, before } = demandOf(days("2025-10-01", 90, 150), TODAY, 7);
  expect(now.line).not.toBeNull();
  expect(before).toEqual({ heated: 0, line: null, kwhPerDegreeDay: null });
});

test("a summer without heating says nothing of the house", () => {
  const summer = days("2025-07-01", 60, 0).map((each) => ({
    ...each,
    outside_c: 18,
    modes: { hot_water: { electricity_kwh: 1.5, heat_kwh: 4.2, hours: 1, supply_c: 48 } },
  }));
  const { now, lacksOutside } = demandOf(summer, "2025-09-01", 7);
  expect(now).toEqual({ heated: 0, line: null, kwhPerDegreeDay: null });
  expect(lacksOutside).toBe(false);
  const blind = days("2025-10-01", 30, 150).map((each) => ({ ...each, outside_c: null }));
  expect(demandOf(blind, TODAY, 7).lacksOutside).toBe(true);
});

test("holes take no heat away: the rest of the season gives the same loss", () => {
  const whole = days("2025-10-01", 90, 150);
  const holed = whole.map((each, n) =>
    n % 3 ? each : { ...each, coverage: 0.4, modes: { heating: { ...each.modes.heating!, heat_kwh: 1 } } },
  );
  expect(demandOf(holed, TODAY, 7).now.line?.w_per_k).toBeCloseTo(150, 6);
});

test("degree days need the temperature of nearly all days", () => {
  const ten = [...Array(10)].map((_, n) => day(addDays("2025-11-01", n), 5, 150));
  expect(degreeDays(ten, 10, 15)).toBe(100);
  expect(degreeDays(ten, 12, 15)).toBeNull();
  expect(degreeDays([], 1, 15)).toBeNull();
});

test("the same house needs as much for each degree day in autumn as in winter", () => {
  const winter = days("2025-01-01", 90, 200);
  const autumn = days("2025-10-01", 90, 200).map((each, n) => day(each.start, 4 + (n % 12), 200));
  const { now, before, base_c } = demandOf([...winter, ...autumn], TODAY, 7);
  expect(base_c).toBe(16);
  expect(now.kwhPerDegreeDay).toBeCloseTo(4.8, 6);
  expect(before.kwhPerDegreeDay).toBeCloseTo(4.8, 2);
});

test("a season begins with its month", () => {
  expect(seasonStart("2026-01-20", 7)).toBe("2025-07-01");
  expect(seasonStart("2026-07-01", 7)).toBe("2026-07-01");
  expect(twoSeasons("2026-01-20", 7)).toEqual({ first: "2024-07-01", last: "2026-01-19" });
});
