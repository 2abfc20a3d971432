/** Numbers, units, dates as the user of Home Assistant wants them. */

import type { Banded } from "../data/contract";
import type { HomeAssistant, Locale } from "./hass";

/** Shown for what is not known: never 0, never the last value. */
export const UNKNOWN = "–";
const APPROXIMATELY = "≈";
const MINUS = "\u2212";
/** A band wider than this share of its value, up or down, leaves one digit. */
const ROUGH = 0.1;

/** A number and its unit, which is written smaller. */
export interface Quantity {
  text: string;
  unit: string;
}

/** A number and its unit as one text. */
export function inOne({ text, unit }: Quantity): string {
  return text === UNKNOWN || !unit ? text : `${text}\u00a0${unit}`;
}

const LANGUAGE_OF_NUMBERS: Record<string, string> = {
  comma_decimal: "en-US",
  decimal_comma: "de",
  space_comma: "fr",
  quote_decimal: "de-CH",
};

export class Format {
  readonly #locale: Locale;
  readonly #zone: string;
  readonly degreeUnit: "°C" | "°F";
  readonly #formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

  /** The clock of the household, by which its days begin and end. */
  readonly household: Format;

  constructor(hass: Pick<HomeAssistant, "locale" | "config">) {
    const isServer = hass.locale.time_zone === "server";
    this.household = isServer
      ? this
      : new Format({ ...hass, locale: { ...hass.locale, time_zone: "server" } });
    this.#locale = hass.locale;
    this.#zone = isServer
      ? hass.config.time_zone
      : Intl.DateTimeFormat().resolvedOptions().timeZone;
    this.degreeUnit = hass.config.unit_system.temperature === "°F" ? "°F" : "°C";
  }

  number(value: number | null, digits: number): string {
    if (value === null) return UNKNOWN;
    // No minus in front of a zero.
    const rounded = Number(value.toFixed(digits)) || 0;
    const text = this.#numbers(digits).format(Math.abs(rounded));
    return rounded < 0 ? MINUS + text : text;
  }

  /** A power: below 100 W in W, else in kW with so many digits. */
  power(watts: number | null, digits: number, approximate = false): Quantity {
    if (watts === null) return { text: UNKNOWN, unit: "" };
    const sign = approximate ? APPROXIMATELY : "";
    return Math.abs(watts) < 100
      ? { text: sign + this.number(watts, 0), unit: "W" }
      : { text: sign + this.number(watts / 1000, digits), unit: "kW" };
  }

  energy(kwh: number | null, approximate = false): Quantity {
    if (kwh === null) return { text: UNKNOWN, unit: "kWh" };
    const digits = Math.abs(kwh) < 100 && !approximate ? 1 : 0;
    const sign = approximate ? APPROXIMATELY : "";
    return { text: sign + this.number(kwh, digits), unit: "kWh" };
  }

  temperature(celsius: number | null): Quantity {
    return { text: this.degrees(celsius), unit: celsius === null ? "" : this.degreeUnit };
  }

  /** A temperature in the unit of the household, without it. */
  degrees(celsius: number | null, digits = 1): string {
    return this.number(celsius === null ? null : this.fromCelsius(celsius), digits);
  }

  /** A difference of temperatures, without its unit. */
  difference(kelvin: number | null, digits = 1): string {
    return this.number(kelvin === null ? null : kelvin * this.degreesPerKelvin, digits);
  }

  get differenceUnit(): "K" | "°F" {
    return this.degreeUnit === "°F" ? "°F" : "K";
  }

  /** How many degrees of the shown unit a kelvin is. */
  get degreesPerKelvin(): number {
    return this.degreeUnit === "°F" ? 1.8 : 1;
  }

  fromCelsius(celsius: number): number {
    return celsius * this.degreesPerKelvin + this.#degreesAtZero;
  }

  toCelsius(degrees: number): number {
    return (degrees - this.#degreesAtZero) / this.degreesPerKelvin;
  }

  get #degreesAtZero(): number {
    return this.degreeUnit === "°F" ? 32 : 0;
  }

  /** A ratio; one with a wide band has one digit and says that it is rough. */
  ratio(value: number | null, digits: number, band?: Banded | null): string {
    if (value === null) return UNKNOWN;
    if (band && isRough(band)) return APPROXIMATELY + this.number(value, 1);
    return this.number(value, digits);
  }

  percent(share: number | null): string {
    return share === null ? UNKNOWN : `${this.number(100 * share, 0)}\u00a0%`;
  }

  /** The ends of a band, rounded outward: it may only get wider. */
  ends(band: Banded): { low: string; high: string } {
    const low = Math.floor(band.low * 10 + 1e-9) / 10;
    const high = Math.ceil(band.high * 10 - 1e-9) / 10;
    return { low: this.number(low, 1), high: this.number(high, 1) };
  }

