/** A card of temperature probes. */

import { askProbes } from "../../data/ask";
import type { Probe } from "../../data/contract";
import type { Command } from "../../data/watch";
import { chartStyles } from "../../lib/axes";
import "../../lib/texts/probes";
import { EntryCard } from "../entry_card";

const PROBES: Command<Probe[]> = {
  name: "probes",
  ask: askProbes,
  entities: (probes) => probes.flatMap(({ entities }) => Object.values(entities)),
  agesAfterMs: () => null,
};

export abstract class ProbeCard extends EntryCard<Probe[]> {
  static override styles = [...EntryCard.styles, chartStyles];

  protected readonly command = PROBES;
  protected readonly which = "which_probes";
}
