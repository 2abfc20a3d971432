// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from "vitest";
import { ChangeLogCard } from "../../src/cards/change_log/card";
import { ChangesEffectCard } from "../../src/cards/changes_effect/card";
import { HeatingCurveCard } from "../../src/cards/heating_curve/card";
import type { ChangeEntry, Changes } from "../../src/data/contract";
import type { HomeAssistant } from "../../src/lib/hass";
import { CHANGED } from "../changes";
import { homeOf, type Household, type Message } from "../hass";

const CARDS = {
  "heating-curve": HeatingCurveCard,
  "changes-effect": ChangesEffectCard,
  "change-log": ChangeLogCard,
};
type Name = keyof typeof CARDS;
type Card = HeatingCurveCard | ChangesEffectCard | ChangeLogCard;
const NAMES = Object.keys(CARDS) as Name[];
for (const [name, Card] of Object.entries(CARDS)) customElements.define(`changes-${name}`, Card);

const AIR = CHANGED["air"]!;

afterEach(() => document.body.replaceChildren());

async function show(name: Name, hass: HomeAssistant, more: object = {}): Promise<Card> {
  const card: Card = new CARDS[name]();
  card.setConfig({ type: name, ...more });
  card.hass = hass;
  document.body.append(card);
  await settled(card);
  return card;
}

async function settled(card: Card): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await card.updateComplete;
    await new Promise((done) => setTimeout(done));
  }
}

const rootOf = (card: Card) => card.shadowRoot!.querySelector(".card")!;
const textOf = (card: Card) => (rootOf(card).textContent ?? "").replace(/\s+/g, " ").trim();
const all = (card: Card, selector: string) => [
  ...rootOf(card).querySelectorAll<HTMLElement>(selector),
];
const askedOf = (asked: readonly Message[], what: string) =>
  asked.filter(({ type }) => type === `heatpump_monitor/${what}`).length;

async function press(card: Card, name: string): Promise<void> {
  const found = all(card, "button").find(
    (each) => each.textContent!.trim() === name || each.getAttribute("aria-label") === name,
  );
  if (!found) throw new Error(`no button ${name}`);
  found.click();
  await settled(card);
}

async function enter(card: Card, selector: string, value: string): Promise<void> {
  const field = rootOf(card).querySelector<HTMLInputElement>(selector)!;
  field.value = value;
  field.dispatchEvent(new Event(field.localName === "select" ? "change" : "input"));
  await settled(card);
}

/** A household whose actions are refused with what this returns, if anything. */
function refusing(refusal: () => object | null): Household {
  return {
    ...AIR,
    answer(message) {
      const refused = message.type === "call_service" ? refusal() : null;
      return refused ? Promise.reject(refused) : AIR.answer!(message);
    },
  };
}

describe.each(NAMES)("%s", (name) => {
  it.each(Object.keys(CHANGED))("draws the household %s", async (household) => {
    for (const language of ["en", "de"]) {
      const card = await show(name, homeOf(CHANGED[household]!, { language }).hass);
      expect(textOf(card)).not.toMatch(/^$|Loading|Wird geladen/);
      for (const layer of all(card, ".readout")) {
        layer.dispatchEvent(new KeyboardEvent("keydown", { key: "Home" }));
        await card.updateComplete;
        expect(layer.querySelector("[aria-live]")!.textContent).not.toBe("");
      }
      for (const row of all(card, ".row")) {
        row.click();
        await card.updateComplete;
      }
      expect(card.shadowRoot!.innerHTML).not.toMatch(/NaN|undefined|Infinity|>null/);
      card.remove();
    }
  });

  it("has settings, a size, and words where nothing answers", async () => {
    expect((await CARDS[name].getConfigForm()).schema[0]!.name).toBe("entry_id");
    expect(new CARDS[name]().getCardSize()).toBeGreaterThan(0);
    const answer = () => Promise.reject(new Error("no"));
    const card = await show(name, homeOf({ live: AIR.live, answer }).hass);
    expect(textOf(card)).toContain("could not be loaded");
    expect(textOf(card)).not.toMatch(/Nothing|no heating curve/);
  });

  it("asks again when something was changed, and not before", async () => {
    const { hass, asked, send } = homeOf(AIR);
    const card = await show(name, hass, { entry_id: "air" });
    send({ ...AIR.live, time: "2026-11-12T19:30:00+01:00" });
    await settled(card);
    expect(askedOf(asked, "changes")).toBe(1);
    send({ ...AIR.live, changes_at: "2026-11-12T19:31:00+01:00" });
    await settled(card);
    expect(askedOf(asked, "changes")).toBe(2);
    expect(textOf(card)).not.toMatch(/Loading/);
    expect(asked.find(({ type }) => type.endsWith("/changes"))).toMatchObject({ language: "en" });
  });
});

