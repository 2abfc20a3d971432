import { describe, expect, it } from "vitest";
import { charges } from "../../src/cards/charges/model";
import { cycling, stacked } from "../../src/cards/cycling/model";
import { compressorRuns, daysOfRuns, isShort } from "../../src/cards/runs/model";
import type { Bucket, Run } from "../../src/data/contract";
import { english } from "../hass";
import { NOW } from "../households";

function run(start: string, end: string, more: Partial<Run> = {}): Run {
  return {
    start,
    end,
    mode: "heating",
    electricity_kwh: 1,
    heat_kwh: 4,
    heat_error_kwh: 0.2,
    starts: 1,
    is_whole: true,
    defrosts: [],
    supply_c: 35,
    outside_c: 5,
    ...more,
  };
}

function day(start: string, starts: number | null, run_hours: number | null): Bucket {
  return { start, starts, run_hours, outside_c: 4.5, coverage: 1 } as Bucket;
}

const HEATS = run("2026-11-11T10:00:00+01:00", "2026-11-11T11:00:00+01:00");
const CHARGES = run("2026-11-11T11:00:30+01:00", "2026-11-11T11:40:00+01:00", {
  mode: "hot_water",
  starts: 0,
});

describe("compressorRuns", () => {
  it("joins the modes of one run", () => {
    const [first, ...others] = compressorRuns([CHARGES, HEATS]);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ minutes: 100, mode: "hot_water", isWhole: true });
  });

  it("begins with each start", () => {
    expect(compressorRuns([HEATS, { ...CHARGES, starts: 1 }])).toHaveLength(2);
  });

  it("knows no length of what began before or stopped within", () => {
    const lengths = [{ is_whole: false }, { starts: 2 }].map(
      (more) => compressorRuns([{ ...HEATS, ...more }])[0]!,
    );
    expect(lengths.map(({ isWhole }) => isWhole)).toEqual([false, false]);
    expect(isShort({ ...lengths[0]!, minutes: 5 })).toBe(false);
  });
});

describe("daysOfRuns", () => {
  const night = run("2026-11-11T22:00:00+01:00", "2026-11-12T02:00:00+01:00", {
    defrosts: [{ start: "2026-11-12T01:00:00+01:00", end: "2026-11-12T01:06:00+01:00" }],
  });
  const days = daysOfRuns(
    [night, { ...HEATS, heat_kwh: null }],
    [day("2026-11-11", 2, 5)],
    { last: "2026-11-12", count: 3, now: NOW },
    english.f,
  );

  it("divides a run at the household's midnight", () => {
    expect(days.map((each) => each.day)).toEqual(["2026-11-12", "2026-11-11", "2026-11-10"]);
    expect(days[0]!.pieces[0]).toMatchObject({ role: "heating", from: 0, to: 2 / 24 });
    expect(days[1]!.pieces[0]).toMatchObject({ role: "heating", from: 22 / 24, to: 1 });
  });

  it("draws a defrost over its run, and what is not known as unknown", () => {
    expect(days[0]!.pieces[1]).toMatchObject({ role: "defrost", from: 60 / 1440 });
    expect(days[1]!.pieces[1]!.role).toBe("unknown");
  });

  it("draws a run that ends before it began by the clock", () => {
    const [only] = daysOfRuns(
      [run("2026-10-25T02:40:00+02:00", "2026-10-25T02:20:00+01:00")],
      [],
      { last: "2026-10-25", count: 1, now: "2026-10-25T12:00:00+01:00" },
      english.f,
    );
    expect(only!.pieces).toMatchObject([{ from: 160 / 1440, to: 200 / 1440 }]);
  });

  it("claims no rest of a day of which nothing is known", () => {
    expect(days[2]).toMatchObject({ isKnown: false, starts: null, hours: null });
  });

  it("ends today now", () => {
    expect(days[0]!.until).toBeCloseTo((18 * 60 + 24) / 1440);
    expect(days[1]!.until).toBe(1);
  });
});

describe("cycling", () => {
  const today = { day: "2026-11-12", share: 0.5 };

  it("sums before it divides", () => {
    const days = [day("2026-11-11", 8, 16), day("2026-11-12", 1, 8), day("2026-11-10", null, null)];
    const shown = cycling([HEATS], days, today);
    expect(shown.startsADay).toBeCloseTo(9 / 1.5);
    expect(shown.meanMinutes).toBeCloseTo((60 * 24) / 9);
  });

  it("knows no frequency before a whole day", () => {
    expect(cycling([], [day("2026-11-12", 0, 0)], today)).toMatchObject({
      startsADay: null,
      meanMinutes: null,
      runs: [],
    });
  });

  it("stacks what is as long", () => {
    const runs = [20, 21, 55].map((minutes) => ({ ...compressorRuns([HEATS])[0]!, minutes }));
    expect(stacked(runs, 10).map(({ column, row }) => [column, row])).toEqual([
      [2, 0],
      [2, 1],
      [5, 0],
    ]);
  });
});

describe("charges", () => {
  const charge = (hour: number, more: Partial<Run> = {}) =>
    run(
      `2026-11-${String(1 + hour).padStart(2, "0")}T05:00:00Z`,
      `2026-11-${String(1 + hour).padStart(2, "0")}T05:40:00Z`,
      { mode: "hot_water", electricity_kwh: 1.5, heat_kwh: 4.5, heat_error_kwh: 0.3, ...more },
    );

  it("shows heat and COP of a charge whose heat is sure", () => {
    expect(charges([HEATS, charge(0)])).toMatchObject({
      charges: [{ minutes: 40, electricity_kwh: 1.5, heat_kwh: 4.5, cop: 3 }],
      together: [],
    });
  });

  it("shows the newest first, and none that was cut off", () => {
    const found = charges([charge(0), charge(2), charge(1, { is_whole: false })]).charges;
    expect(found.map(({ start }) => start.slice(8, 10))).toEqual(["03", "01"]);
  });

  it("adds up ten where one is too rough", () => {
    const rough = Array.from({ length: 12 }, (_, hour) => charge(hour, { heat_error_kwh: 0.9 }));
    const { charges: single, together } = charges(rough);
    expect(single.every(({ heat_kwh, cop }) => heat_kwh === null && cop === null)).toBe(true);
    expect(together).toHaveLength(1);
    expect(together[0]).toMatchObject({ count: 10, heat_kwh: 45, electricity_kwh: 15 });
    expect(together[0]!.cop.value).toBeCloseTo(3);
    // Independent errors: 20 % of one are 6.3 % of ten.
    expect(together[0]!.cop.high).toBeCloseTo(3 * (1 + 0.2 / Math.sqrt(10)));
  });

  it("leaves out of a sum what is not known", () => {
    const rough = Array.from({ length: 10 }, (_, hour) => charge(hour, { heat_error_kwh: 0.9 }));
    expect(charges([...rough.slice(1), charge(0, { heat_kwh: null })]).together).toEqual([]);
  });
});
