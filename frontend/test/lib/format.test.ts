import { afterEach, describe, expect, it } from "vitest";
import { Format, isRough } from "../../src/lib/format";
import { addingUp } from "../../src/lib/adding_up";
import { temperatureAxis } from "../../src/lib/axes";
import { english, fahrenheit, localeOf } from "../hass";

const format = (language: string, more = {}) => new Format(localeOf(language, more));

describe("Format", () => {
  it("writes unknown as a dash, never as 0", () => {
    const f = format("en");
    expect(f.number(null, 1)).toBe("–");
    expect(f.power(null, 2)).toEqual({ text: "–", unit: "" });
    expect(f.energy(null).text).toBe("–");
    expect(f.temperature(null)).toEqual({ text: "–", unit: "" });
    expect(f.ratio(null, 2)).toBe("–");
    expect(f.percent(null)).toBe("–");
  });

  it("has a true minus, and none before zero", () => {
    expect(format("en").number(-4.25, 1)).toBe("\u22124.3");
    expect(format("en").number(-0.04, 1)).toBe("0.0");
  });

  it("follows the number format of the user, not only the language", () => {
    expect(format("de").number(1234.5, 1)).toBe("1.234,5");
    expect(format("de", { number_format: "comma_decimal" }).number(1234.5, 1)).toBe("1,234.5");
    expect(format("en", { number_format: "none" }).number(1234.5, 1)).toBe("1234.5");
  });

  it("writes little power in W", () => {
    const f = format("en");
    expect(f.power(17.4, 2)).toEqual({ text: "17", unit: "W" });
    expect(f.power(1240, 2)).toEqual({ text: "1.24", unit: "kW" });
    expect(f.power(4000, 1, true)).toEqual({ text: "≈4.0", unit: "kW" });
  });

  it("drops the digit of an energy from 100 on and of a rough one", () => {
    const f = format("en");
    expect(f.energy(99.94).text).toBe("99.9");
    expect(f.energy(150.4).text).toBe("150");
    expect(f.energy(60.4, true).text).toBe("≈60");
  });

  it("leaves one digit to a ratio with a wide band", () => {
    const f = format("en");
    expect(f.ratio(3.724, 2, { value: 3.724, low: 3.42, high: 3.98 })).toBe("3.72");
    expect(f.ratio(4.39, 2, { value: 4.39, low: 3.7, high: 5.1 })).toBe("≈4.4");
    expect(isRough({ value: 4, low: 3.6, high: 4.4 })).toBe(false);
  });

  it("rounds the ends of a band outward", () => {
    const f = format("en");
    expect(f.ends({ value: 3.72, low: 3.42, high: 3.98 })).toEqual({ low: "3.4", high: "4.0" });
    expect(f.ends({ value: 3.5, low: 3.4, high: 3.6 })).toEqual({ low: "3.4", high: "3.6" });
  });

  it("shows the household's time, and a local day as that day", () => {
    const f = format("de");
    expect(f.time("2026-11-12T17:24:00Z")).toBe("18:24");
    expect(f.day("2026-11-12")).toBe("12. Nov.");
    expect(format("en", { time_format: "12" }).time("2026-11-12T17:24:00Z")).toMatch(/6:24.PM/);
  });
});

describe("addingUp", () => {
  it("gives what is missing to the largest remainders", () => {
    expect(addingUp([1.34, 1.33, 1.33], 1)).toEqual([1.4, 1.3, 1.3]);
  });

  it("adds up with negative parts", () => {
    const parts = addingUp([48.04, 5.87, -0.31], 1);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(53.6, 9);
  });
});

describe("temperatures", () => {
  it("are shown in the unit of the household", () => {
    const f = fahrenheit();
    expect(f.temperature(35.6)).toEqual({ text: "96.1", unit: "°F" });
    expect(f.degrees(-40, 0)).toBe("−40");
    expect(f.temperature(null)).toEqual({ text: "–", unit: "" });
    expect(english.f.temperature(35.6)).toEqual({ text: "35.6", unit: "°C" });
  });

  it("differ in K beside °C, and in °F", () => {
    expect([fahrenheit().difference(4.5), fahrenheit().differenceUnit]).toEqual(["8.1", "°F"]);
    expect([english.f.difference(4.5), english.f.differenceUnit]).toEqual(["4.5", "K"]);
  });

  it("have round ticks in the unit that is shown", () => {
    const drawn: string[] = [];
    const places: number[] = [];
    const x = (celsius: number) => (places.push(celsius), celsius);
    for (const f of [english.f, fahrenheit()]) {
      const axis = temperatureAxis([-5, 20], x, 100, 400, f);
      drawn.push(axis.map(({ values }) => values.at(-1)).join());
    }
    expect(drawn).toEqual(["−5,0,5,10,15,20,°C", "30,40,50,60,°F"]);
    expect(places).toContainEqual(expect.closeTo((30 - 32) / 1.8, 9));
  });
});

describe("time zones", () => {
  const abroad = process.env["TZ"];
  afterEach(() => {
    process.env["TZ"] = abroad;
  });
  const in_ = (zone: string, chosen: "server" | "local") => {
    const { locale, config } = localeOf("en-GB", { time_zone: chosen, time_format: "24" });
    return new Format({ locale, config: { ...config, time_zone: zone } });
  };

  it.each([
    ["Pacific/Midway", "Pacific/Kiritimati"],
    ["Pacific/Kiritimati", "Pacific/Midway"],
  ])("leave a local day where it is: browser %s, household %s", (browser, household) => {
    process.env["TZ"] = browser;
    for (const chosen of ["server", "local"] as const) {
      const f = in_(household, chosen);
      expect(f.date("2026-11-01")).toBe("1 Nov 2026");
      expect(f.days("2026-11-01", "2026-11-30")).toContain("Nov");
      expect([f.month("2026-11-01"), f.year("2026-01-01")]).toEqual(["Nov", "2026"]);
      expect(f.weekday("2026-11-01")).toBe("Sun");
    }
  });

  it("show the clock that the user wants, but keep the days of the household", () => {
    process.env["TZ"] = "America/New_York";
    const moment = "2026-11-12T00:30:00+01:00";
    expect(in_("Europe/Berlin", "server").time(moment)).toBe("0:30");
    const local = in_("Europe/Berlin", "local");
    expect(local.time(moment)).toBe("18:30");
    expect(local.household.local(moment)).toEqual({ day: "2026-11-12", minutes: 30 });
    expect(local.household.time(moment)).toBe("0:30");
  });
});