describe("the heating curve", () => {
  it("is one sentence for who cannot see it", async () => {
    const card = await show("heating-curve", homeOf(AIR).hass);
    expect(rootOf(card).querySelector("svg")!.getAttribute("aria-label")).toMatch(
      /^Heating curve and what the unit did Set: slope 0\.8\. Before Sep 24: slope 1\.0\. Since Sep 24, 8 of 10/,
    );
    expect(textOf(card)).toContain("Supply °C by run; grey: before Sep 24");
    expect(all(card, ".curve")).toHaveLength(2);
    expect(all(card, "circle.now")).toHaveLength(1);
  });

  it("is that of the circuit in the settings, or of the one that is chosen", async () => {
    const { hass } = homeOf(CHANGED["many"]!);
    const card = await show("heating-curve", hass, { circuit: "1" });
    const pressed = () => all(card, '[aria-pressed="true"]').map((each) => each.textContent!.trim());
    expect(pressed()).toEqual(["Circuit 2"]);
    expect(textOf(card)).toContain("slope 0.5, shift 3");
    await press(card, "Circuit 1");
    expect(pressed()).toEqual(["Circuit 1"]);
    expect(textOf(card)).toContain("slope 0.3");
    const other = await show("heating-curve", homeOf(AIR).hass, { circuit: "3" });
    expect(all(other, ".curve")).toHaveLength(2);
  });

  it("says that the unit reports none, without axes", async () => {
    const card = await show("heating-curve", homeOf(CHANGED["no_curve"]!).hass);
    expect(textOf(card)).toContain("The unit reports no heating curve.");
    expect(all(card, "svg")).toHaveLength(0);
  });
});

describe("what each change did", () => {
  it("opens to its details, one at a time", async () => {
    const card = await show("changes-effect", homeOf(AIR).hass);
    const open = () => all(card, ".row").map((each) => each.getAttribute("aria-expanded"));
    all(card, ".row")[1]!.click();
    await settled(card);
    expect(open()).toEqual(["false", "true", "false", "false", "false"]);
    expect(textOf(card)).toContain("explains it");
    all(card, ".row")[2]!.click();
    await settled(card);
    expect(open()).toEqual(["false", "false", "true", "false", "false"]);
    expect(textOf(card)).toContain("Minus: it costs more.");
    all(card, ".row")[2]!.click();
    await settled(card);
    expect(all(card, "table")).toHaveLength(0);
  });

  it("says all that it draws", async () => {
    const card = await show("changes-effect", homeOf(AIR).hass);
    const said = all(card, ".row").map((each) => each.textContent!.replace(/\s+/g, " "));
    expect(said[0]).toMatch(/Hot-water temperature.*Nov 3.*about 20 more days needed/);
    expect(said[1]).toMatch(/\+6\.4 %.*\+2\.8 to \+10\.0 %/);
  });

  it("shows eight, and all when asked", async () => {
    const card = await show("changes-effect", homeOf(CHANGED["many"]!).hass);
    expect(all(card, ".row")).toHaveLength(8);
    await press(card, "Show all 46");
    expect(all(card, ".row")).toHaveLength(46);
    await press(card, "Show fewer");
    expect(all(card, ".row")).toHaveLength(8);
  });
});

describe("the change log", () => {
  it("shows twenty more at a time, of what is chosen", async () => {
    const card = await show("change-log", homeOf(CHANGED["many"]!).hass);
    expect(all(card, "li")).toHaveLength(20);
    await press(card, "Show 20 more");
    expect(all(card, "li")).toHaveLength(40);
    await enter(card, "select", "note");
    expect(all(card, "li")).toHaveLength(20);
    await press(card, "Show 4 more");
    expect(all(card, "li")).toHaveLength(24);
    expect(all(card, "button").map((each) => each.textContent!.trim())).not.toContain("Show");
  });

  it("says where older ones are", async () => {
    const { entries } = AIR.answer!({ type: "heatpump_monitor/changes" }) as Changes;
    const many = Array.from({ length: 500 }, (_, id) => ({ ...entries[0]!, id }));
    const answer = () => ({ entries: many, circuits: [] });
    const card = await show("change-log", homeOf({ live: AIR.live, answer }).hass);
    expect(textOf(card)).not.toContain("Older ones");
    for (let page = 1; page < 25; page += 1) await press(card, "Show 20 more");
    expect(textOf(card)).toContain("Older ones: action “Get change log”.");
  });

  it("has an entry of a newer version", async () => {
    const { entries } = AIR.answer!({ type: "heatpump_monitor/changes" }) as Changes;
    const newer = { ...entries[0]!, source: "weather" } as unknown as ChangeEntry;
    const answer = () => ({ entries: [newer], circuits: [] });
    const card = await show("change-log", homeOf({ live: AIR.live, answer }).hass);
    expect(textOf(card)).toContain("weather · Nov 3");
  });
});

