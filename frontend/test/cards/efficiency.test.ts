import { expect, test } from "vitest";
import { isJaz, jaz, measuredParts } from "../../src/cards/jaz/model";
import { modes } from "../../src/cards/modes/model";
import {
  cells,
  type Column,
  columnSays,
  columnsOfDays,
  columnsOfMonths,
  heightOf,
  isHole,
  labelsOf,
  placesOf,
} from "../../src/cards/months/model";
import { withToday } from "../../src/cards/period_card";
import { methodsApart, ownShare } from "../../src/cards/months/own";
import { layout, sankey } from "../../src/cards/sankey/model";
import { clouds, copAt, sentences, withoutSupply } from "../../src/cards/scatter/model";
import { dotOf, usual } from "../../src/cards/usual/model";
import type { Bucket, Figures } from "../../src/data/contract";
import { earned } from "../../src/data/earned";
import { wordsOf } from "../hass";
import { TODAY, withOwn } from "../households";
import { PASTS } from "../years";

const { t, f } = wordsOf("en");
const { live, days, answer } = PASTS["air"]!;
const YEAR: Figures = live.rolling_year;
const LAST_YEAR = days.filter(({ start }) => start >= YEAR.first);
const { first, last } = YEAR;
const MONTHS = answer({ type: "x/months", first, last }) as Figures[];

/** The number that a text shows. */
const number = (text: string) => Number(text.replace("−", "-").replaceAll(",", "")) || 0;
const sumOf = (texts: readonly string[]) => texts.reduce((sum, text) => sum + number(text), 0);

test("a year is a JAZ, with its band in words rounded outward", () => {
  const shown = jaz({ ...YEAR, cop: 3.72, cop_low: 3.44, cop_high: 3.96 }, "air", true, t, f);
  expect(shown).toMatchObject({
    title: "JAZ, last 365 days",
    cop: "3.72",
    note: "between 3.4 and 4.0",
    days: "360 of 365 days",
    heatBy: "measured flow, ±6\u00a0%",
  });
  expect(shown.boundary[0]).toBe("unit, fan, backup heater (H3)");
  expect(shown.mark).toBeCloseTo((3.72 - 1) / 5, 6);
});

test("less than a year, or more, is the COP of its days", () => {
  const title = (more: Partial<Figures>) => jaz({ ...YEAR, ...more }, "air", false, t, f).title;
  expect(title({ is_full_year: false, paired_days: 213.6 })).toBe("COP of 214 days");
  expect(title({ is_full_year: false, paired_days: 0.7 })).toBe("COP of one day");
  expect(title({ first: "2022-03-14", paired_days: 1631 })).toBe("COP of 1,631 days");
  expect(isJaz(YEAR)).toBe(true);
});

test("what is not known has a dash, a reason and no mark", () => {
  const none = { cop: null, cop_low: null, cop_high: null, heat_kwh: null, method_shares: {} };
  const shown = jaz({ ...YEAR, ...none, is_full_year: false, paired_days: 0 }, "air", true, t, f);
  expect(shown).toMatchObject({
    title: "COP",
    cop: "–",
    note: "no heat, no COP",
    heatBy: "–",
    mark: null,
    band: null,
  });
});

test("several methods are named with their shares, the largest first", () => {
  const method_shares = { modulation: 0.2, flow: 0.8 };
  const method_errors = { modulation: 0.15, flow: 0.06 };
  const shown = jaz({ ...YEAR, method_shares, method_errors }, "air", true, t, f);
  expect(shown.heatBy).toBe(
    "measured flow, 80\u00a0%, ±6\u00a0%; modulation × rated power, 20\u00a0%, ±15\u00a0%",
  );
});

test("a part beyond the boundary is named, one that is missing is not", () => {
  const figures = { ...YEAR, boundary: "H1+", boundary_extra: ["backup_heater"] };
  const missing = { boundary_missing: ["source_pump", "circulation_pumps"] };
  const shown = jaz({ ...figures, ...missing }, "brine", true, t, f);
  expect(shown.boundary[0]).toBe("unit, backup heater (H1+)");
});

test("a year in which another electricity was counted has a COP of each", () => {
  const boundaries = {
    H3: { share: 0.6, days: 214.2, cop: 3.61 },
    "H1+backup_heater": { share: 0.4, days: 150.1, cop: 3.92 },
  };
  const shown = jaz({ ...YEAR, boundary: null, boundaries }, "air", true, t, f);
  expect(shown.boundary).toEqual(["H3: 214 days, COP 3.61", "H1+: 150 days, COP 3.92"]);
  expect(jaz({ ...YEAR, boundary: null }, "air", true, t, f).boundary).toEqual(["–"]);
});

