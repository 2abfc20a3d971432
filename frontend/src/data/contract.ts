/** What the integration sends; every field that is null is not known. */

export type Mode = "heating" | "hot_water" | "cooling" | "defrost" | "standby";

/** A value with the ends of the range in which the truth lies most likely. */
export interface Banded {
  value: number;
  low: number;
  high: number;
}

export interface Source {
  /** Why it does not answer, as a key of the texts; null if it does. */
  failure: string | null;
  /** When its newest value was measured, ISO 8601. */
  measured_at: string | null;
  /** Since when it sends old values only; null while it is fresh. */
  stale_since: string | null;
}

/** What a meter measures. */
export type MeterRole =
  | "whole"
  | "compressor"
  | "backup_heater"
  | "source_pump"
  | "circulation_pumps"
  | "heat"
  | "photovoltaics"
  | "grid";

export interface Meter {
  key: string;
  /** As the owner calls it. */
  name: string;
  role: MeterRole;
  /** Why it does not answer, as a key of the texts; null if it does. */
  failure: string | null;
  measured_at: string | null;
  /** Null also while it does not answer; that of the grid is negative while it exports. */
  power_w: number | null;
}

export interface Circuit {
  number: string;
  supply_c: number | null;
  target_supply_c: number | null;
}

export interface ModeSums {
  electricity_kwh: number;
  heat_kwh: number;
  cop: number | null;
  /** By how much its COP, or the EER of cooling, can be off; null if not known. */
  uncertainty: number | null;
  /** Null where only its energies are known. */
  hours: number | null;
}

/** The figures of a period, sums before ratios. */
export interface Figures {
  /** First and last local day, both included, as `2026-01-31`. */
  first: string;
  last: string;
  elapsed_days: number;
  paired_days: number;
  /** Whether the COP may be called a JAZ. */
  is_full_year: boolean;
  /** Between 0 and 1. */
  coverage: number | null;
  electricity_kwh: number | null;
  paired_electricity_kwh: number | null;
  unpaired_electricity_kwh: number | null;
  heat_kwh: number | null;
  cop: number | null;
  cop_low: number | null;
  cop_high: number | null;
  /** By how much it can be off for reasons that other periods do not share. */
  own_uncertainty: number | null;
  /** Null also where it changed within the period: see `boundaries`. */
  boundary: string | null;
  boundary_extra: string[];
  boundary_missing: string[];
  cop_without_backup_heater: number | null;
  boundary_without_backup_heater: string | null;
  modes: Partial<Record<Mode, ModeSums>>;
  method_shares: Record<string, number>;
  /** By how much each of these methods can be off, as a share. */
  method_errors: Record<string, number>;
  starts: number | null;
  run_hours: number | null;
  /** The household's own electricity, as far as it is known. */
  own_electricity_kwh: number | null;
  /** Of what is split into own and that of the grid, 0 to 1. */
  own_electricity_share: number | null;
  /** Between these the share lies whatever the rule. */
  own_electricity_share_low: number | null;
  own_electricity_share_high: number | null;
  /** Of how much of the electricity it is known; null before there are meters for it. */
  own_electricity_known_share: number | null;
  cost: number | null;
  /** The two parts of the cost; null if nothing is split. */
  grid_electricity_cost: number | null;
  own_electricity_cost: number | null;
  /** Share of the electricity that had a price; below 0.95 there is no cost. */
  priced_share: number | null;
  cost_per_kwh_heat: number | null;
  co2_kg: number | null;
  /** Share of the electricity whose CO2 intensity was known. */
  co2_share: number | null;
  /** Mean outside temperature of the period so far. */
  outside_c: number | null;
  /** Its parts where it has several boundaries, by keys as `H3` or `H1+backup_heater`. */
  boundaries: Record<string, BoundaryPart>;
}

export interface BoundaryPart {
  /** Of the paired electricity. */
  share: number;
  days: number;
  cop: number | null;
}

/** An alarm that is raised, in words. */
export interface RaisedAlarm {
  severity: "fault" | "warning" | "notice";
  /** ISO 8601. */
  since: string;
  /** A few words. */
  name: string;
  message: string;
  /** What to do. */
  advice: string;
}

