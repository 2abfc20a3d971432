// @vitest-environment happy-dom
import { expect, test } from "vitest";

test("Nothing is registered before Home Assistant has its registry in place", async () => {
  await import("../src/entry");
  expect(customElements.get("heatpump-monitor-schematic")).toBeUndefined();

  customElements.define("home-assistant", class extends HTMLElement {});
  await customElements.whenDefined("ll-strategy-dashboard-heatpump-monitor");

  expect(customElements.get("heatpump-monitor-schematic")).toBeDefined();
  expect(window.customCards?.map(({ type }) => type)).toContain("heatpump-monitor-jaz");
  expect(window.customStrategies).toHaveLength(1);
});
