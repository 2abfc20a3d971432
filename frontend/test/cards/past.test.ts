import { describe, expect, it } from "vitest";
import { byMonth, byWeek, calendar, weekday } from "../../src/cards/calendar/model";
import { findings } from "../../src/cards/flags/model";
import { lastDay, outline, partSays } from "../../src/cards/last_day/model";
import { compared } from "../../src/cards/maker/model";
import type { Bucket, Flag, Moment } from "../../src/data/contract";
import { english } from "../hass";
import { NOW, TODAY } from "../households";

function moment(minutesAgo: number, more: Partial<Moment> = {}): Moment {
  const end = Date.parse("2026-11-12T18:25:00+01:00");
  return {
    start: new Date(end - 60_000 * minutesAgo).toISOString(),
    electricity_w: 1200,
    heat_w: 4800,
    mode: "heating",
    ...more,
  };
}

describe("lastDay", () => {
  it("joins what belongs together", () => {
    const shown = lastDay(
      [moment(20), moment(15), moment(10, { heat_w: -2000, mode: "defrost" }), moment(5)],
      NOW,
      english.f,
    );
    expect(shown.heat.map(({ role, from, to }) => [role, from, to])).toEqual([
      ["heating", 284, 286],
      ["defrost", 286, 287],
      ["heating", 287, 288],
    ]);
    expect(shown.range).toEqual([-2, 4.8]);
    expect(shown.electricity_kwh).toBeCloseTo(0.4);
    expect(shown.heat_kwh).toBeCloseTo((3 * 4.8 - 2) / 12);
  });

  it("says of each part that is over what is known of it", () => {
    const shown = lastDay([moment(10, { heat_w: null })], NOW, english.f);
    const says = (index: number) => partSays(shown, index, english.t, english.f);
    expect(shown.parts).toHaveLength(287);
    expect(says(286)).toEqual(["18:15 – 18:20", "Heating", "Heat –", "Electricity 1.20\u00a0kW"]);
    expect(says(285).slice(1)).toEqual(["Mode unknown", "Heat –", "Electricity –"]);
  });

  it("says where no heat is known, and draws electricity there", () => {
    const shown = lastDay([moment(10, { heat_w: null }), moment(5)], NOW, english.f);
    expect(shown.unknown.at(-1)).toMatchObject({ from: 0, to: 287 });
    expect(shown.electricity).toMatchObject([{ from: 286, to: 288 }]);
    expect(shown.unknown_minutes).toBe(287 * 5);
  });

  it("expects nothing yet of the part that lasts", () => {
    const shown = lastDay([moment(10)], NOW, english.f);
    expect(shown.unknown.at(-1)!.to).toBe(286);
    expect(shown.modes.at(-1)!.to).toBe(287);
  });

  it.each([
    ["put back", "2026-10-25T12:00:00+01:00", [1, 2, 3], 13],
    ["put forward", "2026-03-29T12:00:00+02:00", [1, 3, 4], 11],
  ])("names no hour twice when the clock is %s", (_, now, night, sinceMidnight) => {
    const { hours } = lastDay([], now, english.f);
    const midnight = hours.findIndex(({ minutes }) => minutes === 0);
    const after = hours.slice(midnight + 1, midnight + 4);
    expect(after.map(({ minutes }) => minutes / 60)).toEqual(night);
    expect(hours[midnight]!.part).toBe(288 - 12 * sinceMidnight);
  });

  it("has the full hours of the household", () => {
    const { hours } = lastDay([], NOW, english.f);
    expect(hours).toHaveLength(24);
    expect(hours[0]).toEqual({ part: 7, minutes: 19 * 60 });
    expect(hours.find(({ minutes }) => minutes === 0)!.part).toBe(67);
  });

  it("outlines an area in steps", () => {
    const area = { role: "heating" as const, from: 2, to: 4, values: [1, 2] };
    expect(outline(area, (part) => 10 * part, (value) => 100 - 10 * value)).toBe(
      "M20 100V90H30V80H40V100Z",
    );
  });
});

