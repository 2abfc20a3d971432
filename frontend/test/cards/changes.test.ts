import { describe, expect, it } from "vitest";
import { filtersOf, matching, monthsOf } from "../../src/cards/change_log/model";
import { dayOf, titleOf } from "../../src/cards/changes/entries";
import { draftOf, NEW, problemOf, write } from "../../src/cards/changes/note";
import {
  linesOf,
  remarksOf,
  rowsOf,
  savedOf,
  scaleOf,
  shortened,
} from "../../src/cards/changes_effect/model";
import {
  boxOf,
  type Chart,
  labelsOf,
  LEFT_PX,
  meets,
  RIGHT_PX,
} from "../../src/cards/heating_curve/labels";
import {
  curveName,
  followed,
  nowOf,
  pointsOf,
  rangesOf,
  supplyAt,
} from "../../src/cards/heating_curve/model";
import type { ChangeEntry, Changes, Curve, Effect, Run } from "../../src/data/contract";
import { linear } from "../../src/lib/scale";
import { CHANGED } from "../changes";
import { english, fahrenheit, homeOf, localeOf, wordsOf } from "../hass";
import { NOW } from "../households";

const { t, f } = english;
const german = wordsOf("de");
const answerOf = (household: string, what: string) =>
  CHANGED[household]!.answer!({ type: `heatpump_monitor/${what}` });
const { entries } = answerOf("air", "changes") as Changes;
const rows = rowsOf(entries, NOW, t, f);
const found = (text: string) => entries.find(({ description }) => description.includes(text))!;
const plain = (text: string) => text.replaceAll("\u00a0", " ");
const effectOf = (entry: ChangeEntry): Effect => entry.look!.effect;

describe("the heating curve", () => {
  const curve = (more: Partial<Curve> = {}): Curve => ({
    since: null,
    slope: 1,
    shift: 0,
    room_c: 20,
    ...more,
  });
  const run = (start: string, more: Partial<Run> = {}): Run => ({
    ...(answerOf("air", "runs") as Run[])[0]!,
    start: `2026-11-${start}:00:00Z`,
    end: `2026-11-${start}:45:00Z`,
    outside_c: 5,
    supply_c: 37,
    ...more,
  });

  it("is that of the maker's formula", () => {
    expect(supplyAt(curve(), 20)).toBe(20);
    expect(supplyAt(curve(), -10)).toBeCloseTo(50.83, 2);
    expect(supplyAt(curve({ slope: 0.5, shift: 3 }), -10)).toBeCloseTo(38.42, 2);
    expect(supplyAt(curve({ room_c: 22 }), 22)).toBe(22);
    expect(supplyAt(curve({ room_c: null }), 0)).toBe(supplyAt(curve(), 0));
  });

  it("has the heating runs beside it, apart by when it was set", () => {
    const since = "2026-11-05T10:20:00Z";
    const points = pointsOf(
      [
        run("05T08"),
        run("05T10"),
        run("05T12", { outside_c: 8 }),
        run("06T12", { mode: "hot_water" }),
        run("06T13", { supply_c: null }),
        run("06T14", { outside_c: 21 }),
      ],
      curve({ since }),
    );
    // The one during which it was changed is of neither time.
    expect(points.map(({ start, isSince }) => [start.slice(8, 13), isSince])).toEqual([
      ["05T12", true],
      ["05T08", false],
    ]);
  });

  it("shows the present only while the unit heats", () => {
    const { live } = CHANGED["air"]!;
    expect(nowOf(live)).toMatchObject({ outside_c: 4.6, supply_c: 35.6 });
    expect(nowOf({ ...live, mode: "hot_water" })).toBeNull();
    expect(nowOf({ ...live, outside_c: null })).toBeNull();
    expect(nowOf({ ...live, outside_c: 24 })).toBeNull();
  });

  it("has axes that hold all of it", () => {
    const points = pointsOf([run("05T08", { outside_c: -13.2, supply_c: 19.2 })], curve());
    const { outside, supply } = rangesOf(points, [curve()]);
    expect(outside).toEqual([20, -14]);
    expect(supply[0]).toBe(19);
    expect(supply[1]).toBeGreaterThan(supplyAt(curve(), -14));
    expect(rangesOf([], [curve()]).outside).toEqual([20, -10]);
  });

  it("is named by what differs", () => {
    const name = (one: Curve, ...others: Curve[]) => plain(curveName(one, others, t, f));
    expect(name(curve(), curve({ slope: 0.8 }))).toBe("slope 1.0");
    expect(name(curve(), curve({ shift: 2 }))).toBe("slope 1.0, shift 0");
    expect(name(curve({ shift: -2 }))).toBe("slope 1.0, shift −2");
    expect(name(curve(), curve({ room_c: 22 }))).toBe("slope 1.0, room 20 °C");
  });

  it("says whether the unit follows it", () => {
    const offs = [-3, -1.04, -0.9, -0.2, 0, 0.1, 0.2, 0.3, 0.9, 1.04, 9];
    const runs = offs.map((off, index) =>
      run(`05T${String(index).padStart(2, "0")}`, { supply_c: supplyAt(curve(), 5) + off }),
    );
    const says = (count: number, day: string | null, words = english) =>
      plain(followed(pointsOf(runs.slice(0, count), curve()), curve(), day, words.t, words.f));
    expect(says(11, "24 Sep")).toBe("Since 24 Sep, 8 of 10 runs were −1.1 to +1.1 K off the curve.");
    expect(says(11, null, german)).toMatch(/^In 365 Tagen lagen 8 von 10 Läufen −1,1 bis \+1,1 K/);
    expect(says(9, "24 Sep")).toBe("Heating runs since 24 Sep: 9. That is too few to compare.");
    expect(says(0, null)).toBe("Heating runs in 365 days: 0. That is too few to compare.");
  });
});

