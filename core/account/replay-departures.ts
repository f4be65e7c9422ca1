import type { Subscribers, Suppressions } from "../ports.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import type { Departures } from "./account-ports.ts";

export interface ReplayDeparturesDeps {
  subscribers: Subscribers;
  suppressions: Suppressions;
  clock: Clock;
}

/** How many were carried over, that this table did not know. */
export interface Replayed {
  suppressions: number;
  subscribers: number;
}

/**
 * Carries over from the table that was lost what must never be undone by a backup: suppressed addresses, and
 * lists that somebody has left. Nothing else is taken from it, and nobody is joined to anything. Twice is harmless.
 */
export async function replayDepartures(deps: ReplayDeparturesDeps, from: Departures): Promise<Replayed> {
  const replayed: Replayed = { suppressions: 0, subscribers: 0 };
  for await (const { addressHash, reason, since } of from.suppressions()) {
    if (await deps.suppressions.has(addressHash)) continue;
    await deps.suppressions.add(addressHash, reason, since);
    replayed.suppressions++;
  }
  for await (const gone of from.subscribers()) {
    if (!gone.suppressed && !Object.values(gone.lists).some(({ state }) => state === "left")) continue;
    let changed = false;
    await changeSubscriber(deps.subscribers, gone.id, (known) => {
      const departed = depart(known, gone, deps.clock.now());
      changed = departed !== undefined;
      return departed;
    });
    if (changed) replayed.subscribers++;
  }
  return replayed;
}

/** The subscriber without the lists that they had left elsewhere; undefined if nothing changes. */
function depart(known: Subscriber, gone: Subscriber, now: string): Subscriber | undefined {
  const left = Object.entries(gone.lists).filter(([list, { state, run }]) => {
    const here = known.lists[list];
    return state === "left" && here !== undefined && here.state !== "left" && here.run <= run;
  });
  const suppressed = known.suppressed ? undefined : gone.suppressed;
  if (left.length === 0 && !suppressed) return undefined;
  return {
    ...known,
    ...(suppressed && { suppressed, todo: {} }),
    lists: { ...known.lists, ...Object.fromEntries(left) },
    changedAt: now,
  };
}
