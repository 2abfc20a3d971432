/** Invented house meters: 12 Nov 2026, 18:24, and what they answer. */

import type { House, HouseDay, MonthPeak, QuarterHour } from "../src/data/contract";
import { addDays, countDays, later, monthStart } from "../src/lib/days";
import type { Household, Message } from "./hass";
import { HEATING, NOW } from "./households";
import { numbers } from "./numbers";

const QUARTER_MS = 900_000;
export const QUARTER = "2026-11-12T17:15:00+00:00";
const TODAY = NOW.slice(0, 10);
const SET_UP = "2026-09-09";
const PUMP = "01AIR";
const PEAK = { start: "2026-11-07T06:45:00+00:00", average_w: 4290, parts_wh: { [PUMP]: 645 } };

const PEAKS_W = [4400, 4610, 4700, 4480, 4130, 3910, 3620, 3370, 3280, 3510, 4010, PEAK.average_w];

function peakOf(peak_w: number, index: number): MonthPeak {
  const month = monthStart(TODAY, index - 11);
  const isNow = month === monthStart(TODAY);
  return {
    month,
    peak_w,
    at: isNow ? PEAK.start : `${addDays(month, 9)}T17:30:00+00:00`,
    basis: index === 3 ? "meter" : "counted",
    parts_wh: isNow ? PEAK.parts_wh : {},
  };
}

const MONTHS = PEAKS_W.map(peakOf);

export const HOUSE: House = {
  running: {
    start: QUARTER,
    so_far_w: 2310,
    forecast_w: 3700,
    headroom_w: 5500,
    limit_w: 4500,
    parts_wh: { [PUMP]: 180 },
    ends_in_s: 348,
  },
  limit_w: 4500,
  least_peak_w: 2500,
  heat_pumps: { [PUMP]: "Vitocal 252-A" },
  entities: { quarter_forecast: "sensor.forecast", month_peak: "sensor.month_peak" },
  month_peak: MONTHS.at(-1)!,
  billing: {
    peak_w: PEAKS_W.reduce((sum, each) => sum + each, 0) / 12,
    cost_per_year: 214.3,
    months: MONTHS,
  },
  currency: "EUR",
};

/** The quarter-hours of a local day in Berlin, from 0:00 until now. */
function quartersOf(day: string, hasPump: boolean, isHoled: boolean): QuarterHour[] {
  const next = numbers(Number(day.slice(8)) + 3);
  const start = Date.parse(`${day}T00:00:00+01:00`);
  return Array.from({ length: 96 }, (_, index) => {
    const at = start + index * QUARTER_MS;
    const hour = index / 4;
    const pump = hasPump && index % 7 < 4 ? 330 + 260 * next() : 12;
    const house = 50 + 200 * next() * (hour > 17 && hour < 22 ? 2 : hour < 6 ? 0.2 : 1);
    const isKnown = !(isHoled && index >= 30 && index < 38);
    const isPeak = at === Date.parse(PEAK.start) && hasPump;
    return {
      start: new Date(at).toISOString(),
      average_w: !isKnown ? null : isPeak ? PEAK.average_w : 4 * (pump + house),
      parts_wh: hasPump ? (isPeak ? PEAK.parts_wh : { [PUMP]: pump }) : {},
    };
  }).filter(({ start }) => Date.parse(start) < Date.parse(QUARTER));
}

function dayOf(day: string, hasPump: boolean): HouseDay {
  const isHoled = day.endsWith("-04");
  const quarters = quartersOf(day, hasPump, isHoled);
  if (day.endsWith("-10")) return { day, peak: null, incomplete: 96 };
  const [highest] = quarters
    .filter(({ average_w }) => average_w !== null)
    .sort((one, other) => other.average_w! - one.average_w!);
  return {
    day,
    peak: { ...highest!, average_w: highest!.average_w! },
    incomplete: isHoled ? 8 : 0,
  };
}

/** What a house meter answers. */
export function gridOf(house: House): Household {
  const hasPump = Object.keys(house.heat_pumps).length > 0;
  return {
    live: HEATING,
    states: { "sensor.forecast": { state: "3.7", attributes: {} } },
    answer: ({ type, first = TODAY, last = TODAY }: Message) => {
      const start = later(first, SET_UP);
      const days = Array.from({ length: countDays(start, last) }, (_, index) => addDays(start, index));
      const answers: Record<string, () => unknown> = {
        house: () => house,
        house_days: () => (house.billing.months.length ? days.map((day) => dayOf(day, hasPump)) : []),
        quarters: () => days.flatMap((day) => quartersOf(day, hasPump, day.endsWith("-04"))),
      };
      const answer = answers[type.replace("heatpump_monitor/", "")];
      if (!answer) throw new Error(`${type} is not answered`);
      return answer();
    },
  };
}

const { running } = HOUSE;

/** A house without a heat pump, whose months are few and small. */
const ALONE: House = {
  ...HOUSE,
  heat_pumps: {},
  limit_w: null,
  running: { ...running!, parts_wh: {}, limit_w: 2500, forecast_w: 2640, so_far_w: 900, headroom_w: 2140 },
  month_peak: { month: "2026-11-01", peak_w: 2210, at: null, basis: "corrected", parts_wh: {} },
  billing: {
    peak_w: 2700,
    cost_per_year: null,
    months: [
      { month: "2026-08-01", peak_w: 3100, at: null, basis: "corrected", parts_wh: {} },
      { month: "2026-10-01", peak_w: 1900, at: "2026-10-02T17:15:00+00:00", basis: "counted", parts_wh: {} },
      { month: "2026-11-01", peak_w: 2210, at: null, basis: "corrected", parts_wh: {} },
    ],
  },
};

export const GRIDS: Record<string, Household> = {
  air: gridOf(HOUSE),
  over: gridOf({
    ...HOUSE,
    running: { ...running!, so_far_w: 4470, forecast_w: 4620, headroom_w: -300, ends_in_s: 52, parts_wh: { [PUMP]: 640 } },
  }),
  far: gridOf({ ...HOUSE, limit_w: 9200, running: { ...running!, limit_w: 9200, headroom_w: 27_300 } }),
  alone: gridOf(ALONE),
  restarted: gridOf({
    ...HOUSE,
    running: { ...running!, so_far_w: null, forecast_w: null, headroom_w: null, parts_wh: {} },
  }),
  new: gridOf({
    ...ALONE,
    running: null,
    month_peak: null,
    billing: { peak_w: null, cost_per_year: null, months: [] },
  }),
};
