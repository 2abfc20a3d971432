import { expect, test } from "vitest";
import { type Against, choicesOf, compare, otherOf, type Side, usualAgainst } from "../../src/cards/compare/model";
import { cost, pricePerKwh } from "../../src/cards/cost/model";
import type { Kind, Period } from "../../src/cards/picker/period";
import type { Figures } from "../../src/data/contract";
import { wordsOf } from "../hass";
import { PASTS } from "../years";

const { t, f } = wordsOf("en");
const { live, days } = PASTS["air"]!;
const YEAR = live.rolling_year;
const DAYS = days.filter(({ start }) => start >= YEAR.first);

const period = (kind: Kind, first: string, last: string): Period => ({ kind, first, last });

test.each<[Period, Against, string, string]>([
  [period("day", "2026-03-01", "2026-03-01"), "before", "2026-02-28", "2026-02-28"],
  [period("day", "2028-02-29", "2028-02-29"), "year", "2027-02-28", "2027-02-28"],
  [period("month", "2024-02-01", "2024-02-29"), "year", "2023-02-01", "2023-02-28"],
  [period("month", "2025-02-01", "2025-02-28"), "year", "2024-02-01", "2024-02-29"],
  [period("month", "2026-11-01", "2026-11-12"), "before", "2026-10-01", "2026-10-12"],
  [period("month", "2026-03-01", "2026-03-30"), "before", "2026-02-01", "2026-02-28"],
  [period("season", "2026-09-01", "2026-11-12"), "year", "2025-09-01", "2025-11-12"],
  [period("year", "2025-01-01", "2025-12-31"), "year", "2024-01-01", "2024-12-31"],
  [period("days365", "2025-11-13", "2026-11-12"), "year", "2024-11-13", "2025-11-12"],
])("%o against the %s", (chosen, against, first, last) => {
  expect(otherOf(chosen, against)).toEqual({ first, last });
});

test("in the first year a month is put beside the one before", () => {
  const october = period("month", "2026-10-01", "2026-10-31");
  expect(usualAgainst(october, "2025-10-31")).toBe("year");
  expect(usualAgainst(october, "2025-11-01")).toBe("before");
  expect(usualAgainst(october, "2026-10-01")).toBe("year");
  expect(usualAgainst(october, null)).toBe("year");
  expect(usualAgainst(period("all", "2025-11-01", "2026-10-31"), "2025-11-01")).toBeUndefined();
});

test("only days and months have another one before them", () => {
  const kinds = ["day", "month", "season", "year", "days365", "all"] as const;
  expect(kinds.map((kind) => choicesOf(period(kind, "", "")).length)).toEqual([2, 2, 1, 1, 1, 0]);
});

const side = (more: Partial<Figures> = {}): Side => ({ figures: { ...YEAR, ...more }, days: DAYS });
const compared = (more: Partial<Figures>, other: Partial<Figures> = {}) =>
  compare(side(more), side(other), live.today.last, 15, t, f, "EUR");
const rowOf = (shown: ReturnType<typeof compared>, name: string) =>
  shown.rows.find((row) => row.name.startsWith(name))!;

const COP = { cop: 3.7, cop_low: 3.4, cop_high: 4.0, own_uncertainty: 0.09 };

test("a difference smaller than what either is off on its own is none", () => {
  const shown = compared({ ...COP, cop: 3.75 }, COP);
  expect(rowOf(shown, "JAZ")).toMatchObject({ difference: "none visible", note: "" });
  expect(shown.notes).toEqual([]);
});

test("one that is larger is said, with its ends rounded outward and the weather", () => {
  const shown = compared({ ...COP, cop: 4.0, outside_c: 9 }, { ...COP, outside_c: 10.5 });
  // The root of the squares of 0.09 / 4.0 and 0.09 / 3.7, of 4.0.
  expect(rowOf(shown, "JAZ")).toMatchObject({ difference: "+0.30", note: "+0.16 to +0.44" });
  expect(shown.notes.join(" ")).toContain("It was 1.5\u00a0K colder");
  const lower = compared(COP, { ...COP, cop: 4.0, outside_c: 10.5 });
  expect(rowOf(lower, "JAZ").difference).toBe("−0.30");
});

test("a few days are not compared with a year", () => {
  const shown = compared({ ...COP, cop: 4.5 }, { ...COP, cop: 3.4, paired_days: 1 });
  expect(shown.rows.map(({ difference }) => difference)).not.toContainEqual(
    expect.stringMatching(/\d|none/),
  );
  expect(shown.notes).toEqual(["One of them has too few measured days to compare."]);
  const most = compared({ ...COP, cop: 4.5 }, { ...COP, paired_days: YEAR.paired_days * 0.7 });
  expect(most.rows[0]!.difference).toBe("+0.80");
});

test("COPs, sums and costs are not compared over a change of what is counted", () => {
  const far = { ...COP, cop: 5 };
  for (const change of [{ boundary: "H1" }, { boundary_extra: ["circulation_pumps"] }, { boundary: null }]) {
    const shown = compared({ ...far, ...change }, COP);
    for (const name of ["JAZ", "Heat, kWh", "Electricity", "Cost", "Heat, per kWh"]) {
      expect(rowOf(shown, name).difference).toBe("–");
    }
    expect(shown.notes[0]).toContain("Not the same electricity");
  }
});

