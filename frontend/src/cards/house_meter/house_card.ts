/** A card of a house meter, and how its columns are drawn. */

import { css, nothing, svg } from "lit";
import { askHouse } from "../../data/ask";
import type { House } from "../../data/contract";
import type { Command } from "../../data/watch";
import { chartStyles, HATCH_FILL } from "../../lib/axes";
import type { Scale } from "../../lib/scale";
import "../../lib/texts/house_meter";
import { EntryCard } from "../entry_card";
import type { Column } from "./model";

/** The meter books the quarter-hour with the first reading after its end. */
const AFTER_END_MS = 3000;

const HOUSE: Command<House> = {
  name: "house",
  ask: askHouse,
  entities: ({ entities }) => Object.values(entities),
  agesAfterMs: ({ running }) => running && 1000 * running.ends_in_s + AFTER_END_MS,
};

export abstract class HouseCard extends EntryCard<House> {
  static override styles = [
    ...EntryCard.styles,
    chartStyles,
    css`
      .big {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 16px;
        align-items: baseline;
        margin: 4px 0;
      }
      .big b {
        font-weight: 400;
        font-size: 24px;
        line-height: 32px;
      }
      strong {
        font-weight: 500;
      }
      p {
        margin: 8px 0 0;
      }
    `,
  ];

  protected readonly command = HOUSE;
  protected readonly which = "which_house_meter";

  /** The day of the household. */
  protected todayOf({ running }: House): string {
    return this.format.household.local(running?.start ?? new Date()).day;
  }

  protected kw(kw: number | null): string {
    return this.format.number(kw, 1);
  }

  protected withUnit(kw: number | null): string {
    return kw === null ? this.kw(kw) : `${this.kw(kw)}\u00a0kW`;
  }
}

/** Columns side by side: the heat pump's part at the base, what is not known hatched. */
export function drawColumns(
  columns: readonly Column[],
  width: number,
  x: Scale,
  y: Scale,
  top: number,
) {
  return columns.map(({ kw, heat_pump_kw, isPart, isOpen, isStrong }, index) => {
    const left = x(index) + (x(1) - x(0) - width) / 2;
    const block = (from: number, to: number, fill: string, more: unknown = nothing) =>
      y(from) - y(to) < 0.1
        ? nothing
        : svg`<rect x=${left} y=${y(to)} width=${width} height=${y(from) - y(to)} fill=${fill}
            stroke=${more} opacity=${isStrong || isOpen ? 1 : 0.8}></rect>`;
    const part = heat_pump_kw ?? 0;
    return svg`${isPart ? block(kw ?? 0, top, HATCH_FILL) : nothing}
      ${
        isOpen
          ? block(part, kw ?? 0, "none", "var(--hp-unknown)")
          : block(part, kw ?? 0, isStrong ? "var(--hp-quiet)" : "var(--hp-standby)")
      }
      ${block(0, part, "var(--hp-electricity)")}`;
  });
}
