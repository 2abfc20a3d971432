/** The card with the COP of each day against a temperature. */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import type { Live } from "../../data/contract";
import { chartStyles, circles, gridLines, temperatureAxis } from "../../lib/axes";
import { form, PERIOD_CHOICE } from "../../lib/form";
import { Readout, type Spot } from "../../lib/readout";
import { clamp, linear, type Range, type Scale, textWidth, ticks } from "../../lib/scale";
import { spread } from "../../lib/spread";
import "../../lib/texts/efficiency";
import { ChangeMarks, type Marks, onDay, said } from "../marks/marks";
import { PeriodCard, type PeriodConfig } from "../period_card";
import { inOne } from "../today/model";
import {
  type Against,
  type Cloud,
  clouds,
  type Mark,
  rangeOf,
  sentences,
  withoutSupply,
} from "./model";
import { switchStyles } from "./switch";

interface ScatterConfig extends PeriodConfig {
  x?: Against;
}

/** Fixed, as all axes of COPs; a mild day of a ground source comes near 7. */
const AXIS: Range = [1, 7];
const LEFT_PX = 24;
const TOP_PX = 8;
const BOTTOM_PX = 24;
const NAME_PX = 15;
/** From its top; its middle is where the value is. */
const TRIANGLE = "l2.4 4.4h-4.8z";

export class ScatterCard extends PeriodCard {
  static override styles = [
    ...PeriodCard.styles,
    chartStyles,
    switchStyles,
    css`
      p {
        margin: 4px 0 8px;
      }
      .today {
        stroke: var(--hp-ink);
        stroke-width: 2;
        vector-effect: non-scaling-stroke;
      }
      circle.today {
        fill: var(--hp-heating);
      }
      path.today {
        fill: var(--hp-hot_water);
      }
      .name.heating {
        fill: var(--hp-heating-text);
      }
      .name.hot_water {
        fill: var(--hp-hot_water);
      }
    `,
  ];
  static override properties = { ...PeriodCard.properties, against: { state: true } };

  protected declare config?: ScatterConfig;
  /** What was chosen here; the settings say what comes first. */
  declare protected against: Against | null;
  readonly #readout = new Readout(this);
  readonly #changes = new ChangeMarks(this);

  constructor() {
    super();
    this.against = null;
  }

  static override async getConfigForm() {
    return form({
      ...PERIOD_CHOICE,
      x: [
        ["outside", "x_outside"],
        ["supply", "x_supply"],
      ],
    });
  }

  getCardSize() {
    return 7;
  }

  override getGridOptions() {
    return { columns: 18, min_columns: 6 };
  }

  protected override content(live: Live): TemplateResult {
    const { t, format } = this;
    const period = this.periodOf(live);
    const days = this.days(live, period);
    if (!days) return this.waiting();
    const { without, all } = withoutSupply(days);
    const wanted = this.against ?? this.config?.x ?? "outside";
    // Without any day against the supply temperature there is nothing to switch to.
    const against = without < all ? wanted : "outside";
    const found = clouds(days, against, live.today.last);
    const said = sentences(found, against, t, format);
    const hasToday = found.some(({ marks }) => marks.some((mark) => mark.isToday));
    const words = said.length
      ? [...said, t("band_is_most_days"), hasToday ? t("ringed_today") : ""].join(" ")
      : t("too_few_for_curve");
    return html`
      <div class="head">
        <h2>${t(`cop_against_${against}`)}</h2>
        <span class="quiet">
          ${format.days(period.first, period.last)}${
            this.width > 480 ? ` · ${t("one_mark_a_day")}` : nothing
          }
        </span>
      </div>
      ${without < all ? this.#switch(against) : nothing}
      <p class="quiet">${words}</p>
      ${found.length ? this.#plot(live, found, words) : nothing}
      ${
        without && (against === "supply" || wanted === "supply")
          ? html`<p class="quiet">
              ${t("without_supply", { without: format.number(without, 0), all: format.number(all, 0) })}
            </p>`
          : nothing
      }
    `;
  }

