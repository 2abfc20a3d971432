/** The card with heat, electricity and COP month by month. */

import { css, html, nothing, svg, type TemplateResult } from "lit";
import type { Figures, Live } from "../../data/contract";
import { chartStyles, gridLines, HATCH_FILL, hatchPattern, legend, UNPAIRED_FILL } from "../../lib/axes";
import { countDays, earlier, later, monthEnd, monthStart } from "../../lib/days";
import { form, PERIOD_CHOICE } from "../../lib/form";
import { Readout } from "../../lib/readout";
import {
  clamp,
  COP_AXIS,
  digitsOf,
  energyAxis,
  linear,
  type Range,
  type Scale,
  textWidth,
  ticks,
} from "../../lib/scale";
import "../../lib/texts/efficiency";
import { isJaz } from "../jaz/model";
import {
  ChangeMarks,
  drawTicks,
  type Marks,
  said,
  spoken,
  tickKey,
  within,
} from "../marks/marks";
import { PeriodCard } from "../period_card";
import { calendarOf } from "../picker/steps";
import { bandOf } from "../today/model";
import {
  type Cells,
  cells,
  type Column,
  columnSays,
  columnsOfDays,
  columnsOfMonths,
  depthOf,
  dotLabel,
  heightOf,
  isByDay,
  isHole,
  labelsOf,
  type Place,
  placesOf,
} from "./model";

/** The names of the rows, and the values of the axis. */
const LEFT_PX = { wide: 84, narrow: 40 };
const WIDE_PX = 560;
/** What four digits need, as in 2,626. */
const CELL_PX = 36;
const LEAST_PLACE_PX = 24;
/** Below this a figure at each dot would touch the next. */
const DOT_LABEL_PX = 19;
const DOT_PX = 3.5;
const TOP_PX = 14;
const COP_PX = { wide: 150, narrow: 130 };
const APART_PX = 28;
const KWH_PX = { wide: 220, narrow: 130 };
const BOTTOM_PX = 22;

/** The measures of one drawing. */
interface Frame {
  columns: Column[];
  places: Place[];
  x: Range;
  cop: Scale;
  kwh: Scale;
  kwhTicks: number[];
  copBottom: number;
  bottom: number;
  byDay: boolean;
  isWide: boolean;
  /** Of the days that are drawn. */
  marks: Marks;
}

export class MonthsCard extends PeriodCard {
  static override styles = [
    ...PeriodCard.styles,
    chartStyles,
    css`
      .chart {
        margin-top: 4px;
      }
      p {
        margin: 8px 0 0;
      }
      table {
        table-layout: fixed;
        border-collapse: collapse;
        font-size: 12px;
        line-height: 18px;
      }
      th,
      td {
        padding: 0;
        text-align: center;
        white-space: nowrap;
        font-weight: 400;
      }
      tbody th {
        color: var(--hp-quiet);
        text-align: left;
      }
      tbody tr + tr > * {
        border-top: 1px solid var(--hp-line);
      }
      .cops td {
        font-weight: 500;
      }
    `,
  ];

  readonly #readout = new Readout(this);
  readonly #changes = new ChangeMarks(this);

  static override async getConfigForm() {
    return form(PERIOD_CHOICE);
  }

  getCardSize() {
    return 10;
  }

  override getGridOptions() {
    return { columns: "full" as const, min_columns: 6 };
  }

  protected override content(live: Live): TemplateResult {
    const { t, format } = this;
    const period = this.periodOf(live);
    const { firstDay } = calendarOf(live);
    const first = later(earlier(firstDay, period.last), period.first);
    const byDay = isByDay({ first, last: period.last });
    const figures = this.figures(live, period);
    const columns = figures && this.#columns(live, byDay, figures);
    if (!columns) return this.waiting();
    const marks = within(this.#changes.of(this.hass, this.config, live, format), first, period.last);
    const frame = this.#frame(columns, byDay, marks);
    const texts = cells(columns, format);
    const months = columns.map(({ start }) => (byDay ? format.day(start) : format.month(start)));
    const hasTable = frame.isWide && Math.min(...frame.places.map((p) => p.width)) >= CELL_PX;
    const hasPart = columns.some((column) => column.isPart);
    return html`
      <div class="head">
        <h2>${t(byDay ? "day_by_day" : "month_by_month")}</h2>
        <span class="quiet">
          ${format.days(byDay ? first : period.first, period.last)}${
            hasPart && frame.isWide
              ? ` · ${t(byDay ? "hollow_part_day" : "hollow_part_month")}`
              : nothing
          }
        </span>
      </div>
      <div class="chart">
        ${this.#draw(frame, figures, !hasTable)} ${this.#layer(frame)}
        <div class=${hasTable ? "" : "only-heard"}>${this.#table(frame, months, texts)}</div>
      </div>
      ${legend(this.#legend(columns), marks.size ? tickKey(t) : "")}
      ${this.#aboutBands(frame)}
    `;
  }

  #aboutBands({ columns, cop }: Frame) {
    const known = columns.flatMap(({ own }) => own ?? []);
    if (columns.length < 2 || !known.length) return nothing;
    const isSeen = known.some(({ low, high }) => cop(low) - cop(high) > 2 * DOT_PX);
    return html`<p class="quiet">${this.t(isSeen ? "months_band" : "months_band_small")}</p>`;
  }

