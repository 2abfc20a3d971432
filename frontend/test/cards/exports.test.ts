import { expect, it } from "vitest";
import { exportText } from "../../src/cards/exports/model";
import type { Export } from "../../src/data/contract";
import { AWAY, NOT_LOADED, WELL } from "../exports";
import { english, wordsOf } from "../hass";
import { NOW } from "../households";

const { t, f } = english;
const textOf = (more: Partial<Export>, one = WELL) => exportText({ ...one, ...more }, t, f);
const before = (seconds: number) => new Date(Date.parse(NOW) - 1000 * seconds).toISOString();

it("says that all is well", () => {
  expect(textOf({})).toEqual({
    title: "InfluxDB",
    when: "connected",
    lines: ["Everything is sent.", "Last success 42 s ago"],
    level: "good",
  });
});

it("warns of a failure only when it is longer than a restart takes", () => {
  expect(textOf({ failing_since: before(3600) }, AWAY).level).toBe("quiet");
  expect(textOf({ failing_since: before(3601) }, AWAY).level).toBe("warning");
});

it("warns of what was lost, also when all is sent again", () => {
  const { lines, level } = textOf({ dropped: 12 });
  expect(level).toBe("warning");
  expect(lines.at(-1)).toBe("12 points lost in 24 h, as there was no room for them");
});

it("does not claim that all is sent before anything was", () => {
  const { when, lines, level } = textOf({ is_connected: null, last_success: null });
  expect([when, lines, level]).toEqual(["nothing sent yet", [], "quiet"]);
});

it("knows points that are in memory only", () => {
  expect(textOf({ unsent: 7, oldest_unsent: null }).lines[0]).toBe("7 points not sent");
});

it("says nothing of an export that is not loaded", () => {
  expect(exportText(NOT_LOADED, t, f)).toEqual({ title: "Emoncms", when: "not running", lines: [], level: "quiet" });
});

it("says it in German", () => {
  const german = wordsOf("de");
  const { when, lines } = exportText(AWAY, german.t, german.f);
  expect(when).toMatch(/^nicht verbunden seit 10\. Nov/);
  expect(lines[0]).toMatch(/^51\.840 Punkte nicht gesendet, der älteste vom 10\. Nov/);
});