/** What is known now. It is sent whenever a part of it changes. */
export interface Live {
  title: string;
  /** When it was put together, ISO 8601. */
  time: string;
  source_kind: "air" | "brine" | "water" | null;
  /** Whether the heat pump is read from an account at a cloud, and not from entities. */
  is_account: boolean;
  heat_pump: Source;
  /** The main one first: that of the whole heat pump, or of the compressor. */
  meters: Meter[];
  /** Null if no call is counted. */
  calls: { day: number; allowed: number } | null;
  /** Raised now, the worst and the newest first; in the language that was asked for. */
  alarms: RaisedAlarm[];
  /** When one was raised or cleared last, since the start of Home Assistant. */
  alarms_changed_at: string | null;
  /** When the change log or what is known of the changes was another one last. */
  changes_at: string | null;

  mode: Mode | null;
  /** When the mode began; null if it was not seen. */
  mode_since: string | null;
  starts_today: number | null;
  /** Whether the compressor runs, as the meter or the unit says. */
  runs: boolean | null;
  modulation_pct: number | null;

  /** Of all meters of the heat pump's electricity. */
  electricity_w: number | null;
  /** Which share of it is the household's own, of photovoltaics. */
  own_share: number | null;
  heat_w: number | null;
  /** Method by which the heat is known; null if none is. */
  heat_method: string | null;
  /** By how much that method can be off, as a share. */
  heat_error: number | null;
  backup_heater_on: boolean | null;
  /** Electric power of the backup heater; null if not known, also where it is off. */
  backup_heater_w: number | null;
  cop: number | null;
  run: { start: string; cop: number | null; cop_without_heater: number | null } | null;

  outside_c: number | null;
  source_in_c: number | null;
  source_out_c: number | null;
  supply_c: number | null;
  return_c: number | null;
  flow_lph: number | null;
  buffer_c: number | null;
  hot_water_c: number | null;
  hot_water_target_c: number | null;
  circuits: Circuit[];
  /** Which parts the unit has ever reported, whether they are known now or not. */
  has: {
    buffer: boolean;
    hot_water: boolean;
    backup_heater: boolean;
    return: boolean;
  };

  /** Annual performance factors as the unit calculates them; null if it has none. */
  maker: {
    all: number | null;
    heating: number | null;
    hot_water: number | null;
    /** When the unit changed them last. */
    measured_at: string | null;
  } | null;

  today: Figures;
  rolling_year: Figures;
  /** The first local day that was counted; null before the first. */
  first_day: string | null;
  /** The month that a heating season begins with, from 1 to 12. */
  season_start_month: number;
}

/** One local day, or one hour by its start in UTC; what is missing is not known. */
export interface Bucket {
  /** `2026-01-31`, or an ISO 8601 moment. */
  start: string;
  electricity_kwh: number | null;
  paired_electricity_kwh: number | null;
  heat_kwh: number | null;
  /** Between 0 and 1; null where nothing could be counted yet. */
  coverage: number | null;
  outside_c: number | null;
  modes: Partial<
    Record<
      Mode,
      {
        electricity_kwh: number;
        heat_kwh: number;
        hours: number | null;
        /** Mean over the heat. */
        supply_c: number | null;
      }
    >
  >;
  /** Electricity for which no heat is known. */
  unpaired_electricity_kwh: number | null;
  starts: number | null;
  run_hours: number | null;
  cost: number | null;
  co2_kg: number | null;
}

/** A time in one mode; a defrost within it belongs to it. */
export interface Run {
  start: string;
  end: string;
  mode: Mode;
  electricity_kwh: number | null;
  heat_kwh: number | null;
  /** By how much the heat can be off, up or down. */
  heat_error_kwh: number | null;
  starts: number;
  is_whole: boolean;
  /** When it defrosted within. */
  defrosts: { start: string; end: string }[];
  /** Means over the heat. */
  supply_c: number | null;
  outside_c: number | null;
}

/** A part of the last 24 hours, five minutes long. */
export interface Moment {
  start: string;
  electricity_w: number | null;
  heat_w: number | null;
  mode: Mode | null;
}

export interface Flag {
  kind: string;
  start: string;
  /** Null while it lasts; what has no length ends when it starts. */
  end: string | null;
  /** Figures that its text names. */
  values: Record<string, string | number | null>;
}