  time(moment: string | Date): string {
    return this.#text(moment, { hour: "numeric", minute: "2-digit", ...this.#clock });
  }

  date(moment: string | Date): string {
    return this.#text(moment, { day: "numeric", month: "short", year: "numeric" });
  }

  day(moment: string | Date): string {
    return this.#text(moment, { day: "numeric", month: "short" });
  }

  /** The first and the last day of a period, in the shortest form that names both. */
  days(first: string, last: string): string {
    if (first === last) return this.date(first);
    const format = this.#dates({
      day: "numeric",
      month: "short",
      year: "numeric",
      timeZone: "UTC",
    });
    const range = format.formatRange(new Date(first), new Date(last));
    // A line may break after the dash, and nowhere else.
    return range.replaceAll(/[ \u2009]/g, "\u00a0").replace("–\u00a0", "– ");
  }

  year(day: string): string {
    return this.#text(day, { year: "numeric" });
  }

  dayOfMonth(day: string): string {
    return String(Number(day.slice(8)));
  }

  money(amount: number, currency: string, digits?: number): string {
    return new Intl.NumberFormat(this.#locale.language, {
      style: "currency",
      currency,
      ...(digits === undefined
        ? {}
        : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    }).format(amount);
  }

  /** The day and the minute of it, by the clock that is shown. */
  local(moment: string | Date): { day: string; minutes: number } {
    const parts = new Intl.DateTimeFormat("en-CA", {
      timeZone: this.#zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).formatToParts(new Date(moment));
    const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
    return {
      day: `${part("year")}-${part("month")}-${part("day")}`,
      minutes: 60 * Number(part("hour")) + Number(part("minute")),
    };
  }

  /** A full hour by its minutes since midnight; 24:00 is the end of a day. */
  hour(minutes: number): string {
    const short = this.#dates({ hour: "numeric", ...this.#clock, timeZone: "UTC" });
    const date = new Date(60_000 * minutes);
    // With "AM" nobody needs the minutes; without, a number alone is not a time.
    if (short.resolvedOptions().hour12) return short.format(date);
    if (minutes === 1440) return "24:00";
    return this.#dates({
      hour: "numeric",
      minute: "2-digit",
      ...this.#clock,
      timeZone: "UTC",
    }).format(date);
  }

  weekday(day: string, style: "short" | "narrow" = "short"): string {
    return this.#text(day, { weekday: style });
  }

  /** A length of time in hours and minutes. */
  duration(minutes: number | null): string {
    if (minutes === null) return UNKNOWN;
    const whole = Math.round(minutes);
    const [hours, rest] = [Math.floor(whole / 60), whole % 60];
    const minutesPart = rest || !hours ? `${rest}\u00a0min` : "";
    return [hours ? `${hours}\u00a0h` : "", minutesPart].filter(Boolean).join(" ");
  }

  /** A month with its year. */
  wholeMonth(moment: string | Date): string {
    return this.#text(moment, { month: "long", year: "numeric" });
  }

  month(moment: string | Date, style: "short" | "narrow" = "short"): string {
    return this.#text(moment, { month: style });
  }

  /** A local day stays that day in every time zone. */
  #text(moment: string | Date, options: Intl.DateTimeFormatOptions): string {
    const isDay = typeof moment === "string" && moment.length === 10;
    const format = this.#dates(isDay ? { ...options, timeZone: "UTC" } : options);
    return format.format(new Date(moment));
  }

  get #clock(): Intl.DateTimeFormatOptions {
    if (this.#locale.time_format === "12") return { hour12: true };
    if (this.#locale.time_format === "24") return { hourCycle: "h23" };
    return {};
  }

  #numbers(digits: number): Intl.NumberFormat {
    const { number_format: chosen, language } = this.#locale;
    const known = this.#formats.get(`n${digits}`);
    if (known) return known as Intl.NumberFormat;
    const made = new Intl.NumberFormat(
      chosen === "system" ? undefined : (LANGUAGE_OF_NUMBERS[chosen] ?? language),
      {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        useGrouping: chosen !== "none",
      },
    );
    this.#formats.set(`n${digits}`, made);
    return made;
  }

  #dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify(options);
    const known = this.#formats.get(key);
    if (known) return known as Intl.DateTimeFormat;
    const made = new Intl.DateTimeFormat(this.#locale.language, {
      timeZone: this.#zone,
      ...options,
    });
    this.#formats.set(key, made);
    return made;
  }
}

/** Whether a band is so wide that a second digit would promise too much. */
export function isRough(band: Banded): boolean {
  const half = Math.max(band.high - band.value, band.value - band.low);
  return half > ROUGH * Math.abs(band.value) + 1e-9;
}
