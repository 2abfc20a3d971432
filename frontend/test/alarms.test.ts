import { expect, test } from "vitest";
import { overText, raisedText, watchedText } from "../src/cards/alarms/model";
import { english, wordsOf } from "./hass";

const { t, f } = english;

test("an alarm has its severity in words, since when, what is wrong, and what to do", () => {
  const alarm = {
    severity: "notice",
    since: "2026-11-11T12:00:00+01:00",
    name: "Sign-in due",
    message: "It may end in 13 days.",
    advice: "Sign in again.",
  } as const;
  expect(raisedText(alarm, t, f)).toEqual({
    title: "Sign-in due",
    when: "Notice · since 11 Nov, 12:00",
    lines: ["It may end in 13 days.", "Sign in again."],
  });
  const german = wordsOf("de");
  expect(raisedText(alarm, german.t, german.f).when).toBe("Hinweis · seit 11. Nov., 12:00");
});

test("an alarm that is over has its length, or its end where the beginning is not known", () => {
  const over = { until: "2026-11-09T15:08:00+01:00", name: "Source silent", message: "For 2 h." };
  const when = (since: string | null) => overText({ ...over, since }, t, f).when;
  expect(when("2026-11-09T14:02:00+01:00")).toBe("9 Nov, 14:02, 1\u00a0h 6\u00a0min");
  expect(when("2026-11-04T03:08:00+01:00")).toBe("4 Nov, 3:08, 5.5 days");
  expect(when(null)).toBe("until 9 Nov, 15:08");
});

test("what cannot be watched is named", () => {
  const watched = { watched_since: "2026-10-28T07:12:00+01:00", over: [] };
  expect(watchedText({ ...watched, watched: 15, not_watched: [] }, t, f)).toEqual([
    "All 15 kinds are watched, since 28 Oct, 7:12.",
  ]);
  expect(watchedText({ ...watched, watched: 13, not_watched: ["Flow", "Efficiency"] }, t, f)).toEqual([
    "13 of 15 kinds are watched, since 28 Oct, 7:12.",
    "Not yet, as data are missing: Flow, Efficiency.",
  ]);
});
