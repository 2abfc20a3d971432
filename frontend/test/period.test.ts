// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { choose, follow, type Kind } from "../src/cards/picker/period";
import { periodAt, stepped } from "../src/cards/picker/steps";

const CALENDAR = { today: "2026-11-12", firstDay: "2025-06-02", seasonStartMonth: 9 };
const at = (kind: Kind, day: string) => periodAt(kind, day, CALENDAR);

test.each([
  ["day", "2026-11-12", "2026-11-12", "2026-11-12"],
  ["month", "2026-11-05", "2026-11-01", "2026-11-12"],
  ["month", "2026-02-05", "2026-02-01", "2026-02-28"],
  ["season", "2026-11-12", "2026-09-01", "2026-11-12"],
  ["season", "2026-08-31", "2025-09-01", "2026-08-31"],
  ["year", "2026-05-01", "2026-01-01", "2026-11-12"],
  ["year", "2025-12-31", "2025-01-01", "2025-12-31"],
  ["days365", "2026-11-12", "2025-11-13", "2026-11-12"],
  ["all", "2026-01-01", "2025-06-02", "2026-11-12"],
] as const)("a %s with %s in it", (kind, day, first, last) => {
  expect(at(kind, day)).toEqual({ kind, first, last });
});

test("a step goes to the period before or after", () => {
  const november = at("month", "2026-11-12");
  const october = stepped(november, -1, CALENDAR)!;
  expect(october).toEqual({ kind: "month", first: "2026-10-01", last: "2026-10-31" });
  expect(stepped(october, 1, CALENDAR)).toEqual(november);
});

test("nothing lies after today, before the first day, or beside all", () => {
  expect(stepped(at("season", "2026-11-12"), 1, CALENDAR)).toBeNull();
  expect(stepped(at("day", "2025-06-02"), -1, CALENDAR)).toBeNull();
  expect(stepped(at("all", "2026-11-12"), -1, CALENDAR)).toBeNull();
});

test("365 days step back a whole year, and forward to today at most", () => {
  const now = at("days365", "2026-11-12");
  const before = stepped(now, -1, CALENDAR)!;
  expect(before).toEqual({ kind: "days365", first: "2024-11-13", last: "2025-11-12" });
  expect(stepped(before, 1, CALENDAR)).toEqual(now);
});

test("cards of one heat pump follow its picker, also those that come later", () => {
  const heard: string[] = [];
  const stop = follow("a", (period) => heard.push(`early ${period.kind}`));
  choose("a", at("month", "2026-11-12"));
  choose("b", at("day", "2026-11-12"));
  follow("a", (period) => heard.push(`late ${period.kind}`))();
  stop();
  choose("a", at("year", "2026-11-12"));
  expect(heard).toEqual(["early month", "late month"]);
});
