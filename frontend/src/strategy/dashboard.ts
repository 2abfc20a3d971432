/** Build the dashboard from what exists: views and cards only where there is something. */

import type { Entry, HeatPumpEntry } from "../data/contract";
import { askEntries } from "../data/ask";
import { UNKNOWN_COMMAND } from "../data/live";
import type { HomeAssistant } from "../lib/hass";
import { type Translate, translator } from "../lib/texts/texts";
import { changes } from "./changes";
import { efficiency } from "./efficiency";
import { health } from "./health";
import { house } from "./house";
import { houseMeter, probes } from "./others";
import { now } from "./now";
import { runs } from "./runs";
import { temperatures } from "./temperatures";

/** A part of a dashboard, as Home Assistant reads it. */
export interface Section {
  type: "grid";
  column_span?: number;
  cards: object[];
}

/** What a view is built from. */
export interface Context extends AnyContext {
  entry: HeatPumpEntry;
}

/** Of an entry of any kind. */
export interface AnyContext {
  t: Translate;
  /** What each of our cards is given. */
  card: (name: string, more?: object) => object;
}

/** One view: its place in the address, title and sections. */
export interface View {
  path: string;
  title: string;
  sections: Section[];
}

type ViewBuilder = (context: Context) => View | null;

/** So long a start may take, with all that is installed. */
const START_MS = 120_000;
const RETRY_MS = 2000;

/** Of a heat pump; later capabilities add theirs here. */
const VIEWS: readonly ViewBuilder[] = [
  now,
  efficiency,
  house,
  changes,
  runs,
  temperatures,
  health,
];

/** Of each kind in this order; none of one that a newer integration adds. */
const KINDS: Record<string, readonly ((context: AnyContext) => View)[]> = {
  heat_pump: [],
  house_meter: [houseMeter],
  probes: [probes],
};

interface Config {
  /** Which heat pump or other entry; without it, all. */
  entry_id?: string;
  /** Which view, for the strategy of a single view. */
  view?: string;
}

export async function generate(config: Config, hass: HomeAssistant): Promise<object> {
  const t = translator(hass.locale.language);
  const entries = await chosen(config, hass);
  if (!entries) return { views: [message(t("starting"))] };
  const views = namedViews(entries, t);
  return { views: views.length ? views.map(layout) : [message(t("no_entry"))] };
}

export async function generateView(config: Config, hass: HomeAssistant): Promise<object> {
  const t = translator(hass.locale.language);
  const entries = await chosen(config, hass);
  if (!entries) return message(t("starting"));
  const views = entries.flatMap((entry) => viewsOf(entry, t));
  const view = views.find((each) => each.path === config.view) ?? views[0];
  return view ? layout(view) : message(t("no_entry"));
}

/** The views of each kind; where there are several entries of it, with their titles. */
function namedViews(entries: readonly Entry[], t: Translate): View[] {
  return Object.keys(KINDS).flatMap((kind) => {
    const alike = entries.filter((entry) => kindOf(entry) === kind);
    return alike.flatMap((entry, index) =>
      viewsOf(entry, t).map((view) => ({
        ...view,
        title: alike.length > 1 ? `${view.title}: ${entry.title}` : view.title,
        path: index ? `${view.path}-${index + 1}` : view.path,
      })),
    );
  });
}

function kindOf({ kind = "heat_pump" }: Entry): string {
  return kind;
}

/**
 * Null if Home Assistant does not finish its start. Until then the views of an open page
 * stay: with fewer of them, Home Assistant fails to show one that is gone.
 */
async function chosen(config: Config, hass: HomeAssistant): Promise<Entry[] | null> {
  const entries = await askOnceStarted(hass);
  return config.entry_id && entries
    ? entries.filter((entry) => entry.entry_id === config.entry_id)
    : entries;
}

async function askOnceStarted(hass: HomeAssistant): Promise<Entry[] | null> {
  for (let waited = 0; waited <= START_MS; waited += RETRY_MS) {
    try {
      return await askEntries(hass);
    } catch (error) {
      if ((error as { code?: unknown }).code !== UNKNOWN_COMMAND) throw error;
      await new Promise((resume) => setTimeout(resume, RETRY_MS));
    }
  }
  return null;
}

function viewsOf(entry: Entry, t: Translate): View[] {
  const card = (name: string, more: object = {}) => ({
    type: `custom:heatpump-monitor-${name}`,
    entry_id: entry.entry_id,
    ...more,
  });
  return entry.kind && entry.kind !== "heat_pump"
    ? (KINDS[entry.kind] ?? []).map((build) => build({ t, card }))
    : VIEWS.map((build) => build({ entry, t, card })).filter((view) => view !== null);
}

function layout(view: View): object {
  return { type: "sections", max_columns: 3, dense_section_placement: true, ...view };
}

function message(content: string): object {
  return { type: "sections", path: "now", sections: [{ type: "grid", cards: [{ type: "markdown", content }] }] };
}

/** A section whose cards fill it. */
export function section(cards: (object | null)[], columns = 1): Section {
  const found = cards.filter((card) => card !== null);
  return {
    type: "grid",
    column_span: columns,
    cards: found.map((card) => ({ grid_options: { columns: "full" }, ...card })),
  };
}
