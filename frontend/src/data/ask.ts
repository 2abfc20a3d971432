/** Questions to the integration over Home Assistant's websocket; nothing polls. */

import type { HomeAssistant } from "../lib/hass";
import type {
  Bucket,
  Changes,
  Entry,
  Expected,
  Export,
  Figures,
  Flag,
  Health,
  HeatLoss,
  House,
  HouseDay,
  Moment,
  Probe,
  QuarterHour,
  Run,
  Session,
} from "./contract";
import { earned } from "./earned";

export interface Span {
  /** First and last local day, both included, as `2026-01-31`. */
  first: string;
  last: string;
}

type Asked = Pick<HomeAssistant, "callWS" | "locale">;

function ask<T>(hass: Asked, what: string, entryId: string | undefined, more: object = {}) {
  return hass.callWS<T>({
    type: `heatpump_monitor/${what}`,
    ...(entryId === undefined ? {} : { entry_id: entryId }),
    ...more,
  });
}

export const askDays = (hass: Asked, entryId: string | undefined, span: Span) =>
  ask<Bucket[]>(hass, "days", entryId, span);

export const askFigures = async (hass: Asked, entryId: string | undefined, span: Span) =>
  earned(await ask<Figures>(hass, "figures", entryId, span));

/** The figures of each month, or of the part of it that lies in the span. */
export const askMonths = async (hass: Asked, entryId: string | undefined, span: Span) =>
  (await ask<Figures[]>(hass, "months", entryId, span)).map(earned);

export const askRuns = (hass: Asked, entryId: string | undefined, span: Span) =>
  ask<Run[]>(hass, "runs", entryId, span);

/** No loss with fewer than 20 heated days, or days about as cold: that is an answer, too. */
export const askHeatLoss = async (hass: Asked, entryId: string | undefined, span: Span) => ({
  loss: await ask<HeatLoss | null>(hass, "heat_loss", entryId, span),
});

/** The last 24 hours in parts of five minutes. */
export const askMoments = (hass: Asked, entryId: string | undefined) =>
  ask<Moment[]>(hass, "moments", entryId);

export const askFlags = (hass: Asked, entryId: string | undefined) =>
  ask<Flag[]>(hass, "flags", entryId);

/** The sources, and the alarms in the user's language. */
export const askHealth = (hass: Asked, entryId: string | undefined) =>
  ask<Health>(hass, "health", entryId, { language: hass.locale.language });

export const askExpected = (hass: Asked, entryId: string | undefined) =>
  ask<Expected>(hass, "expected", entryId);

/** The change log, its words in a language. */
export const askChanges = (hass: Asked, entryId: string | undefined, language: string) =>
  ask<Changes>(hass, "changes", entryId, { language });

export const askHouse = (hass: Asked, entryId: string | undefined) =>
  ask<House>(hass, "house", entryId);

export const askHouseDays = (hass: Asked, entryId: string | undefined, span: Span) =>
  ask<HouseDay[]>(hass, "house_days", entryId, span);

export const askQuarters = (hass: Asked, entryId: string | undefined, span: Span) =>
  ask<QuarterHour[]>(hass, "quarters", entryId, span);

export const askProbes = (hass: Asked, entryId: string | undefined) =>
  ask<Probe[]>(hass, "probes", entryId);

/** Those that have ended, the newest first. */
export const askSessions = (hass: Asked, entryId: string | undefined) =>
  ask<Session[]>(hass, "sessions", entryId);

/** How all exports go, or the one that is meant. */
export const askExports = (hass: Asked, entryId: string | undefined) =>
  ask<Export[]>(hass, "exports", entryId);

/** All entries, each kind in the order of their titles. */
export const askEntries = (hass: Asked) => ask<Entry[]>(hass, "entries", undefined);
