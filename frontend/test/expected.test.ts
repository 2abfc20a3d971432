import { expect, test } from "vitest";
import { carnotText, fleetText, learnedTexts, rowsOf, verdict } from "../src/cards/expected/model";
import type { Expected, ExpectedMode, Standing } from "../src/data/contract";
import { english, fahrenheit, wordsOf } from "./hass";

const { t, f } = english;

const mode = (value: number, half: number, more: Partial<ExpectedMode> = {}): ExpectedMode => ({
  cop: 4 * value,
  expected_cop: 4,
  index: { value, low: value - half, high: value + half },
  share_of_carnot: 0.45,
  days: 14,
  days_unlike: 0,
  learned_days: 268,
  learned_first: "2025-07-01",
  learned_last: "2026-06-30",
  ...more,
});

const FLEET: Standing = {
  percentile: 43.6,
  median_cop: 3.86,
  systems: 214,
  lift_k: 29.6,
  unknown: null,
};

const expectedOf = (modes: Expected["modes"]): Expected => ({
  first: "2026-10-29",
  last: "2026-11-11",
  recent: { ...mode(0.97, 0.02), run_hours: 131 },
  modes,
  fleet: FLEET,
  fleet_exported: "2026-07-15",
});

test("the verdict agrees with the ends as they are shown", () => {
  expect(verdict(mode(0.9699, 0.0201), t, f)).toBe(
    "Less than usual: 97\u00a0% of the expected COP, 94 to 99\u00a0%.",
  );
  // 99.2 % is shown as 100 %: that is no difference.
  expect(verdict(mode(0.97, 0.022), t, f)).toMatch(/^As usual: 97/);
  expect(verdict(mode(1, 0.02), t, f)).toMatch(/98 to 102/);
  expect(verdict(mode(1.05, 0.02), t, f)).toMatch(/^More than usual: 105.* 103 to 107/);
  const german = wordsOf("de");
  expect(verdict(mode(0.9, 0.05), german.t, german.f)).toBe(
    "Weniger als üblich: 90\u00a0% des erwarteten COP, 85 bis 95\u00a0%.",
  );
});

test("several modes have a row for all; one is all", () => {
  const two = expectedOf({ heating: mode(0.96, 0.02), hot_water: mode(1.01, 0.04) });
  expect(rowsOf(two, t, f).map(({ name, index }) => [name, index])).toEqual([
    ["All", "97\u00a0%, 95 to 99\u00a0%"],
    ["Heating", "96\u00a0%, 94 to 98\u00a0%"],
    ["Hot water", "101\u00a0%, 97 to 105\u00a0%"],
  ]);
  expect(carnotText(two, t, f)).toBe("45\u00a0% (Heating 45\u00a0%, Hot water 45\u00a0%)");
  const one = expectedOf({ heating: mode(0.96, 0.02) });
  expect(rowsOf(one, t, f).map(({ name }) => name)).toEqual(["Heating"]);
  expect(carnotText(one, t, f)).toBe("Heating 45\u00a0%");
});

test("what it was learned from, and what is left out", () => {
  const heating = mode(0.96, 0.02, { days_unlike: 2 });
  expect(learnedTexts(expectedOf({ heating }), t, f)).toEqual([
    "Heating: 268 days, 1\u00a0Jul\u00a02025\u00a0– 30\u00a0Jun\u00a02026",
    "2 days are left out: none like them was seen before.",
  ]);
});

test("where the year stands among others; beyond the table only 'or more'", () => {
  const text = (standing: Partial<Standing>, form = f) =>
    fleetText({ ...FLEET, ...standing }, "air", t, form);
  expect(text({})).toBe(
    "The JAZ is better than that of 44\u00a0% of 214 air-source heat pumps with the same lift of 30\u00a0K, whose median is 3.9.",
  );
  expect(text({ percentile: 5 })).toMatch(/^The JAZ is lower than that of 95\u00a0% or more of 214/);
  expect(text({ percentile: 95 })).toMatch(/^The JAZ is better than that of 95\u00a0% or more/);
  expect(text({}, fahrenheit())).toContain("lift of 53\u00a0°F");
  const unknown = { percentile: null, median_cop: null };
  expect(text({ ...unknown, systems: 3, unknown: "few_systems" })).toContain("(3)");
  expect(text({ ...unknown, unknown: "no_year" })).toContain("330 measured days");
  expect(text({ ...unknown, unknown: "of_a_newer_version" })).toBe("Not known.");
});