describe("the names in the chart of the heating curve", () => {
  const curves = [0.2, 0.5, 1, 1.6].flatMap((slope) =>
    [-3, 0, 4].map((shift): Curve => ({ since: null, slope, shift, room_c: 20 })),
  );
  const names = { now: "Steigung 1,2, Niveau −2", before: "Steigung 1,0, Niveau 0", present: "jetzt" };
  /** The chart of these curves, with the unit so far off its own. */
  function chartOf(now: Curve, before: Curve | null, width: number, outside_c: number): Chart {
    const present = { start: NOW, outside_c, supply_c: supplyAt(now, outside_c) - 1, isSince: true };
    const ranges = rangesOf([present], before ? [now, before] : [now]);
    const x = linear(ranges.outside, [LEFT_PX, width - RIGHT_PX]);
    const y = linear(ranges.supply, [198, 8]);
    return { now, before, points: [], present, ranges, x, y, bottom: 198, width };
  }

  it.each([254, 386, 900])("never meet, in a chart of %i px", (width) => {
    for (const now of curves) {
      for (const before of [null, ...curves.filter((each) => each !== now)]) {
        for (const outside_c of [15, 4, -9]) {
          const found = Object.values(labelsOf(chartOf(now, before, width, outside_c), names));
          const boxes = found.filter((label) => label !== null).map(boxOf);
          // The ring may have no room for its name: two names of curves always have.
          expect(found.slice(0, 2).filter(Boolean)).toHaveLength(before ? 2 : 1);
          if (width > 800) expect(boxes).toHaveLength(before ? 3 : 2);
          for (const [index, box] of boxes.entries()) {
            expect(boxes.slice(index + 1).some((other) => meets(box, other))).toBe(false);
          }
        }
      }
    }
  });

  it("stand apart from the curves", () => {
    const [lower, upper] = [curves[4]!, curves[7]!];
    for (const [now, before] of [[lower, upper], [upper, lower]] as const) {
      const chart = chartOf(now, before, 386, 4);
      const { name, former } = labelsOf(chart, names);
      const [top, bottom] = now === upper ? [name, former!] : [former!, name];
      const yOf = (curve: Curve, px: number) => {
        const outsideAt = linear([LEFT_PX, 386 - RIGHT_PX], chart.ranges.outside);
        return chart.y(supplyAt(curve, outsideAt(px)));
      };
      expect(boxOf(top).bottom).toBeLessThan(yOf(upper, boxOf(top).right));
      expect(boxOf(bottom).top).toBeGreaterThan(yOf(lower, boxOf(bottom).left));
    }
  });
});