  #columns(live: Live, byDay: boolean, figures: Figures): Column[] | null {
    const period = this.periodOf(live);
    if (byDay) {
      const days = this.days(live, period);
      const firstDay = calendarOf(live).firstDay;
      const first = later(firstDay, period.first);
      return days && columnsOfDays(days, { ...period, first }, live.today.last);
    }
    const months = this.months(live, period);
    return months && columnsOfMonths(months, calendarOf(live).firstDay, figures);
  }

  #frame(columns: Column[], byDay: boolean, marks: Marks): Frame {
    const isWide = this.width >= WIDE_PX;
    const size = isWide ? "wide" : "narrow";
    const x: Range = [LEFT_PX[size], this.width];
    const copBottom = TOP_PX + COP_PX[size];
    const top = copBottom + APART_PX;
    const bottom = top + KWH_PX[size];
    const highest = Math.max(...columns.map(heightOf), 1);
    const axis = energyAxis(-Math.max(...columns.map(depthOf), 0), highest, 5);
    const least = isWide && !byDay && columns.length < 16 ? CELL_PX : LEAST_PLACE_PX;
    const room = (x[1] - x[0]) / Math.max(columns.length, 1);
    return {
      columns,
      places: placesOf(columns, x, byDay ? 0 : Math.min(least, room * 0.9)),
      x,
      cop: linear(COP_AXIS, [copBottom, TOP_PX]),
      kwh: linear(axis, [bottom, top]),
      kwhTicks: ticks([0, axis[1]], 5),
      copBottom,
      bottom,
      byDay,
      isWide,
      marks,
    };
  }

  #layer(frame: Frame): TemplateResult {
    const { t, format, width } = this;
    const { byDay, columns, places, cop, kwh, bottom, marks } = frame;
    return this.#readout.layer({
      label: t("arrow_keys", { name: t(byDay ? "day_by_day" : "month_by_month") }),
      width,
      height: bottom + BOTTOM_PX,
      line: [TOP_PX, bottom],
      spots: () =>
        columns.map((column, index) => ({
          x: places[index]!.centre,
          y: column.cop === null ? kwh(heightOf(column)) : cop(clamp(column.cop, COP_AXIS)),
          says: [
            ...columnSays(column, this.#nameOf(column, byDay), t, format),
            ...said(within(marks, column.start, lastOf(column, byDay)), t, format, !byDay),
          ],
        })),
    });
  }

  #nameOf({ start }: Column, byDay: boolean): string {
    const { format } = this;
    return byDay ? format.date(start) : `${format.month(start)} ${format.year(start)}`;
  }

  #draw(frame: Frame, figures: Figures, withCops: boolean): TemplateResult {
    const { t, format, width } = this;
    const { columns, places, bottom, cop, kwh, kwhTicks, x, isWide, marks } = frame;
    const height = bottom + BOTTOM_PX;
    const labels = labelsOf(columns, places, frame.byDay, format);
    const digits = digitsOf(kwhTicks);
    // The table has all figures for who cannot see the drawing.
    const words = [
      t(frame.byDay ? "day_by_day" : "month_by_month"),
      `${t("cop")} ${format.ratio(figures.cop, 2, bandOf(figures))}`,
    ];
    const hasRoom = Math.min(...places.map((place) => place.width)) >= DOT_LABEL_PX;
    return html`<svg viewBox="0 0 ${width} ${height}" style="height: ${height}px" role="img"
        aria-label="${words.join(": ")}${spoken(marks, t, format)}">
      <defs>${hatchPattern()}</defs>
      ${
        isWide
          ? svg`<text class="name" x="0" y=${cop(5) + 4}>${t("cop")}</text>
              <text class="name" x="0" y=${kwh(kwhTicks.at(-1)!) + 4}>kWh</text>`
          : svg`<text class="name" x="0" y=${TOP_PX - 4}>${t("cop")}</text>
              <text class="name" x="0" y=${kwh(kwhTicks.at(-1)!) - 9}>kWh</text>`
      }
      ${gridLines(ticks(COP_AXIS, 6), cop, x, String)}
      ${gridLines(kwhTicks, kwh, x, (value) => format.number(value, digits))}
      ${columns.map((column, index) => drawColumn(column, places[index]!, kwh, kwhTicks.at(-1)!))}
      <path class="zero" d="M${x[0]} ${kwh(0)}H${x[1]}"></path>
      ${drawTicks(placesOfMarks(frame), frame.copBottom + 4)}
      ${columns.length > 1 ? drawPeriodBand(figures, x, cop) : nothing}
      ${columns.map((column, index) => drawOwn(column, places[index]!, cop))}
      ${this.#periodLine(frame, figures, withCops && hasRoom)}
      ${columns.map((column, index) => drawDot(column, places[index]!, cop))}
      ${withCops && hasRoom ? columns.map((each, i) => this.#dotText(each, places[i]!, cop)) : nothing}
      ${labels.map(
        (label, index) => svg`<text class="tick" x=${places[index]!.centre} y=${bottom + 17}
          text-anchor="middle">${label}</text>`,
      )}
    </svg>`;
  }

  #dotText(column: Column, place: Place, cop: Scale) {
    return svg`<text class="name halo" x=${place.centre} y=${dotTextY(column, cop)}
      text-anchor="middle">${dotLabel(column, this.format)}</text>`;
  }

  /** The COP of the whole period, with its name where the dots leave the most room. */
  #periodLine(frame: Frame, figures: Figures, withCops: boolean) {
    if (figures.cop === null || frame.columns.length < 2) return nothing;
    const { t, format } = this;
    const { cop, columns, places, x } = frame;
    const y = cop(clamp(figures.cop, COP_AXIS));
    const end = places.at(-1)!.left + places.at(-1)!.width;
    const name = t(isJaz(figures) ? "jaz_short" : "cop");
    const text = `${name} ${format.ratio(figures.cop, 2, bandOf(figures))}`;
    const half = textWidth(text) / 2 + 4;
    const rooms = places.flatMap(({ centre }) =>
      [y - 6, y + 14].map((baseline) => {
        const middle = clamp(centre, [x[0] + half, x[1] - half]);
        const near = columns.flatMap((column, index) => {
          const reach = half + (withCops ? 10 : 6);
          if (column.cop === null || Math.abs(places[index]!.centre - middle) > reach) return [];
          const dot = cop(clamp(column.cop, COP_AXIS));
          const heights = withCops ? [dot, dotTextY(column, cop) - 4] : [dot];
          return heights.map((height) => Math.abs(height - (baseline - 4)));
        });
        return { middle, baseline, room: Math.min(...near, 99) };
      }),
    );
    const best = rooms.reduce((one, other) => (other.room > one.room ? other : one));
    return svg`<path d="M${x[0]} ${y}H${end}" stroke="var(--hp-ink)" stroke-width="1.5"
        stroke-dasharray="2 3"></path>
      <text class="name halo" x=${best.middle} y=${best.baseline}
        text-anchor="middle">${text}</text>`;
  }

  #table(frame: Frame, months: readonly string[], texts: Cells): TemplateResult {
    const { t } = this;
    const row = (name: string, values: readonly string[], kind = "") => html`<tr class=${kind}>
      <th scope="row">${name}</th>
      ${values.map((value) => html`<td>${value}</td>`)}
    </tr>`;
    const last = frame.places.at(-1);
    const width = last ? last.left + last.width : frame.x[1];
    return html`<table style="width: ${width}px">
      <colgroup>
        <col style="width: ${frame.x[0]}px" />
        ${frame.places.map(({ width }) => html`<col style="width: ${width}px" />`)}
      </colgroup>
      <thead class="only-heard">
        <tr>
          <th></th>
          ${months.map((month) => html`<th scope="col">${month}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${row(t("cop"), texts.cop, "cops")} ${row(t("heat_title"), texts.heat)}
        ${row(t("electricity_title"), texts.electricity)}
        ${texts.own ? row(t("of_it_own"), texts.own) : nothing}
      </tbody>
    </table>`;
  }

  #legend(columns: readonly Column[]): [role: string | null, name: string][] {
    const { t } = this;
    const roles = new Set(columns.flatMap(({ above, below }) => [...above, ...below]).map(
      ({ role }) => role,
    ));
    const entries: [string | null, string][] = [];
    if (roles.has("heating")) entries.push(["heating", t("heating")]);
    if (roles.has("hot_water")) entries.push(["hot_water", t("hot_water")]);
    entries.push(["electricity", t("electricity_in_heat")]);
    if (roles.has("defrost")) entries.push(["defrost", t("taken_by_defrost")]);
    if (roles.has("cooling")) entries.push(["cooling", t("cold")]);
    if (columns.some(hasUnknown)) entries.push([null, t("heat_unknown_legend")]);
    return entries;
  }
}

function lastOf({ start }: Column, byDay: boolean): string {
  return byDay ? start : monthEnd(start);
}

/** Where the day of each mark is, within the column of its month. */
function placesOfMarks({ marks, columns, places, byDay }: Frame): number[] {
  return [...marks.keys()].flatMap((day) => {
    const index = columns.findIndex(
      (column) => column.start <= day && day <= lastOf(column, byDay),
    );
    const [column, place] = [columns[index], places[index]];
    if (!column || !place) return [];
    const days = byDay ? 1 : column.share * countDays(monthStart(day), monthEnd(day));
    return [place.left + (place.width * (countDays(column.start, day) - 0.5)) / days];
  });
}

function hasUnknown(column: Column): boolean {
  return isHole(column) || column.unpaired > 0.002 * (column.paired + column.unpaired);
}

/** Heat from 0, and within it the electricity that became heat. */
function drawColumn(column: Column, place: Place, kwh: Scale, top: number) {
  if (isHole(column)) return block(place, 0, top, kwh, HATCH_FILL, 0.5);
  const { paired, unpaired, above, below } = column;
  let [up, down] = [0, 0];
  return svg`${above.map((part) => {
    up += part.kwh;
    return block(place, up - part.kwh, up, kwh, `var(--hp-${part.role})`, 0.92, up > part.kwh);
  })}
  ${block(place, 0, paired, kwh, "var(--hp-electricity)")}
  ${
    hasUnknown(column)
      ? [UNPAIRED_FILL, HATCH_FILL].map((fill) =>
          block(place, paired, paired + unpaired, kwh, fill),
        )
      : nothing
  }
  ${below.map((part) => {
    down -= part.kwh;
    return block(place, down, down + part.kwh, kwh, `var(--hp-${part.role})`);
  })}`;
}

/** A part of a column; a line of the card's colour parts it from the one below. */
function block(
  { centre, barWidth }: Place,
  from: number,
  to: number,
  kwh: Scale,
  fill: string,
  opacity = 1,
  isParted = false,
) {
  const height = kwh(from) - kwh(to) - (isParted ? 1 : 0);
  if (height <= 0.2) return nothing;
  return svg`<rect x=${centre - barWidth / 2} y=${kwh(to)} width=${barWidth} height=${height}
    fill=${fill} opacity=${opacity}></rect>`;
}

/** What all months can be off by together, in the same direction. */
function drawPeriodBand(figures: Figures, [left, right]: Range, cop: Scale) {
  const band = bandOf(figures);
  if (!band) return nothing;
  const [top, end] = [band.high, band.low].map((value) => cop(clamp(value, COP_AXIS)));
  return svg`<rect x=${left} y=${top} width=${right - left} height=${Math.max(end! - top!, 1)}
    fill="var(--hp-band)"></rect>`;
}

function drawOwn({ own }: Column, { centre, width }: Place, cop: Scale) {
  if (!own) return nothing;
  const [top, end] = [own.high, own.low].map((value) => cop(clamp(value, COP_AXIS)));
  const size = Math.min(12, width * 0.6);
  return svg`<rect x=${centre - size / 2} y=${top} width=${size} height=${Math.max(end! - top!, 1)}
    rx=${Math.min(size / 2, 4)} fill="var(--hp-band)"></rect>`;
}

function drawDot({ cop, isPart }: Column, { centre, width }: Place, scale: Scale) {
  if (cop === null) return nothing;
  const y = scale(clamp(cop, COP_AXIS));
  const radius = clamp(width * 0.25, [1.5, DOT_PX]);
  return isPart
    ? svg`<circle cx=${centre} cy=${y} r=${radius} fill="var(--hp-card)" stroke="var(--hp-ink)"
        stroke-width="1.8"></circle>`
    : svg`<circle cx=${centre} cy=${y} r=${radius + 0.5} fill="var(--hp-ink)"></circle>`;
}

/** Above the dot and its band. */
function dotTextY({ cop, own }: Column, scale: Scale): number {
  const y = (value: number) => scale(clamp(value, COP_AXIS));
  return Math.min(y(cop ?? 0) - 8, y(own?.high ?? 0) - 4);
}
