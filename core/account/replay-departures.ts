import { moveTo } from "../person/ask-to-move.ts";
import { type ReleaseAddressesDeps, releaseAddresses } from "../person/confirm-address.ts";
import { withoutPerson } from "../person/erase-person.ts";
import type { AddressClaims } from "../person/person-ports.ts";
import type { Addresses, Subscribers, Suppressions } from "../ports.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import { keptTasks, listsIn, type Subscriber } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import type { Departures } from "./account-ports.ts";

export interface ReplayDeparturesDeps extends ReleaseAddressesDeps {
  addresses: Addresses;
  claims: Pick<AddressClaims, "find" | "bury" | "release">;
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
    await deps.suppressions.add(addressHash, { reason, since });
    replayed.suppressions++;
  }
  const tombstones = new Map<string, Instant>();
  for await (const { addressHash, erasedAt } of from.tombstones()) tombstones.set(addressHash, erasedAt);
  replayed.erased = await replayErasures(deps, from, tombstones);
  const refused: Subscriber[] = [];
  for await (const gone of from.subscribers()) {
    if (gone.todo.erase !== undefined) continue;
    const moved = await move(deps, gone);
    if (moved === "refused") refused.push(gone);
    else if (moved) replayed.moved++;
    if (!gone.suppressed && !Object.values(gone.lists).some(({ state }) => state === "left")) continue;
    let changed = false;
    await changeSubscriber(deps.subscribers, gone.id, (known) => {
      const departed = depart(known, gone, deps.clock.now());
      changed = departed !== undefined;
      return departed;
    });
    if (changed) replayed.subscribers++;
  }
  replayed.notMoved = await moveRefused(deps, refused);
  replayed.moved += refused.length - replayed.notMoved;
  // Where everybody is by now: a claim of somebody who had moved away stood in the way of a tombstone before.
  for (const [addressHash, erasedAt] of tombstones) {
    if ((await deps.claims.find(addressHash)) === undefined)
      await deps.claims.bury(addressHash, nobody, erasedAt);
  }
  return replayed;
}

/** An id that nobody has. */
const nobody = "nobody";

/** Begins what dispatch finishes, for everybody who was erased or forgotten in the lost table; answers for how many. */
async function replayErasures(
  deps: ReplayDeparturesDeps,
  from: Departures,
  tombstones: Map<string, Instant>,
): Promise<number> {
  let erased = 0;
  const begin = async (known: Subscriber | undefined, wasForgotten?: boolean) => {
    if (known && (await erase(deps, known, wasForgotten ?? isUnconfirmed(known, tombstones)))) erased++;
  };
  const living = new Set<string>();
  for await (const { id, todo, forgottenAt } of from.subscribers()) {
    if (todo.erase === undefined) living.add(id);
    else await begin(await deps.subscribers.load(id), forgottenAt !== undefined);
  }
  // By their ids first: whoever had moved before has another address in the backup than on their tombstone.
  for await (const id of from.erased()) await begin(await deps.subscribers.load(id));
  for (const [addressHash, erasedAt] of tombstones) {
    const id = await deps.claims.find(addressHash);
    // Who lives on had moved away from there before somebody else was erased.
    if (id === undefined || living.has(id)) continue;
    const known = await deps.subscribers.load(id);
    if (known && known.createdAt <= erasedAt) await begin(known);
  }
  return erased;
}

/** Whether somebody never confirmed anything, in the backup or, as no tombstone tells, after it: they were never here. */
function isUnconfirmed(known: Subscriber, tombstones: Map<string, Instant>): boolean {
  const hasJoined = known.consent.confirmedAt !== undefined || listsIn(known, "joined").length > 0;
  return !hasJoined && !tombstones.has(known.addressHash);
}

/** False if that has begun already. */
async function erase(
  { subscribers, clock }: ReplayDeparturesDeps,
  { id }: Subscriber,
  wasForgotten: boolean,
): Promise<boolean> {
  const now = clock.now();
  let begun = false;
  await changeSubscriber(subscribers, id, (known) => {
    const nobodys = withoutPerson(known, now);
    begun = nobodys !== undefined;
    return nobodys && { ...nobodys, ...(wasForgotten && { forgottenAt: now }) };
  });
  return begun;
}

/** Goes over those again whose new address was somebody's, until nobody has moved on; answers how many are left. */
async function moveRefused(deps: ReplayDeparturesDeps, refused: Subscriber[]): Promise<number> {
  let left = refused;
  for (let before = left.length + 1; left.length < before; ) {
    before = left.length;
    const still: Subscriber[] = [];
    for (const gone of left) if ((await move(deps, gone)) === "refused") still.push(gone);
    left = still;
  }
  return left.length;
}

/** Moves somebody who has moved in the lost table since; their old address may be a stranger's by now. */
async function move(
  deps: ReplayDeparturesDeps,
  { id, address, addressHash, movedAt }: Subscriber,
): Promise<"moved" | "refused" | undefined> {
  if (movedAt === undefined) return undefined;
  const isNews = (known: Subscriber) =>
    known.todo.erase === undefined && known.addressHash !== addressHash && movedAt > (known.movedAt ?? "");
  const known = await deps.subscribers.load(id);
  if (!known || !isNews(known)) return undefined;
  if ((await deps.addresses.claim(addressHash, id)) !== id) return "refused";
  let changed = false;
  const there = await changeSubscriber(deps.subscribers, id, (current) => {
    changed = isNews(current);
    return changed ? { ...moveTo(current, { address, addressHash }, deps.clock.now()), movedAt } : undefined;
  });
  // At once: somebody else may have moved to where they were.
  if (there && changed) await releaseAddresses(deps, there);
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