  #switch(against: Against): TemplateResult {
    return html`<div class="switch" role="group" aria-label=${this.t("setting_x")}>
      ${(["outside", "supply"] as const).map(
        (each) => html`<button
          type="button"
          aria-pressed=${each === against}
          @click=${() => (this.against = each)}
        >
          ${this.t(`switch_${each}`)}
        </button>`,
      )}
    </div>`;
  }

  #plot(live: Live, found: readonly Cloud[], words: string): TemplateResult {
    const { width, format } = this;
    const plot = clamp(width * 0.5, [190, 280]);
    const bottom = TOP_PX + plot;
    const height = bottom + BOTTOM_PX;
    const range = rangeOf(found);
    const x = linear(range, [LEFT_PX + 8, width - 10]);
    const y = linear(AXIS, [bottom, TOP_PX]);
    const changes = this.#changes.of(this.hass, this.config, live, format);
    const layer = this.#readout.layer({
      label: this.t("arrow_keys", { name: this.t("cop_of_each_day") }),
      width,
      height,
      steps: [1, 10],
      spots: () => this.#spots(found, changes, x, y),
    });
    return html`<div class="chart"><svg viewBox="0 0 ${width} ${height}"
        style="height: ${height}px" role="img" aria-label=${words}>
      ${gridLines(ticks(AXIS, 7), y, [LEFT_PX, width], String)}
      ${temperatureAxis(range, x, bottom, width, format)}
      ${found.map((cloud) => drawBand(cloud, x, y))}
      ${found.map((cloud) => drawMarks(cloud, x, y))}
      ${found.map((cloud) => drawCurve(cloud, x, y))}
      ${found.map(({ mode, marks }) =>
        marks.filter((mark) => mark.isToday).map((mark) => drawToday(mode, mark, x, y)),
      )}
      ${this.#names(found, x, y)}
    </svg>${layer}</div>`;
  }

  #spots(found: readonly Cloud[], changes: Marks, x: Scale, y: Scale): Spot[] {
    const { t, format } = this;
    return found
      .flatMap(({ mode, marks }) =>
        marks.map((mark) => ({
          x: x(mark.x),
          y: y(clamp(mark.y, AXIS)),
          // Only the one that is found is put into words.
          get says() {
            return [
              format.date(mark.day),
              `${t(mode)} ${inOne(format.temperature(mark.x))}`,
              `${t("cop")} ${format.number(mark.y, 1)}`,
              ...said(onDay(changes, mark.day), t, format),
            ];
          },
        })),
      )
      .sort((one, other) => one.x - other.x);
  }

  /** Each name above the higher end of its curve. */
  #names(found: readonly Cloud[], x: Scale, y: Scale) {
    const places = found.flatMap(({ mode, curve }) => {
      const [first, last] = [curve[0], curve.at(-1)];
      if (!first || !last) return [];
      const end = first.y > last.y ? first : last;
      const name = this.t(mode);
      const top = y(clamp(end.y + end.spread, AXIS)) - 8;
      return [{ mode, name, x: x(end.x), y: Math.max(top, TOP_PX + 11) }];
    });
    places.sort((one, other) => one.y - other.y);
    const rows = spread(
      places.map((place) => place.y),
      NAME_PX,
      [TOP_PX + 11, y(AXIS[0]) - 4],
    );
    return places.map(({ mode, name, x: end }, index) => {
      const half = textWidth(name, 12);
      const right = clamp(end + half / 2, [LEFT_PX + half, this.width - 2]);
      return svg`<text class="name halo ${mode}" x=${right} y=${rows[index]}
        text-anchor="end">${name}</text>`;
    });
  }
}

function drawBand({ mode, curve }: Cloud, x: Scale, y: Scale) {
  if (curve.length < 2) return nothing;
  const at = (px: number, cop: number) => `${x(px).toFixed(1)} ${y(clamp(cop, AXIS)).toFixed(1)}`;
  const top = curve.map((point) => at(point.x, point.y + point.spread));
  const bottom = curve.map((point) => at(point.x, point.y - point.spread)).reverse();
  return svg`<path d="M${[...top, ...bottom].join("L")}Z" fill="var(--hp-${mode})"
    opacity="0.15"></path>`;
}

function drawCurve({ mode, curve }: Cloud, x: Scale, y: Scale) {
  if (curve.length < 2) return nothing;
  const points = curve.map(
    (point) => `${x(point.x).toFixed(1)} ${y(clamp(point.y, AXIS)).toFixed(1)}`,
  );
  const path = `M${points.join("L")}`;
  return svg`<path d=${path} fill="none" stroke="var(--hp-card)" stroke-width="4"></path>
    <path d=${path} fill="none" stroke="var(--hp-${mode})" stroke-width="2"></path>`;
}

/** A circle for heating, a triangle for hot water: the form tells it without colour. */
function drawMarks({ mode, marks }: Cloud, x: Scale, y: Scale) {
  const places = marks
    .filter((mark) => !mark.isToday)
    .map((mark) => [x(mark.x), y(clamp(mark.y, AXIS))] as const);
  if (mode === "heating") return circles(places, 2.1, "var(--hp-heating)", 0.55);
  const path = places.map(([px, py]) => `M${px.toFixed(1)} ${(py - 2.6).toFixed(1)}${TRIANGLE}`);
  return svg`<path d=${path.join("")} fill="var(--hp-hot_water)" opacity="0.55"></path>`;
}

function drawToday(mode: Cloud["mode"], mark: Mark, x: Scale, y: Scale) {
  const [px, py] = [x(mark.x), y(clamp(mark.y, AXIS))];
  return mode === "heating"
    ? svg`<circle class="today" cx=${px} cy=${py} r="4.6"></circle>`
    : svg`<path class="today" transform="translate(${px} ${py}) scale(2.2)"
        d="M0 -2.6${TRIANGLE}"></path>`;
}
