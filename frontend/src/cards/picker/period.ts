/** The period that the efficiency cards show. */

import type { Live } from "../../data/contract";
import type { Period } from "./steps";

export type { Calendar, Kind, Period } from "./steps";

/** The last 365 days, as the integration counts them. */
export function rollingYear({ rolling_year: { first, last } }: Live): Period {
  return { kind: "days365", first, last };
}

const EVENT = "heatpump-monitor-period";
/** What was chosen last, for cards that come later; by heat pump. */
const chosen = new Map<string, Period>();

interface Choice {
  key: string;
  period: Period;
}

/** Tell all cards of a heat pump which period to show. */
export function choose(key: string, period: Period): void {
  chosen.set(key, period);
  window.dispatchEvent(new CustomEvent<Choice>(EVENT, { detail: { key, period } }));
}

/** Follow the choice for a heat pump; return how to stop. */
export function follow(key: string, listener: (period: Period) => void): () => void {
  const onChoice = ({ detail }: CustomEvent<Choice>) => {
    if (detail.key === key) listener(detail.period);
  };
  const before = chosen.get(key);
  if (before) listener(before);
  window.addEventListener(EVENT, onChoice as EventListener);
  return () => window.removeEventListener(EVENT, onChoice as EventListener);
}
