import { basename, dirname } from "node:path";
import * as icons from "@mdi/js";
import { defineConfig } from "vite";

/** What several cards share, as one file: many small ones are larger together. */
const SHARED =
  /\/(node_modules\/(@lit|lit)|src\/(lib|data)\/|src\/cards\/(\w+|(schematic|today|jaz)\/model)\.ts)/;
/** What only later views need, or only the entry. */
const APART =
  /\/src\/(lib\/(adding_up|form|smooth|spread|texts\/(cards|changes|efficiency|health|house_meter|marks|probes|runs|settings))|data\/watch|cards\/(entry_card|picker\/steps))\.ts/;
/** What both of its layouts need; each of these is a file of its own. */
const SCHEMATIC = /\/src\/cards\/schematic\/(card|draw|parts|scene)\.ts/;

/** What stands beside the schematic in the first view: apart, they are larger together. */
const NOW = /\/src\/cards\/(today|jaz|last_day|usual)\//;

/**
 * What the later views share, and each of them with its words: a view shows all of its
 * cards, and in files of their own they are larger by a third.
 */
const LATER = Object.entries({
  later:
    /\/src\/(lib\/(adding_up|form|smooth|spread|texts\/(marks|settings))|cards\/(changes\/(entries|changes_card)|flags\/list|maker\/table|marks\/marks|picker\/steps|scatter\/switch))\.ts/,
  changes: /\/src\/(cards\/(change_log|changes|changes_effect|heating_curve)\/|lib\/texts\/changes)/,
  health: /\/src\/(cards\/(alarms|calendar|calls|flags|maker|sources)\/|lib\/texts\/health)/,
  runs: /\/src\/(cards\/(charges|cycling|runs)\/|lib\/texts\/runs)/,
  efficiency:
    /\/src\/(cards\/(compare|cost|demand|expected|modes|months|picker|sankey|scatter)\/|lib\/texts\/efficiency)/,
}).map(([name, test]) => ({ name, test }));

/** Take out of templates and styles what no browser shows. */
const withoutSpaces = {
  name: "without-spaces",
  apply: "build" as const,
  enforce: "pre" as const,
  transform: (code: string, id: string) =>
    id.includes("/src/")
      ? code.replace(/css`[^`]*`/g, shortened).replace(/\n\s+/g, "\n")
      : null,
};

/**
 * Put each icon into the file that draws it: from one module, those of all cards would load
 * with the first view. Icons of 24 px need no more than a tenth of one.
 */
const ownIcons = {
  name: "own-icons",
  apply: "build" as const,
  enforce: "pre" as const,
  transform: (code: string, id: string) =>
    id.includes("/src/")
      ? code.replace(/import \{([^}]*)\} from "@mdi\/js";/g, (_, names: string) =>
          (names.match(/\w+/g) ?? []).map(iconOf).join("\n"),
        )
      : null,
};

function iconOf(name: string): string {
  const path = (icons as Record<string, string>)[name];
  if (path === undefined) throw new Error(`there is no icon ${name}`);
  const rounded = path.replace(/\d+\.\d+/g, (each) => tenths(Number(each)));
  return `const ${name} = ${JSON.stringify(rounded)};`;
}

function tenths(value: number): string {
  return String(Math.round(10 * value) / 10).replace(/^0\./, ".");
}

function shortened(styles: string): string {
  return styles
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/\s*([{};,])\s*/g, "$1")
    .replaceAll(": ", ":");
}

// Home Assistant loads the entry on every page by a fixed name with its version; what
// it imports later changes its name with its content.
export default defineConfig({
  plugins: [ownIcons, withoutSpaces],
  build: {
    outDir: "../custom_components/heatpump_monitor/frontend/static",
    emptyOutDir: true,
    target: "es2023",
    // As a library, it is built without Vite's own loader in the entry.
    lib: { entry: "src/entry.ts", formats: ["es"] },
    minify: false,
    rolldownOptions: {
      output: {
        minify: true,
        entryFileNames: "heatpump-monitor.js",
        chunkFileNames: ({ name, facadeModuleId }) =>
          `${name === "card" && facadeModuleId ? basename(dirname(facadeModuleId)) : name}-[hash].js`,
        codeSplitting: {
          groups: [
            { name: "shared", test: (id) => SHARED.test(id) && !APART.test(id) },
            { name: "schematic", test: SCHEMATIC },
            { name: "now", test: NOW },
            ...LATER,
          ],
        },
      },
    },
  },
});