/** What is watched, and the alarms that are over, in words. */
export interface Alarms {
  /** The start of Home Assistant. */
  watched_since: string;
  /** How many kinds of alarms can be judged. */
  watched: number;
  /** The names of those that cannot, as their data are missing. */
  not_watched: string[];
  /** The last ones since that start, newest first. */
  over: OverAlarm[];
}

export interface OverAlarm {
  /** Null if it was raised before the start of Home Assistant. */
  since: string | null;
  until: string;
  name: string;
  message: string;
}

/** How well the sources answer, and what is watched. */
export interface Health {
  /** The most calls that the cloud takes in 24 hours. */
  call_limit: number;
  /** Calls in each of the last 24 hours, oldest first; null where they were not counted. */
  calls: (number | null)[] | null;
  /** Hours whose electricity is still to be read from the meter's memory. */
  hours_to_recover: number | null;
  alarms: Alarms;
}

/** A value and the ends of its interval: 95 %, of a look at a change 99 %. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** What a house loses, fitted to the days of a span that are heated throughout. */
export interface HeatLoss {
  /** With the error of the heat method, as the degree days' figure. */
  w_per_k: Estimate;
  /** From here up the sun and the people heat the house. */
  balance_c: Estimate;
  kwh_per_degree_day: Estimate;
  /** From here down its degree days count. */
  base_c: number;
  /** Half of the interval by the days' scatter alone, to compare two seasons. */
  scatter_w_per_k: number;
  days: number;
  /** The first and the last of these days. */
  first: string;
  last: string;
}

/** What the heat pump reached in two weeks, what it should, and what others do. */
export interface Expected {
  /** The two weeks, both days included. */
  first: string;
  last: string;
  /** Null until enough days are learned from. */
  recent: Recent | null;
  modes: Partial<Record<Mode, ExpectedMode>>;
  fleet: Standing;
  /** The day of which the fleet's figures are. */
  fleet_exported: string;
}

/** The two weeks of all modes, without standby and defrosts. */
export interface Recent {
  cop: number;
  expected_cop: number;
  run_hours: number;
  /** The COP over the expected one. */
  index: Estimate;
  share_of_carnot: number;
}

export interface ExpectedMode {
  cop: number;
  expected_cop: number;
  index: Estimate;
  share_of_carnot: number;
  days: number;
  /** Days left out, as none like them was seen before. */
  days_unlike: number;
  /** How many days were learned from, and the first and the last of them. */
  learned_days: number;
  learned_first: string;
  learned_last: string;
}

/** Where a heat pump stands among metered ones. */
export interface Standing {
  /** Share of those with a lower COP, in %; 5 is 5 or less, 95 is 95 or more. */
  percentile: number | null;
  /** Of those with the same lift. */
  median_cop: number | null;
  /** How many have about this lift; of all like it without a percentile. */
  systems: number | null;
  /** Supply minus outside temperature, means over the heat. */
  lift_k: number | null;
  /** Why there is no percentile, as the end of a text's key. */
  unknown: string | null;
}

/** What a change acts on. */
export type Touched = "heating" | "hot_water" | "both";

export type ChangeSource = "unit" | "option" | "plant" | "meter" | "note";

export type NoteCategory =
  | "adjustment"
  | "maintenance"
  | "repair"
  | "building"
  | "usage"
  | "other";

/** The change log, and the heating curves that it tells of. */
export interface Changes {
  /** At most 500, the newest first. */
  entries: ChangeEntry[];
  /** Empty if the unit reports no heating curve. */
  circuits: CircuitCurves[];
}

/** An entry of the change log; a note has a category and a text, the others an item. */
export interface ChangeEntry {
  id: number;
  time: string;
  source: ChangeSource;
  item: string | null;
  /** Number of the circuit, or name of the meter; empty if there is one. */
  place: string | null;
  old: string | number | boolean | null;
  new: string | number | boolean | null;
  category: NoteCategory | null;
  text: string | null;
  /** The entry in words, in the language asked for. */
  description: string;
  item_name: string | null;
  /** Null if it acts on nothing that can be compared. */
  touched: Touched | null;
  /** What it did; null if it was not looked at. */
  look: Look | null;
}

/** A look at what a change did; it stays until the next one. */
export interface Look {
  looked_on: string;
  /** Null after the last one. */
  next_look: string | null;
  effect: Effect;
}