describe("an entry", () => {
  it("is named by its old and new value, in the household's units", () => {
    const hot = found("Hot-water");
    expect(plain(titleOf(hot, f))).toBe("Hot-water temperature: 52 → 50 °C");
    expect(plain(titleOf(hot, fahrenheit()))).toBe("Hot-water temperature: 125.6 → 122.0 °F");
    expect(plain(titleOf(found("Switch-on"), fahrenheit()))).toMatch(/: 7\.2 → 10\.8 °F$/);
    expect(plain(titleOf(found("Heating curve slope"), german.f))).toMatch(/: 1,0 → 0,8$/);
    expect(plain(titleOf(found("Price"), f))).toMatch(/: 0\.3212 → 0\.2987$/);
    expect(plain(titleOf(found("Assumed"), german.f))).toBe("Assumed flow: 1.100 → 1.250 l/h");
  });

  it("has the words of the integration where there are no numbers", () => {
    expect(titleOf(found("schedule"), f)).toMatch(/^Heating schedule changed from Mon-Sun/);
    expect(titleOf({ ...found("Hot-water"), old: null, description: "Set to 50" }, f)).toBe(
      "Set to 50",
    );
    expect(titleOf(found("Filter"), f)).toBe("Filter cleaned, pressure raised to 1.8 bar");
  });

  it("has its year only where that is not clear", () => {
    expect(dayOf("2026-01-20T21:40:00+01:00", NOW, f)).toBe("20 Jan");
    expect(dayOf("2025-11-20T21:40:00+01:00", NOW, f)).toBe("20 Nov 2025");
  });
});

