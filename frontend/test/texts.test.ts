import { expect, test } from "vitest";
import { CHANGES } from "../src/lib/texts/changes";
import { COMMON } from "../src/lib/texts/common";
import { EFFICIENCY } from "../src/lib/texts/efficiency";
import { HEALTH } from "../src/lib/texts/health";
import { HOUSE_METER } from "../src/lib/texts/house_meter";
import { PROBES } from "../src/lib/texts/probes";
import { RUNS } from "../src/lib/texts/runs";

const SOURCES = import.meta.glob<string>("../src/{cards,data,lib,strategy}/**/*.ts", {
  query: "?raw",
  import: "default",
  eager: true,
});
/** The source of each card by its folder; all others load with the first view. */
const FOLDERS: Record<string, string> = {};
for (const [path, source] of Object.entries(SOURCES)) {
  if (path.includes("/texts/")) continue;
  const folder = /cards\/(\w+)\//.exec(path)?.[1] ?? "shared";
  FOLDERS[folder] = `${FOLDERS[folder] ?? ""}\n${source}`;
}

/** Whether a text is named in full, or by its beginning. */
function names(source: string, key: string): boolean {
  if (new RegExp(`\\bt\\((["'\`])${key}\\1|: "${key}"`).test(source)) return true;
  const begins = [...source.matchAll(/`([a-z]+_)\$\{/g)].map(([, start]) => start!);
  return begins.some((start) => key.startsWith(start) && start !== "period_");
}

const GROUPS = {
  changes: CHANGES,
  efficiency: EFFICIENCY,
  health: HEALTH,
  house_meter: HOUSE_METER,
  probes: PROBES,
  runs: RUNS,
};

test("no text replaces another of the same key", () => {
  const keys = [COMMON, ...Object.values(GROUPS)].flatMap((texts) => Object.keys(texts));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test.each(Object.entries(GROUPS))(
  "only what imports the texts of %s shows them",
  (group, texts) => {
    const missing = Object.entries(FOLDERS).flatMap(([folder, source]) => {
      if (source.includes(`lib/texts/${group}"`)) return [];
      return Object.keys(texts)
        .filter((key) => names(source, key))
        .map((key) => `${folder}: ${key}`);
    });
    expect(missing).toEqual([]);
  },
);
