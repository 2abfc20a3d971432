import { defineConfig } from "vite";

// Home Assistant loads the entry on every page by a fixed name with its version; what
// it imports later changes its name with its content.
export default defineConfig({
  build: {
    outDir: "../custom_components/heatpump_monitor/frontend/static",
    emptyOutDir: true,
    target: "es2023",
    modulePreload: false,
    rollupOptions: {
      input: "src/entry.ts",
      preserveEntrySignatures: false,
      output: {
        entryFileNames: "heatpump-monitor.js",
        chunkFileNames: "[name]-[hash].js",
      },
    },
  },
});
