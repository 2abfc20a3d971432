/** Every state of a card side by side: `?width=360&dark&language=de&only=heating`. */

import { SchematicCard } from "../../src/cards/schematic/card";
import type { Live } from "../../src/data/contract";
import type { HomeAssistant } from "../../src/lib/hass";
import { HOUSEHOLDS } from "../households";

customElements.define("heatpump-monitor-schematic", SchematicCard);

const query = new URLSearchParams(location.search);
const width = Number(query.get("width") ?? 844);
const darkMode = query.has("dark");
const language = query.get("language") ?? "en";
document.body.classList.toggle("dark", darkMode);

function hassOf(live: Live): HomeAssistant {
  return {
    connection: {
      subscribeMessage: (callback) => {
        (callback as (message: unknown) => void)(live);
        return Promise.resolve(() => Promise.resolve());
      },
    },
    locale: {
      language,
      number_format: "language",
      time_format: "language",
      date_format: "language",
      time_zone: "server",
    },
    config: { time_zone: "Europe/Berlin", currency: "EUR", latitude: 50 },
    themes: { darkMode },
    callWS: () => Promise.reject(new Error("nothing to ask")),
  };
}

for (const [name, live] of Object.entries(HOUSEHOLDS)) {
  if (query.has("only") && query.get("only") !== name) continue;
  const card = new SchematicCard();
  card.id = name;
  card.style.width = `${width}px`;
  card.setConfig({ type: "custom:heatpump-monitor-schematic" });
  card.hass = hassOf(live);
  document.querySelector("#cards")!.append(card);
}
