// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from "vitest";
import { HeatpumpCard } from "../../src/cards/base";
import type { CardConfig } from "../../src/lib/hass";
import { homeOf, type Household } from "../hass";
import { RECORDS } from "../runs";
import { PASTS } from "../years";

const MODULES = import.meta.glob<Record<string, unknown>>("../../src/cards/*/card.ts", {
  eager: true,
});
const CARDS = Object.values(MODULES)
  .flatMap((module) => Object.values(module))
  .filter(
    (each): each is new () => HeatpumpCard =>
      typeof each === "function" && each.prototype instanceof HeatpumpCard,
  );
CARDS.forEach((Card) => customElements.define(`attached-${Card.name.toLowerCase()}`, Card));

const past = { ...PASTS["air"]! };
const HOUSEHOLD: Household = {
  live: past.live,
  answer: (message) => past.answer(message) ?? RECORDS["air"]!.answer!(message),
};

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  document.body.replaceChildren();
});

/** Count what is listened to on the page and by observers, less what is stopped. */
function counted() {
  const found = { listeners: 0 };
  for (const target of [window, document]) {
    vi.spyOn(target, "addEventListener").mockImplementation(() => (found.listeners += 1));
    vi.spyOn(target, "removeEventListener").mockImplementation(() => (found.listeners -= 1));
  }
  vi.spyOn(ResizeObserver.prototype, "observe").mockImplementation(() => {
    found.listeners += 1;
  });
  vi.spyOn(ResizeObserver.prototype, "disconnect").mockImplementation(() => {
    found.listeners -= 1;
  });
  return found;
}

it.each(CARDS)("%o shows temperatures in °F in no other unit", async (Card) => {
  const card: HeatpumpCard & { setConfig(config: CardConfig): void } = new Card();
  card.setConfig({ type: "custom:any", entry_id: `${Card.name} in °F` });
  card.hass = homeOf(HOUSEHOLD, { degrees: "°F" }).hass;
  document.body.append(card);
  await vi.waitFor(() => expect(card.shadowRoot!.textContent).not.toMatch(/Loading/));
  expect(card.shadowRoot!.innerHTML).not.toMatch(/°C|\d\sK\b/);
});

it.each(CARDS)("%o leaves nothing behind, however often it is attached", async (Card) => {
  vi.useFakeTimers();
  const open = counted();
  const { hass, subscribed } = homeOf(HOUSEHOLD);
  const card: HeatpumpCard & { setConfig(config: CardConfig): void } = new Card();
  card.setConfig({ type: "custom:any", entry_id: Card.name });
  card.hass = hass;
  const seen: number[][] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    document.body.append(card);
    await vi.advanceTimersByTimeAsync(50);
    seen.push([open.listeners, vi.getTimerCount(), subscribed()]);
    card.remove();
    await vi.advanceTimersByTimeAsync(50);
    expect([open.listeners, vi.getTimerCount(), subscribed()]).toEqual([0, 0, 0]);
  }
  expect(seen[0]![2]).toBe(1);
  expect(seen[2]).toEqual(seen[0]);
});
