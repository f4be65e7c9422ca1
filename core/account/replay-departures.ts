import { moveTo } from "../person/ask-to-move.ts";
import { beginErasing } from "../person/erase-person.ts";
import type { AddressClaims } from "../person/person-ports.ts";
import type { Addresses, Subscribers, Suppressions } from "../ports.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import { keptTasks, type Subscriber } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import type { Departures } from "./account-ports.ts";

export interface ReplayDeparturesDeps {
  addresses: Addresses;
  claims: Pick<AddressClaims, "find" | "bury">;
  subscribers: Subscribers;
  suppressions: Suppressions;
  clock: Clock;
}

/** How many were carried over, that this table did not know. */
export interface Replayed {
  suppressions: number;
  subscribers: number;
  erased: number;
  moved: number;
  /** New addresses that belong to somebody else in this table: these people are still written to at the old ones. */
  notMoved: number;
}

/**
 * Carries over from the table that was lost what must never be undone by a backup: who was erased, suppressed
 * addresses, lists that somebody has left, and where somebody has moved to. Nothing else is taken from it, and nobody
 * is joined to anything. Twice is harmless.
 */
export async function replayDepartures(deps: ReplayDeparturesDeps, from: Departures): Promise<Replayed> {
  const replayed: Replayed = { suppressions: 0, subscribers: 0, erased: 0, moved: 0, notMoved: 0 };
  for await (const { addressHash, reason, since } of from.suppressions()) {
    if (await deps.suppressions.has(addressHash)) continue;
    await deps.suppressions.add(addressHash, reason, since);
    replayed.suppressions++;
  }
  // By their ids first: whoever had moved before has another address in the backup than on their tombstone.
  for await (const id of from.erased()) if (await erase(deps, id)) replayed.erased++;
  for await (const { addressHash, erasedAt } of from.tombstones()) {
    const id = await deps.claims.find(addressHash);
    if (id === undefined) await deps.claims.bury(addressHash, nobody, erasedAt);
    else if (await erase(deps, id, erasedAt)) replayed.erased++;
  }
  for await (const gone of from.subscribers()) {
    if (gone.todo.erase !== undefined) {
      if (await erase(deps, gone.id)) replayed.erased++;
      continue;
    }
    const moved = await move(deps, gone);
    if (moved !== undefined) replayed[moved]++;
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

/** An id that nobody has. */
const nobody = "nobody";

/** Begins what dispatch finishes; false if there is nobody, or somebody who came after that erasure. */
async function erase(deps: ReplayDeparturesDeps, id: string, erasedAt?: string): Promise<boolean> {
  const known = await deps.subscribers.load(id);
  if (!known || known.todo.erase !== undefined) return false;
  if (erasedAt !== undefined && known.createdAt > erasedAt) return false;
  return (await beginErasing(deps, id)) !== undefined;
}

/** Moves somebody who has moved in the lost table since; their old address may be a stranger's by now. */
async function move(
  deps: ReplayDeparturesDeps,
  { id, address, addressHash, movedAt }: Subscriber,
): Promise<"moved" | "notMoved" | undefined> {
  if (movedAt === undefined) return undefined;
  const isNews = (known: Subscriber) =>
    known.todo.erase === undefined && known.addressHash !== addressHash && movedAt > (known.movedAt ?? "");
  const known = await deps.subscribers.load(id);
  if (!known || !isNews(known)) return undefined;
  if ((await deps.addresses.claim(addressHash, id)) !== id) return "notMoved";
  let changed = false;
  await changeSubscriber(deps.subscribers, id, (current) => {
    changed = isNews(current);
    return changed ? { ...moveTo(current, { address, addressHash }, deps.clock.now()), movedAt } : undefined;
  });
  return changed ? "moved" : undefined;
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
    ...(suppressed && { suppressed, todo: keptTasks(known) }),
    lists: { ...known.lists, ...Object.fromEntries(left) },
    changedAt: now,
  };
}