test("days without heat leave holes in what was measured", () => {
  const parts = measuredParts(LAST_YEAR, YEAR.first, YEAR.last);
  expect(parts.length).toBe(5);
  const share = parts.reduce((sum, { from, to }) => sum + to - from, 0);
  expect(share).toBeCloseTo(360 / 365, 6);
});

test("a day's dot is a ratio of its sums, and standby alone has none", () => {
  const day = LAST_YEAR[0]!;
  expect(dotOf(day)!.cop).toBeCloseTo(day.heat_kwh! / day.paired_electricity_kwh!, 9);
  expect(dotOf({ ...day, paired_electricity_kwh: 0.3 })).toBeNull();
  expect(dotOf({ ...day, coverage: 0.5 })).toBeNull();
  expect(dotOf({ ...day, heat_kwh: null })).toBeNull();
});

/** Twenty days at 4 °C with COPs from 3.0 to 4.9. */
const ALIKE: Bucket[] = Array.from({ length: 20 }, (_, index) => ({
  ...LAST_YEAR[0]!,
  start: `2026-01-${String(index + 1).padStart(2, "0")}`,
  outside_c: 4,
  paired_electricity_kwh: 10,
  heat_kwh: 30 + index,
}));

test.each([
  [3.9, "Yes: 20 days"],
  [3.2, "Yes: 20 days"],
  [3.0, "Lower than usual: 20 days"],
  [4.9, "Better than usual: 20 days"],
])("a day with a COP of %s is judged by days as warm", (cop, begin) => {
  const { sentence } = usual(ALIKE, { ...TODAY, cop, outside_c: 4.2 }, t, f);
  expect(sentence.replaceAll("\u00a0", " ")).toBe(
    `${begin} at 4.2 ± 1.5 °C mostly gave 3.1 to 4.8.`,
  );
});

test("too few days, no COP, or no temperature give no judgement", () => {
  const said = (more: Partial<Figures>, like = ALIKE) =>
    usual(like, { ...TODAY, ...more }, t, f);
  expect(said({}, ALIKE.slice(0, 3)).sentence).toContain("3 so far");
  expect(said({}, ALIKE.slice(0, 3)).like).toBeNull();
  expect(said({ cop: null }).sentence).toBe("Today has no COP yet.");
  expect(said({ outside_c: null }).today).toBeNull();
  expect(said({ outside_c: -9 }).sentence).toContain("0 so far");
});

test("today is not compared with itself", () => {
  const withIt = [...ALIKE, { ...ALIKE[0]!, start: TODAY.last }];
  expect(usual(withIt, TODAY, t, f).dots).toHaveLength(20);
});

test("today's bucket says what is known now", () => {
  const known = withToday(LAST_YEAR, { ...TODAY, heat_kwh: 60 });
  expect(known.at(-1)).toMatchObject({ start: TODAY.last, heat_kwh: 60 });
  expect(known.at(-1)!.modes.heating).toMatchObject({ heat_kwh: 48 });
  expect(known.at(-2)).toBe(LAST_YEAR.at(-2));
});

test("months are as wide as their days, and parts of one are known as such", () => {
  const columns = columnsOfMonths(MONTHS, "2025-06-02", YEAR);
  expect(columns).toHaveLength(13);
  expect(columns.map((column) => column.isPart)).toEqual([
    true,
    ...Array<boolean>(11).fill(false),
    true,
  ]);
  expect(columns[0]!.share).toBeCloseTo(18 / 30, 6);
  const places = placesOf(columns, [80, 780], 36);
  expect(places[0]!.barWidth / places[1]!.barWidth).toBeCloseTo(18 / 30, 6);
  expect(places.at(-1)!.left + places.at(-1)!.width).toBeCloseTo(780, 3);
  expect(Math.min(...places.map(({ width }) => width))).toBeGreaterThanOrEqual(35);
});

test("months before the first day are absent, and the first begins with it", () => {
  const columns = columnsOfMonths(MONTHS, "2026-09-19", YEAR);
  expect(columns.map((column) => column.start)).toEqual([
    "2026-09-19",
    "2026-10-01",
    "2026-11-01",
  ]);
  expect(columns[0]!.share).toBeCloseTo(12 / 30, 6);
  const [one] = placesOf(columns.slice(1, 2), [0, 700], 36);
  expect(one!.width).toBeLessThanOrEqual(90);
});

