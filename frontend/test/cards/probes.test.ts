import { describe, expect, it } from "vitest";
import {
  aimOf,
  alarmsOf,
  curveOf,
  curveOfSession,
  heightsOf,
  sinceOf,
  statusOf,
  temperatureNow,
  timesOf,
} from "../../src/cards/probes/model";
import type { Probe, ProbeAlarm } from "../../src/data/contract";
import { FREEZER, ROAST, session, SMOKER } from "../cooks";
import { english, fahrenheit, wordsOf } from "../hass";
import { NOW } from "../households";

const { t, f } = english;
const CLOCK = Date.parse(NOW);
const MINUTE = 60_000;
const status = (probe: Probe) => statusOf(probe, t, f).text;

describe("the words of a probe", () => {
  it("are its target, its range or its limit", () => {
    const aim = (settings: Partial<Probe["settings"]>) =>
      aimOf({ ...SMOKER, settings: { ...SMOKER.settings, low_c: null, high_c: null, ...settings } }, t, f);
    expect(aim({})).toBe("no target");
    expect(aim({ target_c: 68 })).toBe("target 68\u00a0°C");
    expect(aim({ low_c: 110, high_c: 125.5 })).toBe("110 – 125.5\u00a0°C");
    expect(aim({ high_c: -15 })).toBe("alarm above \u221215\u00a0°C");
    expect(aim({ low_c: 2, target_c: 4 })).toBe("target 4\u00a0°C · alarm below 2\u00a0°C");
    expect(aimOf(FREEZER, t, f)).toContain("battery 11\u00a0%");
  });

  it("have no tenths from 100 degrees on, and a dash for what is not known", () => {
    expect(temperatureNow({ ...ROAST, temperature_c: 61.44 }, f)).toBe("61.4");
    expect(temperatureNow({ ...ROAST, temperature_c: 118.2 }, f)).toBe("118");
    expect(temperatureNow({ ...ROAST, temperature_c: 61.44 }, fahrenheit())).toBe("143");
    expect(temperatureNow(FREEZER, f)).toBe("–");
  });

  it("round the time that is left outward", () => {
    expect(status(ROAST)).toBe("ready in 20 – 29\u00a0min");
    const long = { ...ROAST.time_to_target, low_s: 6900, high_s: 9100 };
    expect(status({ ...ROAST, time_to_target: long })).toBe("ready in 1\u00a0h 55\u00a0min – 2\u00a0h 35\u00a0min");
  });

  it.each([
    ["reached", "target reached"],
    ["receding", "not approaching"],
    ["stalled", "stalled, will go on"],
    ["unknown", "too little measured yet"],
  ] as const)("say that it is %s", (approach, text) => {
    const time_to_target = { ...SMOKER.time_to_target, approach };
    expect(status({ ...ROAST, time_to_target })).toBe(text);
  });

  it("say that it stalls beside the time that is left", () => {
    const stalled = { ...ROAST, time_to_target: { ...ROAST.time_to_target, approach: "stalled" as const } };
    expect(status(stalled)).toContain("ready in");
    expect(sinceOf(stalled, t, f)).toBe("Roast, since 16:35 · stalled, will go on");
  });

  it("say what is wrong before all else", () => {
    expect(statusOf(FREEZER, t, f)).toEqual({ text: "silent since 18:12", isWarning: true });
    expect(status({ ...FREEZER, measured_at: null })).toBe("silent");
    const raised = (...alarms: ProbeAlarm[]) => status({ ...SMOKER, raised: alarms });
    expect(raised("high", "rising")).toBe("above 125\u00a0°C");
    expect(raised("low")).toBe("below 110\u00a0°C");
    expect(raised("falling")).toBe("falls too fast");
    expect(status({ ...ROAST, raised: ["target"] })).toContain("ready");
  });

  it("say since when it is in its range, if that was seen", () => {
    expect(status(SMOKER)).toBe("in range");
    expect(sinceOf(SMOKER, t, f)).toBe("in range since 16:18");
    expect(sinceOf({ ...SMOKER, curve: SMOKER.curve.slice(60) }, t, f)).toBe("");
    expect(sinceOf({ ...SMOKER, curve: [...SMOKER.curve, [CLOCK, 90]] }, t, f)).toBe("");
    expect(sinceOf(FREEZER, t, f)).toBe("");
  });
});

