import { describe, expect, it } from "vitest";
import { age, picture, powersOf, PX_PER_KW, scaleOf, stream } from "../../src/cards/schematic/model";
import type { Live } from "../../src/data/contract";
import { english } from "../hass";
import { HEATING, HOUSEHOLDS, NOW } from "../households";

const show = (live: Live) => picture(live, new Date(NOW), english.t, english.f);
const shown = (household: string) => show(HOUSEHOLDS[household]!);

describe("powersOf", () => {
  it("takes the source as what the heat has more than the electricity", () => {
    expect(powersOf(HEATING, 1240, 5240).source).toBe(4000);
  });

  it("gives to the source the heat of a defrost and the electricity for it", () => {
    const live = HOUSEHOLDS["defrost"]!;
    expect(powersOf(live, live.electricity_w, live.heat_w).source).toBe(-5010);
  });

  it("counts the backup heater to neither the compressor nor the source", () => {
    const live = HOUSEHOLDS["heater"]!;
    expect(powersOf(live, 5150, 9400)).toEqual({
      heater: 2000,
      compressor: 3150,
      pumped: 7400,
      source: 4250,
    });
  });

  it("knows no source while the heat is less than the electricity", () => {
    expect(powersOf(HEATING, 1240, 500).source).toBeNull();
  });

  it("takes a heater that the meter does not count off the heat alone", () => {
    const live = HOUSEHOLDS["heater"]!;
    const today = { ...live.today, boundary_missing: ["backup_heater"] };
    expect(powersOf({ ...live, today }, 3150, 9400)).toEqual({
      heater: 2000,
      compressor: 3150,
      pumped: 7400,
      source: 4250,
    });
  });

  it("knows no compressor where the heater's power is not known", () => {
    const live = { ...HEATING, backup_heater_on: true, backup_heater_w: null };
    expect(powersOf(live, 1240, 5240)).toEqual({
      heater: null,
      compressor: null,
      pumped: null,
      source: null,
    });
  });
});

describe("stream", () => {
  it("is as wide as its power", () => {
    expect(stream(5000, true).width).toBeCloseTo(5 * PX_PER_KW);
  });

  it("is a thread for little power, and idle for none", () => {
    expect(stream(17, false)).toMatchObject({ motion: "flowing", width: 3 });
    expect(stream(0, false).motion).toBe("idle");
  });

  it("is unknown only while something runs", () => {
    expect(stream(null, true).motion).toBe("unknown");
    expect(stream(null, false).motion).toBe("idle");
  });

  it("points backward for heat that is taken back", () => {
    expect(stream(-4200, true).backward).toBe(true);
  });
});

describe("scaleOf", () => {
  it("is coarser for a large unit only", () => {
    expect(scaleOf([1240, 12000, null])).toBe(PX_PER_KW);
    expect(scaleOf([12000, 33900])).toBe(PX_PER_KW / 4);
  });
});

describe("picture", () => {
  it("has widths that add up to the heat", () => {
    for (const name of ["heating", "hot_water", "brine", "water"]) {
      const { source, compressor, pumped } = shown(name).streams;
      expect(source.width + compressor.width).toBeCloseTo(pumped.width);
    }
  });

  it("is wider behind the backup heater by the heater's power", () => {
    const { pumped, heater, heat } = shown("heater").streams;
    expect(heat.width - pumped.width).toBeCloseTo(heater.width);
  });

  it("shows nothing of a silent cloud, but what the meter sees", () => {
    const p = shown("silent");
    expect(p.tone).toBe("unknown");
    expect(p.title).toBe("Runs, mode unknown");
    expect([p.heatPower.text, p.supply.text, p.house.celsius.text, p.cop.text]).toEqual(
      Array(4).fill("–"),
    );
    expect(p.electricityPower.text).toBe("1.22");
    expect(p.statuses.map(({ isGood }) => isGood)).toEqual([true, false]);
  });

  it("shows no electricity of a silent meter", () => {
    const p = shown("no_meter");
    expect(p.electricityPower.text).toBe("–");
    expect(p.cop.note).toEqual(["no electricity, no COP"]);
  });

  it("says in words why there is no COP", () => {
    expect(shown("standby").cop).toEqual({ text: "–", note: ["resting"] });
    expect(shown("defrost").cop.note).toEqual(["not while it defrosts"]);
    expect(shown("cooling").cop.note).toEqual(["not while it cools"]);
    expect(shown("no_method").cop.note).toEqual(["no method knows the heat"]);
    expect(shown("no_method").remedy?.link).toBe("enter rated power or flow");
    expect(shown("heating").remedy).toBeNull();
  });

  it("has no heat to show at rest, known or not", () => {
    expect(shown("standby").heatPower.text).toBe("");
    expect(shown("standby").heatNote).toBe("");
    expect(shown("no_method").heatPower.text).toBe("–");
  });

  it("marks what follows from the modulation as rough", () => {
    const p = shown("brine");
    expect([p.cop.text, p.heatPower.text]).toEqual(["≈4.9", "≈5.2"]);
    expect(p.cop.note).toEqual(["this run ≈4.9, 54\u00a0min"]);
  });

  it("names the COP without the heater while that is on", () => {
    expect(shown("heater").cop.note).toEqual(["without heater 2.3"]);
  });

  it("draws one circuit as the house, more of them beside it", () => {
    expect(shown("brine").house.name).toBe("Circuit 2");
    expect(shown("brine").circuits).toEqual([]);
    expect(shown("no_buffer").circuits).toHaveLength(3);
    expect(shown("bare").house.name).toBe("Heating");
  });

  it("says nothing of a source that is not known", () => {
    const { source, sourceNote } = shown("bare");
    expect([source.kind, source.name, sourceNote]).toEqual([null, "", ""]);
  });

  it("fills the tank by how near it is to its target", () => {
    expect(shown("hot_water").hotWater!.level).toBeCloseTo(0.8 * (24.1 / 30));
  });
});