test("labels become letters and then years as months get narrower", () => {
  const columns = columnsOfMonths(MONTHS, "2025-06-02", YEAR);
  const labels = (right: number) =>
    labelsOf(columns, placesOf(columns, [0, right], 0), false, f).join(" ");
  expect(labels(700)).toMatch(/^Nov Dec Jan/);
  expect(labels(280)).toMatch(/^N D J F/);
  expect(labels(100).trim()).toBe("2026");
});

test("days have their numbers, and the first of a month its name", () => {
  const columns = columnsOfDays([], { first: "2026-09-25", last: "2026-10-07" }, TODAY.last);
  const labels = (right: number) =>
    labelsOf(columns, placesOf(columns, [0, right], 0), true, f).join(" ");
  expect(labels(286)).toBe("25 26 27 28 29  Oct 2 3 4 5 6 7");
  expect(labels(150)).toBe("25  27    Oct  3  5  7");
});

test("the figures of the months add up to those of the year", () => {
  const texts = cells(columnsOfMonths(MONTHS, "2025-06-02", YEAR), f);
  expect(sumOf(texts.heat)).toBe(Math.round(YEAR.heat_kwh!));
  expect(sumOf(texts.electricity)).toBe(Math.round(YEAR.paired_electricity_kwh!));
});

test("a month without known heat has a dash and hatched electricity, never 0", () => {
  const february = {
    ...MONTHS[3]!,
    heat_kwh: null,
    cop: null,
    cop_low: null,
    cop_high: null,
    paired_electricity_kwh: null,
    unpaired_electricity_kwh: 500,
    modes: {},
  };
  const columns = columnsOfMonths([february], "2025-06-02", YEAR);
  expect(columns[0]).toMatchObject({ paired: 0, unpaired: 500, heat: null, band: null });
  expect(heightOf(columns[0]!)).toBe(500);
  expect(cells(columns, f)).toEqual({ cop: ["–"], heat: ["–"], electricity: ["500"], own: null });
});

test("own electricity is a share of what is split, which may be less than all", () => {
  expect(jaz(YEAR, "air", true, t, f).own).toBeNull();
  const own = { own_electricity_kwh: 500, own_electricity_share: 0.25 };
  expect(jaz({ ...YEAR, ...own }, "air", true, t, f).own).toBe("25\u00a0% of 2,000\u00a0kWh");
  const none = { own_electricity_kwh: 0, own_electricity_share: 0, electricity_kwh: 12 };
  expect(jaz({ ...YEAR, ...none }, "air", true, t, f).own).toBe("0\u00a0% of 12.0\u00a0kWh");
});

test("months have a row for own electricity once there are meters for it", () => {
  const months = MONTHS.slice(6, 8);
  const columns = columnsOfMonths([months[0]!, withOwn(months[1]!, 0.6)], "2025-06-02", YEAR);
  expect(cells(columns, f).own).toEqual(["–", "60\u00a0%"]);
  expect(columnSays(columns[0]!, "May", t, f).join()).not.toContain("own");
  expect(columnSays(columns[1]!, "Jun", t, f)).toContain("of it own 60\u00a0%");
});

test("cold is below zero, beside what defrosts took back", () => {
  const summer = PASTS["rough"]!.answer({
    type: "x/months",
    first: "2026-07-01",
    last: "2026-07-31",
  }) as Figures[];
  const [july] = columnsOfMonths(summer, "2025-06-02", YEAR) as [Column];
  expect(july.below.map(({ role }) => role)).toEqual(["cooling"]);
  expect(july.heat).toBeGreaterThan(0);
});

test("a short period has a column for each day, today's hollow", () => {
  const span = { first: "2026-11-01", last: TODAY.last };
  const columns = columnsOfDays(days.slice(-12), span, TODAY.last);
  expect(columns.map(({ isPart }) => isPart).filter(Boolean)).toHaveLength(1);
  expect(columns.at(-1)!.isPart).toBe(true);
});

test("a day without any value keeps its place, as a hole", () => {
  const span = { first: "2026-05-07", last: "2026-05-11" };
  const columns = columnsOfDays(days, span, TODAY.last);
  expect(columns.map(({ start }) => start.slice(8))).toEqual(["07", "08", "09", "10", "11"]);
  expect(columns.map(isHole)).toEqual([false, false, true, false, false]);
  expect(columns[2]).toMatchObject({ cop: null, heat: null });
});