test("a period within which that changed names both", () => {
  const part = { share: 0.5, days: 100, cop: 4 };
  const shown = compared({ boundary: null, boundaries: { H1: part, "H2+x": part } });
  expect(shown.notes[0]).toContain("(H1 + H2+, H3)");
});

test("sums of times of other lengths are not compared, and that is said", () => {
  const shown = compared({ paired_days: 264 });
  expect(shown.measured).toEqual(["264 days measured", "360 days measured"]);
  for (const name of ["Electricity", "Cost", "CO₂", "Outside", "Degree days"]) {
    expect(rowOf(shown, name).difference).toBe("–");
  }
  expect(shown.notes).toContain("Not as many days are measured: sums are not compared.");
});

test("another method lets only a large difference be seen", () => {
  const other = { method_shares: { counter: 1 }, method_errors: { counter: 0.075 } };
  const shown = compared({ ...COP, cop: 4.2 }, { ...COP, ...other });
  expect(rowOf(shown, "JAZ").difference).toBe("none visible");
  expect(shown.notes.join()).toContain("other methods");
});

test("what neither knows has no row, what one knows has a dash", () => {
  const none = { cost: null, cost_per_kwh_heat: null, co2_kg: null };
  expect(rowOf(compared(none, none), "Cost")).toBeUndefined();
  expect(rowOf(compared(none), "Cost")).toMatchObject({ values: ["–", f.money(YEAR.cost!, "EUR")], difference: "–" });
});

test("the same period has no difference in degree days, nor in the heat for each", () => {
  const shown = compared({});
  expect(rowOf(shown, "Degree days").difference).toBe("0\u00a0%");
  expect(rowOf(shown, "Heating per degree day")).toMatchObject({
    values: ["5.0", "5.0"],
    difference: "none visible",
  });
});

test("cost has its prices, and what a kWh of heat costs", () => {
  const { sums, notes } = cost(YEAR, t, f, "EUR");
  expect(sums.map(({ label }) => label)).toEqual(["Cost", "Heat, per kWh", "CO₂"]);
  expect(sums[0]!.note).toBe("electricity 31.2\u00a0ct/kWh");
  expect(sums[1]!.value).toEqual({ text: "8.4", unit: "ct/kWh" });
  expect(sums[2]!.note).toBe("electricity 354\u00a0g/kWh, heat 95\u00a0g/kWh");
  expect(notes).toEqual([]);
});

test("a sum of which too much is missing is none, and a part is named", () => {
  const lost = { cost: null, cost_per_kwh_heat: null, priced_share: 0.6 };
  const { sums, notes } = cost({ ...YEAR, ...lost }, t, f, "EUR");
  expect(sums.map(({ label }) => label)).toEqual(["CO₂"]);
  expect(notes).toEqual(["No sum of the cost: only 60\u00a0% of the electricity had a price."]);
  const part = cost({ ...YEAR, priced_share: 0.97 }, t, f, "EUR");
  expect(part.notes).toEqual(["Cost of 97\u00a0% of the electricity."]);
  const never = { ...lost, priced_share: 0, co2_kg: null, co2_share: null };
  expect(cost({ ...YEAR, ...never }, t, f, "EUR")).toEqual({ sums: [], notes: [] });
});

test("cost and electricity are split into own and that of the grid", () => {
  const split = {
    own_electricity_share: 0.28,
    // As a product, 7.000000000000001 %.
    own_electricity_share_low: 0.07,
    own_electricity_share_high: 0.4301,
    own_electricity_known_share: 1,
    grid_electricity_cost: 700.5,
    own_electricity_cost: 60,
  };
  expect(cost({ ...YEAR, ...split }, t, f, "EUR").notes).toEqual([
    "Cost: €700.50 for electricity of the grid, €60.00 for own.",
    "Own electricity: 28\u00a0%; between 7\u00a0% and 44\u00a0%, whichever rule divides it.",
  ]);
  const part = cost({ ...YEAR, ...split, own_electricity_known_share: 0.96 }, t, f, "EUR").notes;
  expect(part.at(-1)).toBe("Own and grid electricity are known for 96\u00a0% of the electricity.");
  const unknown = {
    own_electricity_share: null,
    own_electricity_share_low: null,
    own_electricity_share_high: null,
    own_electricity_known_share: 0.4,
  };
  expect(cost({ ...YEAR, ...unknown }, t, f, "EUR").notes).toEqual([
    "Own electricity: known for only 40\u00a0% of the electricity.",
  ]);
});

test("prices are in the hundredths that people say them in", () => {
  const text = (price: number, currency: string) => Object.values(pricePerKwh(price, currency, f)).join(" ");
  expect(text(0.0786, "EUR")).toBe("7.9 ct/kWh");
  expect(text(0.31, "SEK")).toBe("31.0 öre/kWh");
  expect(text(0.31, "PLN")).toBe("0.310 PLN/kWh");
  expect(text(31.25, "JPY")).toBe("31.3 JPY/kWh");
});
