import type { Subscriber } from "../subscriber/subscriber.ts";
import { addDays, addHours, addMinutes, type Instant } from "../time/instant.ts";
import { settleMinutes } from "./erase-person.ts";

/** A new address, as it is typed and under its keyed hash. */
export interface NewAddress {
  address: string;
  addressHash: string;
}

const mostInMonth = 3;

/** Whether another confirmation of a new address may be asked for: one in 24 hours, three in 30 days. */
export function mayMove({ movesAt = [], todo }: Subscriber, now: Instant): boolean {
  const recent = movesAt.filter((at) => at > addDays(now, -30));
  return (
    todo.erase === undefined && recent.length < mostInMonth && (recent.at(-1) ?? "") <= addHours(now, -24)
  );
}

/**
 * The person with a new address that waits for its confirmation, which dispatch sends there at `dueAt`. Without one the
 * request counts all the same, so that nobody learns by asking again that nothing went to that address.
 */
export function askToMove(
  subscriber: Subscriber,
  to: (NewAddress & { dueAt: Instant }) | undefined,
  now: Instant,
): Subscriber {
  const { moving, ...known } = subscriber;
  const { move: _, ...todo } = subscriber.todo;
  // A crash may have left the address claimed that was asked for before.
  const releases = givenUp(subscriber, moving?.addressHash, to?.addressHash);
  return {
    ...known,
    ...(to && { moving: { address: to.address, addressHash: to.addressHash, askedAt: now } }),
    movesAt: [...(subscriber.movesAt ?? []).filter((at) => at > addDays(now, -30)), now],
    ...(releases.length > 0 && { releases }),
    todo: { ...todo, ...(to && { move: to.dueAt }), ...(releases.length > 0 && { release: now }) },
    changedAt: now,
  };
}

/**
 * The person at the address that they have proven. Old bounces told of the old one, and what they had stopped goes on
 * once no dispatch is left that read of them; a complaint, or an operator's word, is about our mail.
 */
export function moveTo(subscriber: Subscriber, to: NewAddress, now: Instant): Subscriber {
  const { moving: _, suppressed, releases: __, ...known } = subscriber;
  const { move: ___, ...todo } = subscriber.todo;
  const releases = givenUp(subscriber, subscriber.addressHash, to.addressHash);
  return {
    ...known,
    address: to.address,
    addressHash: to.addressHash,
    ...(suppressed && suppressed.reason !== "bounce" && { suppressed }),
    softBounces: [],
    ...(releases.length > 0 && { releases }),
    todo: {
      ...todo,
      ...(releases.length > 0 && { release: now }),
      ...(suppressed?.reason === "bounce" && { enrol: addMinutes(now, settleMinutes) }),
    },
    movedAt: now,
    changedAt: now,
  };
}

/** Hashes of addresses to be given free, once `former` is among them; never the one that is wanted. */
function givenUp(
  { releases = [], addressHash }: Subscriber,
  former?: string,
  wanted = addressHash,
): string[] {
  const all = new Set([...releases, ...(former === undefined ? [] : [former])]);
  return [...all].filter((hash) => hash !== wanted);
}
