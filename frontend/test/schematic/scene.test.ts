import { describe, expect, it } from "vitest";
import { LAYOUTS, layoutName, sceneOf } from "../../src/cards/schematic/layouts";
import { picture } from "../../src/cards/schematic/model";
import { type Band, chevrons, pathOf, widthOf, wrapped } from "../../src/cards/schematic/scene";
import { english } from "../hass";
import { HOUSEHOLDS, NOW } from "../households";

const WIDE_FROM_PX = 640;
const [wide, tall] = [await LAYOUTS.wide(), await LAYOUTS.tall()];

function scene(household: string, width: number) {
  const shown = picture(HOUSEHOLDS[household]!, new Date(NOW), english.t, english.f);
  const layout = layoutName(width) === "wide" ? wide : tall;
  return sceneOf(layout, shown, width, english.t);
}

const bandOf = (bands: readonly Band[], id: string) => bands.find((each) => each.id === id)!;

/** The upper and the lower edge of a band where it ends. */
function edges({ points, stream }: Band) {
  const y = points.at(-1)![1];
  return [y - stream.width / 2, y + stream.width / 2] as const;
}

describe("sceneOf", () => {
  it("lays source and electricity side by side into the heat", () => {
    const { bands } = scene("heating", 810);
    const source = edges(bandOf(bands, "source"));
    const electricity = edges(bandOf(bands, "electricity"));
    const heat = edges(bandOf(bands, "heat"));
    expect(source[0]).toBeCloseTo(heat[0]);
    expect(source[1]).toBeCloseTo(electricity[0]);
    expect(electricity[1]).toBeCloseTo(heat[1]);
  });

  it("leads electricity to the source where heat goes there", () => {
    const { bands } = scene("defrost", 810);
    const electricity = bandOf(bands, "electricity");
    expect(electricity.points.at(-1)![0]).toBe(bandOf(bands, "source").points.at(-1)![0]);
    expect(bandOf(bands, "source").role).toBe("defrost");
  });

  it("ends the thread of standby at the unit's edge", () => {
    for (const width of [300, 810]) {
      const { bands, nodes } = scene("standby", width);
      const unit = nodes.find(({ kind }) => kind === "unit")!;
      expect(bandOf(bands, "electricity").points.at(-1)![1]).toBe(unit.y + unit.height);
    }
  });

  it("has a narrower band before the heater, on the side of the source", () => {
    const { bands } = scene("heater", 810);
    const [before, behind] = [bandOf(bands, "pumped"), bandOf(bands, "heat")];
    expect(edges(before)[0]).toBeCloseTo(edges(behind)[0]);
    expect(bandOf(bands, "heater").stream.motion).toBe("flowing");
  });

  it("keeps all parts inside, from the narrowest phone to a wall", () => {
    for (const household of Object.keys(HOUSEHOLDS)) {
      for (const width of [252, 300, 400, 639, WIDE_FROM_PX, 800, 1100]) {
        const { nodes, height } = scene(household, width);
        for (const each of nodes) {
          expect(each.x).toBeGreaterThanOrEqual(0);
          expect(each.x + each.width).toBeLessThanOrEqual(width);
          expect(each.y + each.height).toBeLessThanOrEqual(height);
        }
      }
    }
  });
});

describe("pathOf", () => {
  it("rounds corners", () => {
    expect(
      pathOf(
        [
          [0, 0],
          [100, 0],
          [100, 50],
        ],
        10,
      ),
    ).toBe("M0 0L90 0Q100 0 100 10L100 50");
  });
});

describe("chevrons", () => {
  it("point along the line, or against it", () => {
    const line = [
      [0, 0],
      [60, 0],
    ] as const;
    expect(chevrons(line, false)).toEqual([
      { x: 13, y: 0, degrees: 0 },
      { x: 47, y: 0, degrees: 0 },
    ]);
    expect(chevrons(line, true)[0]!.degrees).toBe(180);
  });
});

describe("words", () => {
  it("go on a second line where there is no room", () => {
    const text = "no method knows the heat";
    const room = widthOf({ text: "no method knows", unit: "" });
    expect(wrapped(0, 10, "start", text, room).map((each) => [each.text, each.y])).toEqual([
      ["no method knows", 10],
      ["the heat", 26],
    ]);
  });
});
