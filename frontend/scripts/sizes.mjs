/** Check how much a browser has to load: `node scripts/sizes.mjs [folder]`. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const ENTRY = "heatpump-monitor.js";
/** What the first view loads, without what these import. */
const FIRST_VIEW = [ENTRY, "dashboard", "schematic", "wide", "now"];
/** In bytes, compressed. */
const LIMITS = { entry: 5_000, "first view": 40_000, all: 120_000 };

const folder = process.argv[2] ?? "../custom_components/heatpump_monitor/frontend/static";
const files = new Map(
  readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]),
);

/** The file of a name; all but the entry's carry a hash. */
function fileOf(name) {
  const found = [...files.keys()].filter(
    (file) => file === name || file.replace(/-[\w-]{8}\.js$/, "") === name,
  );
  if (found.length !== 1) throw new Error(`${name}: ${found.length} files in ${folder}`);
  return found[0];
}

/** What a file imports before it runs; `import(...)` comes later. */
function importsOf(file) {
  const source = files.get(file);
  if (source === undefined) throw new Error(`${file} is not in ${folder}`);
  return [...source.matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([^"'`]+)["'`]/g)].map(([, path]) => path);
}

function withImports(names) {
  const found = new Set();
  const add = (file) => {
    if (found.has(file)) return;
    found.add(file);
    importsOf(file).forEach(add);
  };
  names.map(fileOf).forEach(add);
  return found;
}

const loaded = {
  entry: withImports([ENTRY]),
  "first view": withImports(FIRST_VIEW),
  all: new Set(files.keys()),
};
for (const [name, limit] of Object.entries(LIMITS)) {
  const bytes = [...loaded[name]].reduce((sum, file) => sum + gzipSync(files.get(file)).length, 0);
  const text = `${name}: ${(bytes / 1000).toFixed(1)} kB of ${limit / 1000} kB`;
  if (bytes < limit) {
    console.log(text);
  } else {
    console.error(`${text}: too large`);
    process.exitCode = 1;
  }
}
// The entry is loaded with its version in the address: a second time by its bare name.
for (const file of files.keys()) {
  if (!importsOf(file).includes(ENTRY)) continue;
  console.error(`${file} imports the entry, which would run twice`);
  process.exitCode = 1;
}