/** What a change did. */
export interface Effect {
  verdict: "better" | "worse" | "no_visible_effect" | "not_enough_data";
  touched: Touched;
  /** When other changes were made within a week, which cannot be told apart. */
  together_with: string[];
  before: Side;
  after: Side;
  /** Null as long as there is nothing to compare. */
  figures: EffectFigures | null;
  /** Null without figures, or if too little of the last 12 months was measured. */
  yearly: Yearly | null;
  lack: "days_before" | "days_after" | "next_change" | "same_weather" | null;
  /** About how many more usable days are needed; null if not known or for none. */
  days_needed: number | null;
}

/** The days on one side of a change. */
export interface Side {
  used: number;
  /** How many days are not compared, by reason. */
  excluded: Partial<Record<ExcludedDay, number>>;
  /** The first and the last day used. */
  first: string | null;
  last: string | null;
}

export type ExcludedDay =
  | "transition"
  | "other_change"
  | "low_coverage"
  | "other_method"
  | "little_energy"
  | "unusual"
  | "disinfection"
  | "other_weather";

/** The figures of both sides, at the same weather. */
export interface EffectFigures {
  cop: BeforeAfter;
  heat_kwh_per_day: BeforeAfter;
  electricity_kwh_per_day: BeforeAfter;
  /** Null for hot water. */
  heat_kwh_per_degree_day: BeforeAfter | null;
  /** Explains a change of the COP; the COP is not adjusted for it. */
  supply_c: BeforeAfter | null;
  /** Lowest and highest mean outside temperature of the days compared. */
  outside_c: [number, number];
  /** The weather for which the figures are. */
  mean_outside_c: number;
  /** Of the COP's deviations on two days in a row. */
  correlation: number;
  /** Whether the COP is that at the same brine temperature. */
  source_adjusted: boolean;
}

/** A daily figure on both sides of a change, at the same weather. */
export interface BeforeAfter {
  before: Estimate;
  after: Estimate;
  /** After over before; for a temperature after minus before, in K. */
  change: Estimate;
}

/** What a change saves in a year like the last one; negative if it costs. */
export interface Yearly {
  /** By the COP alone, for the same heat. */
  saved_kwh: Estimate;
  /** By COP and heat demand together. */
  saved_in_all_kwh: Estimate;
  /** In the household's currency; null without a price. */
  saved_money: Estimate | null;
  saved_in_all_money: Estimate | null;
  /** Which share of the year was measured; the rest is extrapolated. */
  share_measured: number;
  /** Which share of the electricity was drawn on days as cold as those compared. */
  share_in_range: number;
}

/** The heating curve of a circuit through time. */
export interface CircuitCurves {
  /** Its number; empty if there is one. */
  circuit: string;
  /** The oldest first; the last one is set now. */
  curves: Curve[];
}

/** A heating curve, and since when it is set. */
export interface Curve {
  /** Null since before the change log. */
  since: string | null;
  slope: number;
  shift: number;
  /** Of the normal heating program; null if the unit does not report it. */
  room_c: number | null;
}

/** A heat pump that is loaded, and which parts of the dashboard it has use for. */
export interface HeatPumpEntry {
  entry_id: string;
  /** Not sent by an integration that knew only heat pumps. */
  kind?: "heat_pump";
  title: string;
  /** The enabled entities by the key of what they show. */
  entities: Record<string, string>;
  has: {
    /** Whether it is read from an account, whose calls are counted. */
    account: boolean;
    /** Whether what is measured is exported to a database. */
    export: boolean;
    hot_water: boolean;
    maker_spf: boolean;
    /** Whether a price or a CO2 intensity is entered. */
    tariff: boolean;
  };
}

/** An entry of another kind; a newer integration may have kinds that are not known here. */
export interface OtherEntry {
  entry_id: string;
  title: string;
  kind: "house_meter" | "probes" | "export";
}

export type Entry = HeatPumpEntry | OtherEntry;

/** How an export goes; all is null while it is not loaded. */
export interface Export {
  entry_id: string;
  title: string;
  /** Of which moment this is, ISO 8601. */
  time: string | null;
  /** Whether the database takes what is sent; null also before the first try. */
  is_connected: boolean | null;
  failing_since: string | null;
  last_success: string | null;
  unsent: number | null;
  /** Since when the oldest of them waits. */
  oldest_unsent: string | null;
  /** In the last 24 hours. */
  dropped: number | null;
  /** The enabled entities that change with it, by the key of what they show. */
  entities: Record<string, string>;
}

