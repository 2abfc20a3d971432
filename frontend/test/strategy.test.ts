import { expect, test } from "vitest";
import type { HeatPumpEntry } from "../src/data/contract";
import type { HomeAssistant } from "../src/lib/hass";
import { CARD_TEXTS } from "../src/lib/texts/cards";
import { generate } from "../src/strategy/dashboard";
import { homeOf } from "./hass";
import { PASTS } from "./years";

const ENTRY: HeatPumpEntry = {
  entry_id: "one",
  title: "Vitocal",
  entities: { outside_temperature: "sensor.outside", power: "sensor.power" },
  has: { hot_water: true, maker_spf: true, tariff: true },
};

interface Dashboard {
  views: { path: string; sections: { cards: { type: string }[] }[] }[];
}

/** The names of our cards in each view. */
async function viewsOf(entry: HeatPumpEntry): Promise<Record<string, string[]>> {
  const hass: HomeAssistant = homeOf({ ...PASTS["air"]!, answer: () => [entry] }).hass;
  const { views } = (await generate({}, hass)) as Dashboard;
  return Object.fromEntries(
    views.map(({ path, sections }) => [
      path,
      sections
        .flatMap(({ cards }) => cards.map(({ type }) => type))
        .filter((type) => type.startsWith("custom:"))
        .map((type) => type.replace("custom:heatpump-monitor-", "")),
    ]),
  );
}

test("every card of the dashboard is one that there is", async () => {
  const names = Object.values(await viewsOf(ENTRY)).flat();
  expect(names.length).toBeGreaterThan(15);
  for (const name of names) expect(CARD_TEXTS).toHaveProperty([name]);
});

test("there is a card of the cost only where a tariff is entered", async () => {
  const has = { ...ENTRY.has, tariff: false };
  expect((await viewsOf(ENTRY))["efficiency"]).toContain("cost");
  const without = (await viewsOf({ ...ENTRY, has }))["efficiency"];
  expect(without).not.toContain("cost");
  expect(without).toContain("compare");
});
