/** How the exports go, in words. */

import type { Export } from "../../data/contract";
import type { Format } from "../../lib/format";
import type { Translate } from "../../lib/texts/texts";
import { age } from "../schematic/model";

/** From here on it is more than a restart of the database. */
const LONG_MS = 3_600_000;

export interface ExportText {
  title: string;
  when: string;
  lines: string[];
  /** Whether somebody has to see to it. */
  level: "good" | "quiet" | "warning";
}

export function exportText(one: Export, t: Translate, f: Format): ExportText {
  const { title, time } = one;
  if (time === null) return { title, when: t("export_not_loaded"), lines: [], level: "quiet" };
  return { title, when: state(one, t, f), lines: lines(one, time, t, f), level: level(one, time) };
}

function state({ is_connected, failing_since }: Export, t: Translate, f: Format): string {
  if (is_connected === null) return t("export_not_tried");
  if (is_connected) return t("export_connected");
  return failing_since
    ? t("export_not_connected_since", { since: moment(failing_since, f) })
    : t("export_not_connected");
}

function lines(one: Export, time: string, t: Translate, f: Format): string[] {
  const { last_success, unsent, oldest_unsent, dropped } = one;
  const found: string[] = [];
  if (unsent) {
    const count = f.number(unsent, 0);
    found.push(
      oldest_unsent
        ? t("export_unsent_since", { count, since: moment(oldest_unsent, f) })
        : t("export_unsent", { count }),
    );
  } else if (last_success) {
    found.push(t("export_all_sent"));
  }
  if (last_success) found.push(t("export_last_success", { ago: age(last_success, new Date(time), t) }));
  if (dropped) found.push(t("export_dropped", { count: f.number(dropped, 0) }));
  return found;
}

function level({ is_connected, failing_since, dropped }: Export, time: string): ExportText["level"] {
  const failing_ms = failing_since ? Date.parse(time) - Date.parse(failing_since) : 0;
  if (dropped || failing_ms > LONG_MS) return "warning";
  return is_connected ? "good" : "quiet";
}

function moment(time: string, f: Format): string {
  return `${f.day(time)}, ${f.time(time)}`;
}
