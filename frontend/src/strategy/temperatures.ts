import type { Context, View } from "./dashboard";
import { section } from "./dashboard";

const COLLECTION = "energy_heatpump_monitor";
const TEMPERATURES = [
  "outside_temperature",
  "source_inlet_temperature",
  "source_outlet_temperature",
  "supply_temperature",
  "return_temperature",
  "buffer_temperature",
  "hot_water_temperature",
];
const POWERS = ["power", "thermal_power"];

/** Temperatures and power over time, drawn by Home Assistant: a gap stays a gap. */
export function temperatures({ entry, t }: Context): View | null {
  const known = (keys: string[]) =>
    keys.map((key) => entry.entities[key]).filter((id) => id !== undefined);
  const [degrees, powers] = [known(TEMPERATURES), known(POWERS)];
  if (!degrees.length && !powers.length) return null;
  const now = [
    degrees.length ? history(t("temperatures"), degrees) : null,
    powers.length ? history(t("power"), powers) : null,
  ];
  const long = [
    { type: "energy-date-selection", collection_key: COLLECTION },
    degrees.length ? statistics(t("temperatures"), degrees) : null,
    powers.length ? statistics(t("power"), powers) : null,
  ];
  return {
    path: "temperatures",
    title: t("temperatures"),
    sections: [section(now, 3), section(long, 3)],
  };
}

function history(title: string, entities: string[]): object {
  return { type: "history-graph", title, entities, hours_to_show: 24 };
}

function statistics(title: string, entities: string[]): object {
  return {
    type: "statistics-graph",
    title,
    entities,
    stat_types: ["mean"],
    energy_date_selection: true,
    collection_key: COLLECTION,
  };
}
