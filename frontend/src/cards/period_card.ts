/** A card about a period: as wide as its cell, with the days and sums it asked for. */

import type { PropertyValues } from "lit";
import { askDays, askFigures, askMonths, type Span } from "../data/ask";
import type { Bucket, Figures, Live } from "../data/contract";
import type { CardConfig, HomeAssistant } from "../lib/hass";
import { follow, type Period, rollingYear } from "./picker/period";
import { QuestionCard } from "./question_card";

export interface PeriodConfig extends CardConfig {
  /** Whether the picker's period is shown, or always the last 365 days. */
  period?: "picked" | "days365";
}

export abstract class PeriodCard extends QuestionCard {
  static override properties = {
    ...QuestionCard.properties,
    period: { state: true },
  };

  declare protected period: Period | null;
  protected declare config?: PeriodConfig;
  #unfollow: (() => void) | null = null;

  constructor() {
    super();
    this.period = null;
  }

  /** What is sent every few seconds is of now: these cards show what is counted. */
  protected override shouldUpdate(changed: PropertyValues): boolean {
    const before = changed.get("live") as Live | null | undefined;
    if (changed.size > 1 || !before || !this.live) return super.shouldUpdate(changed);
    return countedOf(before) !== countedOf(this.live);
  }

  /** What is shown without a setting. */
  protected get usualPeriod(): NonNullable<PeriodConfig["period"]> {
    return "picked";
  }

  override setConfig(config: PeriodConfig): void {
    super.setConfig(config);
    this.#follow();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unfollow?.();
    this.#unfollow = null;
  }

  protected periodOf(live: Live): Period {
    return this.period ?? rollingYear(live);
  }

  /** The days of the period; today's figures are those of now. Each slot has its own. */
  protected days(live: Live, span: Span, slot = ""): Bucket[] | null {
    const days = this.ask("days", live, span, askDays, slot);
    return days && withToday(days, live.today);
  }

  protected figures(live: Live, span: Span, slot = ""): Figures | null {
    for (const known of [live.rolling_year, live.today]) {
      if (known.first === span.first && known.last === span.last) return known;
    }
    return this.ask("figures", live, span, askFigures, slot);
  }

  protected months(live: Live, span: Span): Figures[] | null {
    return this.ask("months", live, span, askMonths);
  }

  protected ask<T>(
    what: string,
    live: Live,
    { first, last }: Span,
    ask: (hass: HomeAssistant, id: string | undefined, span: Span) => Promise<T>,
    slot = "",
  ): T | null {
    // A new day moves what was today's into the past: what is known then is asked again.
    const question = [what, first, last, live.today.last].join();
    return this.answerTo(what + slot, question, (hass, id) => ask(hass, id, { first, last }));
  }

  #follow(): void {
    this.#unfollow?.();
    this.#unfollow = null;
    this.period = null;
    const { config } = this;
    if (!config || !this.isConnected) return;
    if ((config.period ?? this.usualPeriod) !== "picked") return;
    this.#unfollow = follow(config.entry_id ?? "", (period) => (this.period = period));
  }
}

function countedOf({ today, rolling_year, first_day, source_kind }: Live): string {
  return JSON.stringify([today, rolling_year, first_day, source_kind]);
}

/** Put what is known of today now in the place of what was known of it when asked. */
export function withToday(days: readonly Bucket[], today: Figures): Bucket[] {
  return days.map((day) => {
    if (day.start !== today.last) return day;
    const modes: Bucket["modes"] = {};
    for (const [mode, sums] of Object.entries(today.modes)) {
      const key = mode as keyof Bucket["modes"];
      modes[key] = { ...sums, supply_c: day.modes[key]?.supply_c ?? null };
    }
    return {
      ...day,
      electricity_kwh: today.electricity_kwh,
      paired_electricity_kwh: today.paired_electricity_kwh,
      unpaired_electricity_kwh: today.unpaired_electricity_kwh,
      heat_kwh: today.heat_kwh,
      coverage: today.coverage,
      outside_c: today.outside_c ?? day.outside_c,
      modes,
    };
  });
}
