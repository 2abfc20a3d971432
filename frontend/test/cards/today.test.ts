import { expect, test } from "vitest";
import { bars, today } from "../../src/cards/today/model";
import type { Figures } from "../../src/data/contract";
import { wordsOf } from "../hass";
import { TODAY, withOwn } from "../households";

const { t, f } = wordsOf("en");
const shown = (more: Partial<Figures> = {}) => today({ ...TODAY, ...more }, t, f, "EUR");

test("heat and electricity share one scale from 0", () => {
  const drawn = bars(TODAY);
  expect(drawn).toMatchObject({ top: 53.6, paired: 14.4, unpaired: 0.6 });
  expect(drawn.heat!.reduce((sum, { kwh }) => sum + kwh, 0)).toBeCloseTo(53.6, 6);
});

test("what a defrost took back is missing from the heating", () => {
  expect(bars(TODAY).heat![0]).toEqual({ role: "heating", kwh: expect.closeTo(47.7, 6) });
});

test("the heat is marked at each multiple of its electricity", () => {
  expect(bars(TODAY).multiples).toEqual([14.4, 28.8, expect.closeTo(43.2, 6)]);
  expect(bars({ ...TODAY, cop: null }).multiples).toEqual([]);
});

test("the electricity that is in no COP is said", () => {
  expect(shown().notes).toEqual(["0.6\u00a0kWh of it with heat unknown: not in the COP"]);
  expect(shown({ unpaired_electricity_kwh: 0.01 }).notes).toEqual([]);
});

test("the COP has its band in words, or a reason why it is not known", () => {
  expect(shown()).toMatchObject({ cop: "3.73", copNote: "3.4 to 4.0" });
  const unknown = { cop: null, cop_low: null, cop_high: null };
  expect(shown(unknown)).toMatchObject({ cop: "–", copNote: "too little measured yet" });
  expect(shown({ ...unknown, heat_kwh: null })).toMatchObject({
    heat: { text: "–" },
    copNote: "no heat, no COP",
  });
  expect(shown({ cop_low: 3.1, cop_high: 4.4 }).cop).toBe("≈3.7");
});

test("a cost of a part of the electricity says of which part", () => {
  expect(shown().cost).toBe("€4.50 so far");
  expect(shown({ priced_share: 0.8 }).cost).toBe("€4.50 for 80\u00a0% of it");
  expect(shown({ cost: null }).cost).toBe("");
});

test("own electricity is a share, and nothing where it is not known", () => {
  expect(today(withOwn(TODAY, 0.41), t, f, "EUR").own).toBe("41\u00a0% own");
  expect(shown({ own_electricity_share: 0 }).own).toBe("0\u00a0% own");
  expect(shown().own).toBe("");
});

test("cold is drawn, and in no COP", () => {
  const cooling = { electricity_kwh: 1.1, heat_kwh: -4.6, cop: null, uncertainty: null, hours: 2 };
  const modes = { ...TODAY.modes, cooling };
  expect(bars({ ...TODAY, modes }).cold).toBe(4.6);
  expect(shown({ modes }).notes[1]).toBe(
    "Cooling: 4.6\u00a0kWh cold from 1.1\u00a0kWh: not in the COP",
  );
});
