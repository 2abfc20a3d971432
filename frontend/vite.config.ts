import { basename, dirname } from "node:path";
import { defineConfig } from "vite";

/** What several cards share, as one file: many small ones are larger together. */
const SHARED =
  /\/(node_modules\/(@lit|lit)|src\/(lib|data)\/|src\/cards\/(\w+|(schematic|today|jaz)\/model)\.ts)/;
/** Words of later views, and of the entry. */
const APART = /\/src\/lib\/texts\/(cards|efficiency|health|runs)\.ts/;

/** Take the indents out of the templates; no browser shows them. */
const withoutIndents = {
  name: "without-indents",
  apply: "build" as const,
  enforce: "pre" as const,
  transform: (code: string, id: string) =>
    id.includes("/src/") ? code.replace(/\n\s+/g, "\n") : null,
};

// Home Assistant loads the entry on every page by a fixed name with its version; what
// it imports later changes its name with its content.
export default defineConfig({
  plugins: [withoutIndents],
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
          groups: [{ name: "shared", test: (id) => SHARED.test(id) && !APART.test(id) }],
        },
      },
    },
  },
});