describe("the curve of a probe", () => {
  it("leads to the target with the range of its time", () => {
    const curve = curveOf(ROAST, CLOCK);
    expect(curve.ahead).toEqual({
      at: CLOCK + 24 * MINUTE,
      range: [CLOCK + 20.5 * MINUTE, CLOCK + (1720 / 60) * MINUTE],
    });
    expect(timesOf(curve)).toEqual([CLOCK - 109 * MINUTE, curve.ahead!.range[1]]);
    expect(heightsOf(curve)[1]).toBe(68);
  });

  it("leaves what was measured at least half of the room", () => {
    const far = { ...ROAST.time_to_target, remaining_s: 40_000, high_s: 60_000 };
    expect(timesOf(curveOf({ ...ROAST, time_to_target: far }, CLOCK))[1]).toBe(CLOCK + 109 * MINUTE);
  });

  it("goes on without values while the probe is silent", () => {
    const curve = curveOf(FREEZER, CLOCK);
    expect(curve.now - curve.points.at(-1)![0]).toBe(12 * MINUTE);
    expect(curve.ahead).toBeNull();
    // The clock of this screen is late.
    expect(curveOf(FREEZER, 0).now).toBe(curve.points.at(-1)![0]);
  });

  it("is not led by the clock of this screen while the probe is fresh", () => {
    expect(curveOf(SMOKER, CLOCK + 3_600_000).now).toBe(CLOCK);
  });

  it("does not blow up what hardly changes", () => {
    const flat = curveOf({ ...SMOKER, settings: ROAST.settings, curve: [[CLOCK, 68], [CLOCK + 1, 68.1]] }, CLOCK);
    const [low, high] = heightsOf(flat);
    expect(high - low).toBeCloseTo(5);
  });

  it("can be empty", () => {
    const empty = curveOf({ ...SMOKER, settings: { ...SMOKER.settings, low_c: null, high_c: null }, curve: [] }, CLOCK);
    expect([...timesOf(empty), ...heightsOf(empty)].every(Number.isFinite)).toBe(true);
  });

  it("takes times of both forms", () => {
    const ended = session({ key: "a", start: NOW, end: NOW, gaps: [[NOW, CLOCK + 1]] }, [[NOW, 5], [CLOCK + 1, 6]]);
    const { points, gaps } = curveOfSession(ended);
    expect(points.map(([at]) => at)).toEqual([CLOCK, CLOCK + 1]);
    expect(gaps).toEqual([[CLOCK, CLOCK + 1]]);
  });
});

describe("the alarms", () => {
  const rows = (probes: Probe[]) => alarmsOf(probes, t, f).map(({ text, detail }) => `${text}: ${detail}`);

  it("are one line for each limit", () => {
    expect(rows([ROAST, SMOKER, FREEZER])).toEqual([
      "Roast, core at 68\u00a0°C: will ring once",
      "Smoker, air outside 110 – 125\u00a0°C: after 3\u00a0min",
      "Freezer above \u221215\u00a0°C: after 10\u00a0min",
      "Freezer: silent: since 18:12",
    ]);
    const rates = { ...SMOKER.settings, high_c: null, rising_k_per_min: 2, falling_k_per_min: 1.5, hold_s: 30 };
    expect(rows([{ ...SMOKER, settings: rates, raised: ["falling"] }])).toEqual([
      "Smoker, air below 110\u00a0°C: after 30\u00a0s",
      "Smoker, air rises by 2.0\u00a0K/min: after 30\u00a0s",
      "Smoker, air falls by 1.5\u00a0K/min: raised",
    ]);
    expect(rows([{ ...SMOKER, settings: ROAST.settings, raised: ["target"] }])[0]).toContain("raised");
  });

  it("warn of all but a target", () => {
    const raised = alarmsOf([{ ...ROAST, raised: ["target"] }, { ...SMOKER, raised: ["low"] }], t, f);
    expect(raised.map(({ isRaised }) => isRaised)).toEqual([false, true]);
  });

  it("lead to the entity that sets them", () => {
    expect(alarmsOf([ROAST, FREEZER], t, f).map(({ entity }) => entity)).toEqual([
      "number.roast_target",
      "number.freezer_high",
      undefined,
    ]);
  });

  it("are said in German", () => {
    const { t: german, f: deutsch } = wordsOf("de");
    expect(alarmsOf([SMOKER], german, deutsch)[0]!.text).toBe("Smoker, air außerhalb 110 – 125\u00a0°C");
  });
});
