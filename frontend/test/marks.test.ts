import { expect, test } from "vitest";
import { marksOf, onDay, said, spoken, within } from "../src/cards/marks/marks";
import type { ChangeEntry, Changes } from "../src/data/contract";
import { english } from "./hass";

const { t, f } = english;

function entry(time: string, description: string, touched: ChangeEntry["touched"] = "both"): ChangeEntry {
  return {
    ...{ id: 1, source: "unit", item: null, place: null, old: null, new: null },
    ...{ category: null, text: null, item_name: null, look: null },
    ...{ time, description, touched },
  };
}

/** The newest first, as the log is sent. */
const log = (...entries: ChangeEntry[]): Changes => ({ entries, circuits: [] });

test("a day of the household has one mark with all of its changes", () => {
  const marks = marksOf(
    log(
      entry("2026-03-02T23:40:00Z", "third"),
      entry("2026-03-02T18:00:00Z", "second"),
      entry("2026-03-02T17:00:00Z", "first"),
    ),
    f,
  );
  // 23:40 UTC is the next day in Berlin.
  expect([...marks]).toEqual([
    ["2026-03-02", ["first", "second"]],
    ["2026-03-03", ["third"]],
  ]);
});

test("what acts on no figure has no mark", () => {
  expect(marksOf(log(entry("2026-03-02T12:00:00Z", "price", null)), f).size).toBe(0);
  expect(spoken(new Map(), t, f)).toBe("");
});

test("the marks of a span are in order, whatever the order of the log", () => {
  const marks = marksOf(
    log(
      entry("2026-03-09T12:00:00Z", "written later"),
      entry("2026-05-01T12:00:00Z", "outside"),
      entry("2026-03-01T12:00:00Z", "old"),
      entry("2026-03-05T12:00:00Z", "added afterwards"),
    ),
    f,
  );
  const inside = within(marks, "2026-03-01", "2026-03-09");
  expect([...inside.keys()]).toEqual(["2026-03-01", "2026-03-05", "2026-03-09"]);
  expect(spoken(inside, t, f).trim()).toBe(
    "Changes (3): 1 Mar 2026: old; 5 Mar 2026: added afterwards; 9 Mar 2026: written later",
  );
});

test("a read-out names three changes and counts the others", () => {
  const five = [1, 2, 3, 4, 5].map((n) => entry(`2026-03-0${n}T12:00:00Z`, `change ${n}`)).toReversed();
  const marks = marksOf(log(...five), f);
  expect(said(marks, t, f, true)).toEqual([
    "1 Mar: change 1",
    "2 Mar: change 2",
    "3 Mar: change 3",
    "and 2 more",
  ]);
  expect(said(onDay(marks, "2026-03-02"), t, f)).toEqual(["change 2"]);
  expect(said(onDay(marks, "2026-03-06"), t, f)).toEqual([]);
});