test("the rows by mode add up to the sums of the COP", () => {
  const shown = modes(YEAR, t, f)!;
  expect(sumOf(shown.rows.map((row) => row.electricity))).toBe(number(shown.all.electricity));
  expect(sumOf(shown.rows.map((row) => row.heat))).toBe(number(shown.all.heat));
  expect(shown.rows.map((row) => row.role)).toEqual([
    "heating",
    "hot_water",
    "defrost",
    "standby",
  ]);
  expect(shown.rows[2]).toMatchObject({ cop: "–" });
  expect(shown.unpaired).toMatch(/kWh more, heat unknown: in no COP$/);
});

test("energy of no known mode has a row of its own", () => {
  const { heating: _, ...known } = YEAR.modes;
  expect(modes({ ...YEAR, modes: known }, t, f)!.rows.at(-1)).toMatchObject({
    role: "unknown",
    name: "Mode unknown",
  });
});

test("electricity of no mode and without heat is named by what draws it", () => {
  const { standby: _, ...known } = YEAR.modes;
  const { rows } = modes({ ...YEAR, modes: known }, t, f)!;
  expect(rows.at(-1)).toMatchObject({
    role: "other",
    name: "Other",
    note: "standby, pumps, controls",
    heat: "–",
    hours: "–",
  });
});

test.each([0, 0.02, 900])("hours are not known where most days were imported: %d h", (hours) => {
  const known = Object.entries(YEAR.modes).map(([mode, sums]) => [mode, { ...sums, hours }]);
  const { rows, all } = modes({ ...YEAR, modes: Object.fromEntries(known) }, t, f)!;
  expect(rows.map((row) => row.hours)).toEqual(rows.map(() => "–"));
  expect(all.hours).toBe("–");
});

test("there is no ratio before an hour is paired", () => {
  const early = { ...TODAY, paired_days: 0.03, cop: 3.7, cop_low: -0.5, cop_high: 8 };
  const { cop, cop_low, cop_high, heat_kwh, modes: byMode } = earned(early);
  expect([cop, cop_low, cop_high]).toEqual([null, null, null]);
  expect(byMode.heating).toMatchObject({ cop: null, uncertainty: null, heat_kwh: 48 });
  expect(heat_kwh).toBe(53.6);
  expect(earned({ ...early, paired_days: 0.05 }).cop).toBe(3.7);
});

test("cooling is below the sums, in no COP, with its own ratio", () => {
  const figures = PASTS["rough"]!.live.rolling_year;
  const shown = modes(figures, t, f)!;
  expect(shown.rows.some((row) => row.role === "cooling")).toBe(false);
  // The method is off by 15 %: one digit.
  expect(shown.cooling).toMatchObject({ role: "cooling", cop: "–", note: "EER ≈4.1" });
  expect(number(shown.cooling!.heat)).toBeLessThan(0);
  const { cooling: _, ...rest } = figures.modes;
  expect(modes({ ...figures, modes: rest }, t, f)!.all).toEqual(shown.all);
  const cooling = { ...figures.modes.cooling!, electricity_kwh: 0.2, heat_kwh: -1 };
  expect(modes({ ...figures, modes: { ...rest, cooling } }, t, f)!.cooling!.note).toBe("");
});

test("months are surer beside each other than each is", () => {
  const [column] = columnsOfMonths(MONTHS.slice(1, 3), "2025-06-02", YEAR) as [Column];
  expect(column.own!.low).toBeGreaterThan(column.band!.low);
  expect(column.own!.high).toBeLessThan(column.band!.high);
  // Another method in this month: its whole error is the month's own.
  const other = { ...MONTHS[1]!, method_shares: { counter: 1 }, method_errors: { counter: 0.1 } };
  expect(methodsApart(other, YEAR)).toBeCloseTo(0.06 + 0.1, 9);
  expect(ownShare(other, YEAR)).toBeGreaterThan(0.16);
  expect(ownShare({ ...other, cop: null }, YEAR)).toBeNull();
  const [alone] = columnsOfMonths(MONTHS.slice(1, 2), "2025-06-02", YEAR) as [Column];
  expect(alone.own).toEqual(alone.band);
});