describe("what a change did", () => {
  const row = (text: string) => rows.find(({ entry }) => entry === found(text))!;
  const words = (effect: Partial<Effect>) => {
    const { look, ...rest } = found("Hot-water");
    const entry = { ...rest, look: { ...look!, effect: { ...look!.effect, ...effect } } };
    return rowsOf([entry], NOW, t, f)[0]!.words;
  };

  it("is a row for each that was looked at, the newest first", () => {
    expect(rows.map(({ day }) => day)).toEqual(["3 Nov", "24 Sept", "14 Apr", "22 Jan", "20 Jan"]);
  });

  it("is a value once it is known, and words before", () => {
    expect(plain(row("slope").value)).toBe("+6.4 %");
    expect(row("slope")).toMatchObject({ words: "", bar: { isSeen: true } });
    expect(plain(row("slope").interval)).toBe("+2.8 to +10.0 %");
    expect(row("Flow")).toMatchObject({ words: "no effect can be shown", bar: { isSeen: false } });
    expect(plain(row("Flow").value)).toBe("+0.6 %");
    expect(row("Hot-water")).toMatchObject({ value: "–", bar: null, interval: "" });
    expect(row("schedule").words).toBe("not alone");
  });

  it.each([
    [{ days_needed: 20 }, "about 20 more days needed"],
    [{ days_needed: 1 }, "about 1 more day needed"],
    [{ days_needed: null }, "more days needed"],
    [{ lack: "days_before", days_needed: null }, "too few days before it"],
    [{ lack: "same_weather", days_needed: null }, "no such weather before"],
    [{ lack: "next_change", days_needed: null }, "another change came too soon"],
  ] as const)("says what is missing: %j", (effect, said) => {
    expect(words(effect)).toBe(said);
  });

  it("has no value while the interval says nothing", () => {
    const unsure = rowsOf((answerOf("many", "changes") as Changes).entries, NOW, t, f).find(
      ({ bar, value }) => bar && value === "–",
    );
    expect(unsure).toMatchObject({ bar: { isSeen: false }, words: "another change came too soon" });
  });

  it("has one scale, from which a wild bar does not take the room", () => {
    const { range, marks } = scaleOf(rows)!;
    expect(marks).toEqual([-5, 0, 5, 10]);
    expect(range[0]).toBeLessThan(-5);
    const wild = scaleOf(rowsOf((answerOf("many", "changes") as Changes).entries, NOW, t, f))!;
    expect(wild.range).toEqual([-25.5, 40.5]);
    expect(scaleOf([row("Hot-water")])).toBeNull();
  });

  it("shows the beginning of a long note", () => {
    expect(shortened("short")).toBe("short");
    expect(shortened("word ".repeat(100))).toHaveLength(100);
  });

  it("has both sides in figures, and what explains it", () => {
    const lines = (text: string, form = f) =>
      linesOf(effectOf(found(text)), t, form).map((line) =>
        plain(Object.values(line).filter(Boolean).join(" | ")),
      );
    expect(lines("slope")).toEqual([
      "Days compared | 98 | 43",
      "COP | 3.61 | 3.84 | +6.4 % | +2.8 to +10.0 %",
      "Supply, °C | 38.1 | 34.9 | −3.2 K | explains it",
      "Heat a day, kWh | 61.4 | 59.8 | −2.6 % | −4.7 to −0.5 %",
      "Heat per degree day, kWh | 5.12 | 4.99 | −2.6 % | −4.7 to −0.5 %",
      "Electricity a day, kWh | 17.0 | 15.6 | −8.5 % | −11.5 to −5.4 %",
    ]);
    expect(lines("slope", fahrenheit())[2]).toBe("Supply, °F | 100.6 | 94.8 | −5.8 °F | explains it");
    expect(lines("slope", fahrenheit())[4]).toMatch(/^Heat per degree day, kWh \| 2\.84 \| 2\.77/);
    expect(lines("Hot-water")).toEqual(["Days compared | 96 | 4"]);
    expect(lines("Flow").join()).not.toContain("Supply");
  });

  it("does not explain a better COP by warmer water", () => {
    const effect = effectOf(found("slope"));
    const { supply_c } = effect.figures!;
    const warmer = { ...supply_c!, change: { value: 3, low: 2.5, high: 3.5 } };
    const line = (figures: Effect["figures"]) => linesOf({ ...effect, figures }, t, f)[2]!;
    expect(line({ ...effect.figures!, supply_c: warmer })).toMatchObject({ note: "" });
    const worse = { ...effect.figures!.cop, change: { value: 0.9, low: 0.85, high: 0.95 } };
    expect(line({ ...effect.figures!, supply_c: warmer, cop: worse }).note).toBe("explains it");
  });

  it("has what it saves, with ends rounded outward", () => {
    const saved = (text: string) =>
      savedOf(effectOf(found(text)).yearly!, t, f, "EUR").map((each) =>
        plain(Object.values(each).filter(Boolean).join(" | ")),
      );
    expect(saved("slope")[0]).toBe("For the same heat | 149 kWh | 67 to 230 | €45 | €20 to €69");
    expect(saved("Flow")[1]).toBe(
      "With the changed heat demand | −31 kWh | −111 to 49 | −€9 | −€34 to €15",
    );
    expect(saved("schedule")[0]).toBe("For the same heat | 149 kWh | 67 to 230");
  });

  it("says which days were left out, and what else was changed then", () => {
    const remarks = (text: string) =>
      remarksOf(row(text).entry, entries, t, f).map((each) => plain(each));
    expect(remarks("slope")).toEqual([
      "At 4 °C outside, as on days from −6 °C to 12 °C. A year like the last, of which 94 % was " +
        "measured; 81 % of the electricity was drawn in such weather.",
      "Days left out before: 3 not fully measured, 41 in other weather, 6 with unusually little " +
        "heat. Days left out after: 2 of the change itself, 1 not fully measured, 4 that hardly ran.",
      "Looked at on 12 Nov 2026. Next look: 24 Nov 2026.",
    ]);
    expect(remarks("schedule")[0]).toBe("Together with: Switch-on hysteresis for heating: 4 → 6 K.");
    expect(remarks("Flow").at(-1)).toMatch(/That was the last look\.$/);
    const alone = remarksOf(row("schedule").entry, [], t, f)[0];
    expect(alone).toBe("Together with: 22 Jan 2026.");
  });
});