describe("a note", () => {
  const calls = (asked: readonly Message[]) => asked.filter(({ type }) => type === "call_service");
  const valueOf = (card: Card, selector: string) =>
    rootOf(card).querySelector<HTMLInputElement>(selector)!.value;

  it.each(["changes-effect", "change-log"] as const)("is added in %s, and shown", async (name) => {
    const { hass, asked, send } = homeOf(AIR);
    const card = await show(name, hass);
    const other = await show("heating-curve", hass);
    expect(askedOf(asked, "changes")).toBe(1);
    await press(card, "Add a note");
    await press(card, "Save");
    expect(textOf(card)).toContain("Please write what was done.");
    await enter(card, "textarea", "New filter");
    await enter(card, "form select", "repair");
    await enter(card, "input", "2026-11-01T08:30");
    await press(card, "Save");
    expect(calls(asked)).toMatchObject([
      {
        service: "add_note",
        service_data: { text: "New filter", category: "repair", time: "2026-11-01T08:30" },
      },
    ]);
    expect(all(card, "form")).toHaveLength(0);
    expect(textOf(card)).toContain("The note is in the change log.");
    // All cards of the page share the answer.
    send({ ...AIR.live, changes_at: "2026-11-12T19:31:00+01:00" });
    await settled(card);
    await settled(other);
    expect(askedOf(asked, "changes")).toBe(2);
  });

  it("keeps what was typed when it is refused, and while the heat pump is away", async () => {
    let refusal: object | null = { code: "x", translation_key: "notes_full", translation_placeholders: { limit: "2000" } };
    const { hass, send } = homeOf(refusing(() => refusal));
    const card = await show("change-log", hass);
    await press(card, "Add a note");
    await enter(card, "textarea", "New filter");
    await enter(card, "form select", "usage");
    await press(card, "Save");
    expect(textOf(card)).toContain("There are already 2000 notes.");
    send(null as never);
    await settled(card);
    expect(all(card, "form")).toHaveLength(0);
    send({ ...AIR.live, time: "2026-11-12T20:00:00+01:00" });
    await settled(card);
    expect(valueOf(card, "textarea")).toBe("New filter");
    expect(rootOf(card).querySelector<HTMLOptionElement>("form option[selected]")!.value).toBe("usage");
    refusal = null;
    await press(card, "Save");
    expect(textOf(card)).toContain("The note is in the change log.");
  });

  it("is sent once, however often one presses", async () => {
    let release = () => {};
    const { hass, asked } = homeOf({
      ...AIR,
      answer: (message) =>
        message.type === "call_service"
          ? new Promise<void>((done) => (release = done))
          : AIR.answer!(message),
    });
    const card = await show("change-log", hass);
    await press(card, "Add a note");
    await enter(card, "textarea", "New filter");
    const form = all(card, "form")[0]!;
    for (let time = 0; time < 3; time += 1) form.dispatchEvent(new Event("submit"));
    await settled(card);
    expect(calls(asked)).toHaveLength(1);
    release();
    await settled(card);
    expect(all(card, "form")).toHaveLength(0);
  });

  it("is changed where it stands", async () => {
    const { hass, asked } = homeOf(AIR);
    const card = await show("change-log", hass);
    await press(card, "Edit note");
    expect(all(card, "li form")).toHaveLength(1);
    expect(valueOf(card, "textarea")).toBe("Filter cleaned, pressure raised to 1.8 bar");
    await enter(card, "textarea", "Filter cleaned");
    await press(card, "Save");
    expect(calls(asked)).toMatchObject([
      { service: "edit_note", service_data: { text: "Filter cleaned", category: "maintenance" } },
    ]);
  });

  it("that is being changed stays in sight when its entry does not", async () => {
    const card = await show("change-log", homeOf(AIR).hass);
    await press(card, "Edit note");
    await enter(card, ".bar select", "unit");
    expect(all(card, "form")).toHaveLength(1);
    await press(card, "Cancel");
    expect(all(card, "form")).toHaveLength(0);
  });

  it("is deleted at the second press only", async () => {
    const { hass, asked } = homeOf(AIR);
    const card = await show("change-log", hass);
    await press(card, "Edit note");
    await press(card, "Delete");
    expect(calls(asked)).toHaveLength(0);
    await press(card, "Delete for good");
    expect(calls(asked)).toMatchObject([{ service_data: { delete: true } }]);
    expect(textOf(card)).toContain("The note is deleted.");
  });

  it("that was deleted meanwhile is saved as a new one, or is deleted", async () => {
    let isGone = true;
    const gone = { code: "service_validation_error", translation_key: "note_unknown" };
    const { hass, asked } = homeOf(refusing(() => (isGone ? gone : null)));
    const card = await show("change-log", hass);
    await press(card, "Edit note");
    await press(card, "Save");
    expect(textOf(card)).toContain("This note was deleted meanwhile.");
    isGone = false;
    await press(card, "Save");
    expect(calls(asked).at(-1)).toMatchObject({ service: "add_note" });
    isGone = true;
    await press(card, "Edit note");
    await press(card, "Delete");
    await press(card, "Delete for good");
    expect(textOf(card)).toContain("The note is deleted.");
  });

  it("is offered only to who may write it", async () => {
    for (const name of ["changes-effect", "change-log"] as const) {
      const card = await show(name, { ...homeOf(AIR).hass, services: {} });
      expect(textOf(card)).not.toContain("Add a note");
      expect(all(card, ".edit")).toHaveLength(0);
    }
  });
});
