import { expect, it } from "vitest";
import { daysOf, heatPumpOf, monthsOf, quartersOf, sharesOf } from "../../src/cards/house_meter/model";
import type { HouseDay, MonthPeak, QuarterHour } from "../../src/data/contract";
import { HOUSE } from "../grid";
import { english } from "../hass";

const RUNNING = HOUSE.running!;
const { f } = english;

it("splits what is expected into parts that add up to it", () => {
  expect(sharesOf(RUNNING)).toEqual({ heat_pump: 0.7, rest: 1.6, to_come: 1.4 });
  const thirds = { ...RUNNING, so_far_w: 670, forecast_w: 1000, parts_wh: { air: 83.75 } };
  expect(sharesOf(thirds)).toEqual({ heat_pump: 0.4, rest: 0.3, to_come: 0.3 });
});

it("knows no share of a heat pump whose electricity is not known", () => {
  expect(sharesOf({ ...RUNNING, parts_wh: {} })).toMatchObject({ heat_pump: null, rest: 2.3 });
  expect(sharesOf({ ...RUNNING, so_far_w: null })).toBeNull();
});

it("has nothing to come where no forecast is known, or it is below what is drawn", () => {
  for (const forecast_w of [null, 2000]) {
    expect(sharesOf({ ...RUNNING, forecast_w })!.to_come).toBe(0);
  }
});

it("gives the heat pumps no more than came from the grid", () => {
  expect(heatPumpOf({ air: 300, brine: 200 }, 4)).toBe(2);
  expect(heatPumpOf({ air: 300, brine: 200 }, 1.2)).toBe(1.2);
  expect(heatPumpOf({ air: 0 }, 1.2)).toBe(0);
  expect(heatPumpOf({}, 1.2)).toBeNull();
});

const peak = (average_w: number, parts_wh = {}) => ({ start: "2026-11-02T06:45:00Z", average_w, parts_wh });

it("shows each day until today, the month's highest strong", () => {
  const days: HouseDay[] = [
    { day: "2026-11-02", peak: peak(3000, { air: 500 }), incomplete: 0 },
    { day: "2026-11-03", peak: null, incomplete: 96 },
    { day: "2026-11-04", peak: peak(3000), incomplete: 2 },
    { day: "2026-11-05", peak: null, incomplete: 0 },
  ];
  const [first, second, third, fourth, today, ...more] = daysOf(
    days,
    { first: "2026-11-01", last: "2026-11-05" },
    "2026-11-05",
  );
  expect(more).toEqual([]);
  // The meter was set up on the second: nothing is missing before.
  expect(first).toMatchObject({ kw: null, isPart: false, isOpen: false });
  expect(second).toMatchObject({ kw: 3, heat_pump_kw: 2, isPart: false, isStrong: true });
  expect(third).toMatchObject({ kw: null, isPart: true });
  expect(fourth).toMatchObject({ kw: 3, heat_pump_kw: null, isPart: true, isStrong: false });
  expect(today).toMatchObject({ kw: null, isPart: false, isOpen: true });
});

const quarter = (start: string, average_w: number | null): QuarterHour => ({ start, average_w, parts_wh: {} });
const END = Date.parse("2027-01-01T00:00:00Z");

it.each([
  ["2026-11-12", 96],
  ["2026-10-25", 100],
  ["2026-03-29", 92],
])("has all quarter-hours of %s", (day, count) => {
  expect(quartersOf([], day, END, f)).toHaveLength(count);
  // The first that is known may be late in the day.
  const late = quartersOf([quarter(`${day}T20:00:00Z`, 800)], day, END, f);
  expect(late).toHaveLength(count);
  expect(f.local(late[0]!.start)).toEqual({ day, minutes: 0 });
  expect(late.filter(({ kw }) => kw !== null)).toHaveLength(1);
});

it("hatches what is over and not known, not what is to come", () => {
  const until = Date.parse("2026-11-12T17:15:00Z");
  const known = [quarter("2026-11-12T16:45:00Z", 1200), quarter("2026-11-12T16:30:00Z", null)];
  const columns = quartersOf(known, "2026-11-12", until, f);
  const at = (time: string) => columns.find(({ start }) => start.getTime() === Date.parse(time))!;
  expect(at("2026-11-12T16:45:00Z")).toMatchObject({ kw: 1.2, isPart: false });
  expect(at("2026-11-12T16:30:00Z")).toMatchObject({ kw: null, isPart: true });
  expect(at("2026-11-12T17:00:00Z")).toMatchObject({ kw: null, isPart: true });
  expect(at("2026-11-12T17:15:00Z")).toMatchObject({ kw: null, isPart: false });
});

it("leaves a hole where a month has no peak", () => {
  const month = (start: string): MonthPeak => ({ month: start, peak_w: 2000, at: null, basis: "counted", parts_wh: {} });
  const columns = monthsOf([month("2025-12-01"), month("2026-02-01")]);
  expect(columns.map(({ kw, isPart }) => [kw, isPart])).toEqual([
    [2, false],
    [null, true],
    [2, false],
  ]);
  expect(columns.at(-1)!.isStrong).toBe(true);
  expect(monthsOf([])).toEqual([]);
});
