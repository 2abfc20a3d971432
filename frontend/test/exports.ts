/** Invented exports: 12 Nov 2026, 18:24, and what they answer. */

import type { Export } from "../src/data/contract";
import type { Household } from "./hass";
import { HEATING, NOW } from "./households";

const before = (seconds: number) => new Date(Date.parse(NOW) - 1000 * seconds).toISOString();

export const WELL: Export = {
  entry_id: "influx",
  title: "InfluxDB",
  time: NOW,
  is_connected: true,
  failing_since: null,
  last_success: before(42),
  unsent: 0,
  oldest_unsent: null,
  dropped: 0,
  entities: { last_export: "sensor.influxdb_last_success" },
};

/** Its database has been away for two days. */
export const AWAY: Export = {
  ...WELL,
  entry_id: "away",
  title: "VictoriaMetrics in the cellar",
  is_connected: false,
  failing_since: before(180_720),
  last_success: before(180_720),
  unsent: 51_840,
  oldest_unsent: before(180_720),
};

/** All is null but its name. */
export const NOT_LOADED: Export = {
  entry_id: "emoncms",
  title: "Emoncms",
  time: null,
  is_connected: null,
  failing_since: null,
  last_success: null,
  unsent: null,
  oldest_unsent: null,
  dropped: null,
  entities: {},
};

function senderOf(exports: Export[]): Household {
  return {
    live: HEATING,
    answer: ({ type }) => {
      if (type.endsWith("/exports")) return exports;
      throw new Error(`${type} is not answered`);
    },
  };
}

export const SENDERS: Record<string, Household> = {
  well: senderOf([WELL]),
  away: senderOf([
    { ...AWAY, dropped: 1204 },
    { ...NOT_LOADED, time: NOW, unsent: 0, dropped: 0, title: "Just set up" },
    NOT_LOADED,
  ]),
  restarting: senderOf([WELL, { ...AWAY, failing_since: before(300), unsent: 410, oldest_unsent: null }]),
  none: senderOf([]),
};