test("a column says its name and figures", () => {
  const [february] = columnsOfMonths(MONTHS.slice(3, 4), "2025-06-02", YEAR) as [Column];
  expect(columnSays(february, "Feb 2026", t, f).map((text) => text.replaceAll("\u00a0", " "))).toEqual([
    "Feb 2026",
    expect.stringMatching(/^COP 3\.5\d, 3\.\d to 3\.\d$/),
    expect.stringMatching(/^Heat 1,7\d\d kWh$/),
    expect.stringMatching(/^Electricity 49\d kWh$/),
    expect.stringMatching(/kWh more, heat unknown: in no COP$/),
  ]);
  const hole = columnsOfDays([], { first: "2026-05-09", last: "2026-05-09" }, TODAY.last)[0]!;
  expect(columnSays(hole, "May 9", t, f)).toEqual(["May 9", "Not measured"]);
});

test("a table needs both electricity and heat", () => {
  expect(modes({ ...YEAR, heat_kwh: null }, t, f)).toBeNull();
});

test("the curves are said at temperatures that were there", () => {
  const found = clouds(LAST_YEAR, "outside", TODAY.last);
  expect(found.map(({ mode }) => mode)).toEqual(["heating", "hot_water"]);
  // 3.72 at 0 °C and 0.1 for each degree: what the year was made of.
  expect(copAt(found[0]!.curve, 5)).toBeCloseTo(4.22, 1);
  expect(copAt(found[0]!.curve, -20)).toBeNull();
  const [heating] = sentences(found, "outside", t, f);
  expect(heating!.replaceAll("\u00a0", " ")).toBe("Heating: 3.7 at 0 °C, 4.4 at 7 °C.");
});

test("today is marked and bends no curve", () => {
  const [heating] = clouds(LAST_YEAR, "outside", TODAY.last);
  const odd = LAST_YEAR.map((day) =>
    day.start === TODAY.last
      ? { ...day, modes: { heating: { ...day.modes.heating!, heat_kwh: 1000 } } }
      : day,
  );
  const [other] = clouds(odd, "outside", TODAY.last);
  expect(heating!.marks.filter((mark) => mark.isToday)).toHaveLength(1);
  expect(other!.curve).toEqual(heating!.curve);
});

test("days without supply temperature are absent against it", () => {
  const without = LAST_YEAR.map((day) => ({
    ...day,
    modes: { heating: { electricity_kwh: 10, heat_kwh: 40, hours: 9, supply_c: null } },
  }));
  expect(clouds(without, "supply", TODAY.last)).toEqual([]);
  expect(withoutSupply(without)).toEqual({ without: 362, all: 362 });
  expect(withoutSupply(LAST_YEAR).without).toBe(0);
  expect(clouds(LAST_YEAR, "supply", TODAY.last)[1]!.marks[0]!.x).toBeGreaterThan(45);
});

test("what comes in is what goes out, but for what defrosts took back", () => {
  const { flows, defrost } = sankey(YEAR, "air", false, t, f)!;
  const side = (name: string) =>
    flows.filter((flow) => flow.side === name).reduce((sum, { kwh }) => sum + kwh, 0);
  expect(side("in")).toBeCloseTo(side("out") - defrost.kwh, 6);
  expect(flows[0]!.figure).toMatch(/^≈[\d,]+0$/);
});

test("the sum in words adds up as it is shown", () => {
  const { sum } = sankey(YEAR, "air", false, t, f)!;
  const [heat, ...parts] = sum.match(/[−]? ?[\d,]+/g)!.map((text) => number(text.replace(" ", "")));
  expect(parts.reduce((one, other) => one + other, 0)).toBe(heat);
});

test.each(["air", "rough", "young"])("words beside the flows of %s stay apart", (name) => {
  const shown = sankey(PASTS[name]!.live.rolling_year, "air", false, t, f)!;
  const { ribbons, height } = layout(shown, 230);
  for (const side of ["in", "out"]) {
    const labels = ribbons.filter(({ flow }) => flow.side === side).map(({ label }) => label);
    labels.forEach((label, index) => {
      expect(label).toBeLessThanOrEqual(height);
      if (index) expect(label - labels[index - 1]!).toBeGreaterThanOrEqual(40);
    });
  }
});

test("without heat there is nothing to draw", () => {
  expect(sankey({ ...YEAR, heat_kwh: null }, "air", false, t, f)).toBeNull();
});

test("German words have German figures", () => {
  const german = wordsOf("de");
  const shown = jaz({ ...YEAR, cop: 3.72 }, "air", true, german.t, german.f);
  expect(shown.title).toBe("JAZ, letzte 365 Tage");
  expect(shown.cop).toBe("3,72");
  expect(shown.boundary[0]).toBe("Gerät, Ventilator, Heizstab (H3)");
});