/** What each heat pump drew in a quarter-hour, by the id of its entry. */
export type Parts = Record<string, number>;

/** A house meter: its quarter-hour that goes on, and its peaks. */
export interface House {
  /** Null while the meter says nothing. */
  running: RunningQuarter | null;
  /** What the household does not want to exceed; null if it set no limit. */
  limit_w: number | null;
  /** A month's peak is billed as at least this. */
  least_peak_w: number;
  /** The names of the heat pumps by the ids of their entries. */
  heat_pumps: Record<string, string>;
  /** The enabled entities by the key of what they show. */
  entities: Record<string, string>;
  month_peak: MonthPeak | null;
  billing: {
    /** The mean of the months' peaks; null before there is one. */
    peak_w: number | null;
    cost_per_year: number | null;
    /** The oldest first, the present one last. */
    months: MonthPeak[];
  };
  currency: string;
}

export interface RunningQuarter {
  start: string;
  /** The energy drawn so far over 900 s; null if a part of it was not seen. */
  so_far_w: number | null;
  /** The average at its end, if the present power stays. */
  forecast_w: number | null;
  /** What may be drawn on average until its end, without a new peak. */
  headroom_w: number | null;
  /** The own limit, or the peak that is billed anyway. */
  limit_w: number;
  parts_wh: Parts;
  ends_in_s: number;
}

export interface MonthPeak {
  /** Its first day. */
  month: string;
  peak_w: number;
  /** When the quarter-hour began; null if the user did not say. */
  at: string | null;
  basis: "counted" | "meter" | "corrected";
  parts_wh: Parts;
}

export interface QuarterHour {
  start: string;
  /** Null if it is not known as a whole. */
  average_w: number | null;
  parts_wh: Parts;
}

/** A local day with its highest quarter-hour. */
export interface HouseDay {
  day: string;
  /** Null if no quarter-hour of it is known. */
  peak: { start: string; average_w: number; parts_wh: Parts } | null;
  /** How many of its quarter-hours are over and not known as a whole. */
  incomplete: number;
}

/** When it was measured, in ms or as ISO 8601, and what. */
export type Point = readonly [at: number | string, celsius: number];

export type ProbeAlarm = "target" | "high" | "low" | "rising" | "falling" | "silent";

/** A temperature probe. */
export interface Probe {
  key: string;
  name: string;
  device_id: string | null;
  /** Null while it is not fresh. */
  temperature_c: number | null;
  is_fresh: boolean;
  measured_at: string | null;
  settings: ProbeSettings;
  raised: ProbeAlarm[];
  time_to_target: {
    approach: "unknown" | "reached" | "approaching" | "stalled" | "receding";
    /** In 8 of 10 cases it takes between `low_s` and `high_s`. */
    remaining_s: number | null;
    low_s: number | null;
    high_s: number | null;
    slope_k_per_min: number | null;
    /** Of which time the slope is. */
    window_s: number | null;
  };
  session: Session | null;
  /** The enabled entities by the key of what they show or set. */
  entities: Record<string, string>;
  /** Of the session, or of the last three hours. */
  curve: Point[];
  model: string | null;
  battery_pct: number | null;
}

/** What is watched; null for what is not. */
export interface ProbeSettings {
  target_c: number | null;
  high_c: number | null;
  low_c: number | null;
  rising_k_per_min: number | null;
  /** Positive. */
  falling_k_per_min: number | null;
  /** How far back over its limit a value goes before an alarm can ring again. */
  hysteresis_k: number;
  /** For how long a limit is exceeded before the alarm rings. */
  hold_s: number;
  /** After which time without a value; null for what suits its pace. */
  silent_s: number | null;
  /** Whether a session starts by itself when the probe is heated. */
  starts_by_rise: boolean;
}

/** A time in which a probe was watched. */
export interface Session {
  key: string;
  probe: string;
  name: string;
  start: string;
  /** Null while it goes on. */
  end: string | null;
  started_by: "action" | "button" | "rise";
  min_c: number | null;
  max_c: number | null;
  mean_c: number | null;
  target_c: number | null;
  points: Point[];
  /** Times without values, each between two of the points. */
  gaps: (readonly [start: number | string, end: number | string])[];
}