describe("calendar", () => {
  it("has each day once, also those of 23 and 25 hours", () => {
    const span = { first: "2025-11-13", last: "2026-11-12", firstEver: "2025-01-01" };
    const { days } = calendar([], span);
    expect(days).toHaveLength(365);
    expect(new Set(days.map(({ day }) => day)).size).toBe(365);
    for (const day of ["2026-03-29", "2026-10-25"]) {
      expect(days.filter((each) => each.day === day)).toHaveLength(1);
    }
  });

  const bucket = (start: string, coverage: number | null) => ({ start, coverage }) as Bucket;
  const span = { first: "2026-11-05", last: "2026-11-12" };

  it("tells whole days from parts and holes", () => {
    const { days, holes } = calendar(
      [bucket("2026-11-07", 0.99), bucket("2026-11-08", 0.5), bucket("2026-11-10", 0)],
      { ...span, firstEver: "2026-11-07" },
    );
    expect(days.map(({ state }) => state)).toEqual([
      "measured",
      "in_part",
      "not_measured",
      "not_measured",
      "not_measured",
      "in_part",
    ]);
    expect(holes).toEqual([{ first: "2026-11-09", last: "2026-11-11", count: 3 }]);
  });

  it("misses nothing before the first day", () => {
    const { days, holes } = calendar([], { ...span, firstEver: null });
    expect(days).toEqual([{ day: "2026-11-12", state: "in_part", coverage: null }]);
    expect(holes).toEqual([]);
  });

  it("begins weeks on Monday", () => {
    expect(weekday("2026-11-09")).toBe(0);
    expect(byWeek("2026-11-08", "2026-11-05")).toEqual({ row: 6, column: 0 });
    expect(byWeek("2026-11-09", "2026-11-05")).toEqual({ row: 0, column: 1 });
  });

  it("puts months below each other on a phone", () => {
    expect(byMonth("2027-01-03", "2026-11-05")).toEqual({ row: 2, column: 2 });
  });
});

describe("compared", () => {
  it("has our band beside the maker's figure", () => {
    const rows = compared(TODAY, { all: 4.2, heating: null, hot_water: 3.2, measured_at: null });
    expect(rows.map(({ key, maker }) => [key, maker])).toEqual([
      ["all_modes", 4.2],
      ["heating", null],
      ["hot_water", 3.2],
    ]);
    expect(rows[0]!.ours).toEqual({ value: 3.73, low: 3.4, high: 4.0 });
  });

  it("leaves out what neither knows", () => {
    const rows = compared(
      { ...TODAY, modes: {} },
      { all: 4, heating: null, hot_water: null, measured_at: null },
    );
    expect(rows).toHaveLength(1);
  });
});

describe("findings", () => {
  const flag = (kind: string, start: string, end: string | null = start): Flag => ({
    kind,
    start,
    end,
    values: {},
  });

  it("shows what lasts first, and repetitions as one", () => {
    const shown = findings(
      [
        flag("gap", "2026-10-01T10:00:00Z"),
        flag("stale", "2026-09-01T10:00:00Z", null),
        flag("gap", "2026-10-05T10:00:00Z"),
        flag("contradiction", "2026-10-02T10:00:00Z", "2026-10-02T10:06:00Z"),
      ],
      english.t,
      english.f,
    );
    expect(shown.open.map(({ title }) => title)).toEqual(["The heat pump sends old values"]);
    expect(shown.over.map(({ when }) => when)).toEqual([
      "2 times since 1 Oct",
      "2 Oct, 12:00, 6\u00a0min",
    ]);
  });

  it("says so of a kind that it does not know", () => {
    const { over } = findings([flag("new_kind", NOW)], english.t, english.f);
    expect(over[0]).toMatchObject({
      title: "A finding of a newer version",
      consequence: "new_kind",
    });
  });
});