describe("the change log", () => {
  it("is in months, and filtered by what there is", () => {
    const months = monthsOf(entries, german.f);
    expect(months.map(({ name }) => name)).toEqual([
      "November 2026",
      "Oktober 2026",
      "September 2026",
      "April 2026",
      "März 2026",
      "Januar 2026",
      "Dezember 2025",
    ]);
    expect(months.flatMap((month) => month.entries)).toEqual(entries);
    expect(filtersOf(entries)).toEqual(["all", "unit", "option", "plant", "meter", "note"]);
    expect(filtersOf([found("Filter")])).toEqual(["all", "note"]);
    expect(matching(entries, "note")).toHaveLength(2);
    expect(matching(entries, "all")).toHaveLength(entries.length);
  });
});

describe("a note", () => {
  const { hass, asked } = homeOf(CHANGED["air"]!);
  const sent = async (...rest: [entryId: string | undefined, draft: typeof NEW, gone?: boolean]) => {
    const [entryId, draft, isDeleted = false] = rest;
    await write(hass, entryId, draft, isDeleted);
    return asked.at(-1);
  };

  it("is added", async () => {
    expect(await sent("air", { ...NEW, text: " Filter " })).toEqual({
      type: "call_service",
      domain: "heatpump_monitor",
      service: "add_note",
      service_data: { config_entry_id: "air", category: "maintenance", text: "Filter" },
    });
    const dated = await sent(undefined, { ...NEW, text: "Filter", time: "2026-11-01T08:30" });
    expect(dated!["service_data"]).toEqual({
      category: "maintenance",
      text: "Filter",
      time: "2026-11-01T08:30",
    });
  });

  it("is changed, and keeps the seconds of a time that was not", async () => {
    const draft = draftOf(found("Filter"), f);
    expect(draft).toMatchObject({ category: "maintenance", time: "2026-09-18T14:20" });
    expect(await sent("air", draft)).toMatchObject({ service: "edit_note" });
    expect(asked.at(-1)!["service_data"]).not.toHaveProperty("time");
    await sent("air", { ...draft, time: "2026-09-18T14:30" });
    expect(asked.at(-1)!["service_data"]).toMatchObject({
      note_id: draft.id,
      time: "2026-09-18T14:30",
    });
    await sent("air", draft, true);
    expect(asked.at(-1)!["service_data"]).toEqual({
      config_entry_id: "air",
      note_id: draft.id,
      delete: true,
    });
  });

  it("has a time of the browser's zone where the user sees that", async () => {
    const local = { ...hass, ...localeOf("en", { time_zone: "local" }) };
    await write(local, undefined, { ...NEW, text: "a", time: "2026-11-01T08:30" }, false);
    const { time } = asked.at(-1)!["service_data"] as { time: string };
    expect(Date.parse(time)).toBe(new Date("2026-11-01T08:30").getTime());
    expect(time).toMatch(/Z$/);
  });

  it.each([
    [{ code: "service_validation_error", translation_key: "note_in_future" }, /not come yet/],
    [
      {
        code: "home_assistant_error",
        translation_key: "note_not_saved",
        translation_placeholders: { reason: "No space left" },
      },
      /^Not saved: No space left\. Free/,
    ],
    [{ code: "not_loaded", message: "Gone" }, /^Not saved\. Home Assistant says: Gone$/],
    [3, /cannot be reached/],
    [{ code: 3, message: "Connection lost" }, /cannot be reached/],
    [new Error(), /cannot be reached/],
  ])("that is refused says why: %j", (error, said) => {
    expect(problemOf(error, t)).toMatch(said);
  });
});
