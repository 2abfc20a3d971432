import { expect, test } from "vitest";
import type { Live } from "../src/data/contract";
import { type Failure, listen } from "../src/data/live";
import type { Connection } from "../src/lib/hass";
import { HOUSEHOLDS } from "./households";

test("While the entry is not loaded, figures are gone; they come back by themselves", () => {
  const household = Object.values(HOUSEHOLDS)[0]!;
  let send = (_: Live | null) => {};
  const connection: Connection = {
    subscribeMessage: (callback) => {
      send = callback as typeof send;
      return Promise.resolve(() => Promise.resolve());
    },
  };
  const seen: [title: string | undefined, failure: Failure | null][] = [];
  listen(connection, "id", (live, failure) => seen.push([live?.title, failure]));

  send(household);
  send(null);
  send(household);

  expect(seen).toEqual([
    [household.title, null],
    [undefined, "not_loaded"],
    [household.title, null],
  ]);
});