describe("sources", () => {
  const statuses = (live: Live) =>
    show(live).statuses.map(({ name, text, isGood }) => `${name} ${text}${isGood ? "" : "!"}`);

  it("are a cloud with its calls, or entities without any", () => {
    expect(statuses(HEATING)).toEqual(["Meter 4 s ago", "Cloud 2 min ago"]);
    expect(show(HEATING).calls).toBe("315 of 1,400 calls");
    expect(statuses(HOUSEHOLDS["entities"]!)).toEqual(["Meter 4 s ago", "Heat pump 40 s ago"]);
    expect(shown("entities").calls).toBe("");
  });

  it("are as old as the oldest meter, or those that do not answer", () => {
    expect(statuses(HOUSEHOLDS["part_meters"]!)[0]).toBe("Meters 30 s ago");
    expect(statuses(HOUSEHOLDS["three_meters"]!)).toEqual([
      expect.stringMatching(/^Plug of the fan silent since .*!$/),
      "Cloud 2 min ago",
    ]);
  });

  it("are no worse for an inverter that sleeps at night", () => {
    const live = HOUSEHOLDS["photovoltaics"]!;
    const meters = live.meters.map((each) =>
      each.role === "photovoltaics" ? { ...each, failure: "connection_failed" } : each,
    );
    expect(statuses({ ...live, meters })[0]).toBe("Meters 8 s ago");
  });
});

describe("meters of parts", () => {
  const parts = (household: string) => {
    const { compressor, source, pumps, heater, own } = shown(household);
    const texts = [compressor.power, source.pump, pumps, heater.text, own];
    return texts.map((text) => text.replaceAll("\u00a0", " "));
  };

  it("show their power where the part is drawn", () => {
    expect(parts("part_meters")).toEqual(["1.30 kW", "pump 52 W", "pump 36 W", "0.48 kW", ""]);
    expect(parts("heating")).toEqual(["", "", "", "off", ""]);
  });

  it("show a dash where they do not answer, and call the pump of air a fan", () => {
    expect(parts("three_meters")).toEqual(["", "fan –", "pump 36 W", "off", ""]);
  });

  it("are added up where a part has several, unless one is unknown", () => {
    const live = HOUSEHOLDS["three_meters"]!;
    const pump = live.meters[2]!;
    const pumps = (power_w: number | null) =>
      show({ ...live, meters: [...live.meters, { ...pump, power_w }] }).pumps;
    expect(pumps(21)).toBe("pump 57\u00a0W");
    expect(pumps(null)).toBe("pump –");
  });

  it("say how much of the electricity is own", () => {
    expect(shown("photovoltaics").own).toBe("62\u00a0% own");
  });
});

describe("age", () => {
  it("has one unit", () => {
    const now = new Date(NOW);
    const before = (seconds: number) => new Date(now.getTime() - 1000 * seconds).toISOString();
    expect(age(before(4), now, english.t)).toBe("4 s ago");
    expect(age(before(120), now, english.t)).toBe("2 min ago");
    expect(age(before(7200), now, english.t)).toBe("2 h ago");
    expect(age(null, now, english.t)).toBe("");
  });
});

describe("what nobody knows", () => {
  it.each(["both_silent", "begun"])("is hatched, and not at rest: %s", (household) => {
    const { streams, heatPower, sourcePower, electricityPower, compressor } = shown(household);
    for (const part of ["source", "compressor", "pumped", "heat"] as const) {
      expect(streams[part].motion).toBe("unknown");
    }
    for (const { text } of [heatPower, sourcePower, electricityPower, compressor]) {
      expect(text).toBe("–");
    }
  });

  it("is no answer of a source that has not been read yet", () => {
    expect(shown("begun").statuses.map(({ text, isGood }) => [text, isGood])).toEqual([
      ["no answer yet", false],
      ["no answer yet", false],
    ]);
  });
});
