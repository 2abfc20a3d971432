// @vitest-environment happy-dom
import { html, LitElement } from "lit";
import { beforeEach, expect, it } from "vitest";
import { type Chart, Readout } from "../src/lib/readout";

const SPOTS = [10, 20, 30, 40].map((x, index) => ({
  x,
  y: index % 2 ? 80 : 20,
  says: [`place ${index}`, `${x} kWh`],
}));
const CHART: Chart = { label: "Runs", width: 100, height: 100, spots: () => SPOTS };

class TestChart extends LitElement {
  chart = CHART;
  readonly #readout = new Readout(this);

  protected override render() {
    return html`${this.#readout.layer(this.chart)}`;
  }
}
customElements.define("test-chart", TestChart);

let element: TestChart;
beforeEach(async () => {
  element = new TestChart();
  document.body.replaceChildren(element);
  await element.updateComplete;
});

const layer = () => element.shadowRoot!.querySelector<HTMLElement>(".readout")!;
const textOf = (selector: string) =>
  layer().querySelector(selector)?.textContent?.replace(/\s+/g, " ").trim();
const seen = () => textOf("div") ?? null;
const heard = () => textOf("[aria-live]");

async function point(type: string, x: number, y: number, pointerType = "mouse") {
  layer().dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, pointerType }));
  await element.updateComplete;
}

async function press(key: string): Promise<boolean> {
  const event = new KeyboardEvent("keydown", { key, cancelable: true, bubbles: true });
  layer().dispatchEvent(event);
  await element.updateComplete;
  return event.defaultPrevented;
}

it("shows the nearest place under a mouse, until it leaves", async () => {
  expect(seen()).toBeNull();
  await point("pointermove", 22, 75);
  expect(seen()).toBe("place 1 20 kWh");
  expect(heard()).toBe("");
  await point("pointermove", 31, 24);
  expect(seen()).toBe("place 2 30 kWh");
  await point("pointerleave", 200, 24);
  expect(seen()).toBeNull();
});

it("shows nothing far away from all places", async () => {
  await point("pointermove", 95, 30);
  expect(seen()).toBeNull();
});

it("finds the nearest place by x alone where a line marks it", async () => {
  element.chart = { ...CHART, line: [0, 100] };
  element.requestUpdate();
  await element.updateComplete;
  await point("pointermove", 95, 10);
  expect(seen()).toBe("place 3 40 kWh");
  expect(layer().querySelector("i")!.getAttribute("style")).toContain("left: 40px");
});

it("keeps what a finger found, until the chart loses the focus", async () => {
  await point("pointerdown", 12, 20, "touch");
  await point("pointerleave", 12, 20, "touch");
  expect(seen()).toBe("place 0 10 kWh");
  layer().dispatchEvent(new FocusEvent("blur"));
  await element.updateComplete;
  expect(seen()).toBeNull();
});

it("moves by the keys, from the newest place on, and says where it is", async () => {
  expect(await press("ArrowLeft")).toBe(true);
  expect(heard()).toBe("place 3, 40 kWh");
  await press("ArrowLeft");
  expect(heard()).toBe("place 2, 30 kWh");
  expect(seen()).toBe("place 2 30 kWh");
  await press("Home");
  await press("ArrowLeft");
  expect(heard()).toBe("place 0, 10 kWh");
  await press("ArrowRight");
  expect(heard()).toBe("place 1, 20 kWh");
  await press("End");
  await press("ArrowRight");
  expect(heard()).toBe("place 3, 40 kWh");
});

it("moves down and across by steps of its own", async () => {
  element.chart = { ...CHART, steps: [3, 1] };
  element.requestUpdate();
  await element.updateComplete;
  await press("Home");
  await press("ArrowRight");
  expect(heard()).toBe("place 3, 40 kWh");
  await press("ArrowUp");
  expect(heard()).toBe("place 2, 30 kWh");
});

it("leaves other keys, and Escape where nothing is shown, to the page", async () => {
  expect(await press("Tab")).toBe(false);
  expect(await press("Escape")).toBe(false);
  await press("End");
  expect(await press("Escape")).toBe(true);
  expect(seen()).toBeNull();
});

it("is one stop of the Tab key with a name", () => {
  expect(layer().getAttribute("tabindex")).toBe("0");
  expect(layer().getAttribute("aria-label")).toBe("Runs");
});

it("stays inside the drawing at both ends", async () => {
  await press("Home");
  const style = () => layer().querySelector("div")!.getAttribute("style");
  expect(style()).toContain("left: 10%; transform: translateX(-10%); top: 30px");
  await press("ArrowRight");
  expect(style()).toContain("left: 20%; transform: translateX(-20%); bottom: 30px");
});
