import { fastPath } from "../fast-path.ts";
import type { Addresses, Keys, Subscribers, Suppressions } from "../ports.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import { type Subscriber, strikeOff } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import { checkToken } from "../token/check-token.ts";
import { moveTo } from "./ask-to-move.ts";
import type { AddressClaims } from "./person-ports.ts";

export interface ReleaseAddressesDeps {
  subscribers: Subscribers;
  claims: Pick<AddressClaims, "release">;
  clock: Pick<Clock, "now">;
}

export interface ConfirmAddressDeps extends ReleaseAddressesDeps {
  addresses: Addresses;
  suppressions: Pick<Suppressions, "has">;
  keys: Keys;
  clock: Clock;
}

export type ConfirmAddressOutcome =
  | { status: "moved" }
  /** Somebody else has that address; only its owner can have pressed. */
  | { status: "taken" }
  /** Mail to it came back, or was complained about. */
  | { status: "suppressed" }
  /** A newer request has taken its place, or the person is gone. */
  | { status: "void" }
  | { status: "expired" }
  | { status: "forged" };

/**
 * Change of address, second half: claims the new address, moves the profile, then gives the old one free. After a crash
 * pressing again goes on where it stopped.
 */
export async function confirmAddress(
  deps: ConfirmAddressDeps,
  input: { token: string },
): Promise<ConfirmAddressOutcome> {
  const now = deps.clock.now();
  const check = await checkToken(deps.keys, "address", input.token, now);
  if (check.status !== "valid") return { status: check.status };
  const { subscriberId: id, list: addressHash } = check;
  const before = await deps.subscribers.load(id);
  if (!before || before.todo.erase !== undefined) return { status: "void" };
  const isThere = (known: Subscriber) => known.addressHash === addressHash && !known.moving;
  if (!isThere(before)) {
    if (before.moving?.addressHash !== addressHash) return { status: "void" };
    if (await deps.suppressions.has(addressHash)) return { status: "suppressed" };
    if ((await deps.addresses.claim(addressHash, id)) !== id) return { status: "taken" };
  }
  const moved = await changeSubscriber(deps.subscribers, id, (known) =>
    known.moving?.addressHash === addressHash && known.todo.erase === undefined
      ? moveTo(known, known.moving, now)
      : undefined,
  );
  if (moved) await fastPath(() => releaseAddresses(deps, moved));
  if (moved && isThere(moved)) return { status: "moved" };
  // Another request came in between: what was claimed for this one is nobody's.
  if (moved?.addressHash !== addressHash) await deps.claims.release(addressHash, id);
  return { status: "void" };
}

/** Gives the addresses free that are theirs no longer, then strikes the task off. Twice is harmless. */
export async function releaseAddresses(deps: ReleaseAddressesDeps, subscriber: Subscriber): Promise<void> {
  const { id, addressHash, releases = [], todo } = subscriber;
  const dueAt = todo.release;
  if (!dueAt || dueAt > deps.clock.now() || todo.erase !== undefined) return;
  for (const hash of releases) if (hash !== addressHash) await deps.claims.release(hash, id);
  await changeSubscriber(deps.subscribers, id, (current) => {
    const struck = strikeOff(current, "release", dueAt);
    if (!struck) return undefined;
    const { releases: _, ...rest } = struck;
    return rest;
  });
}
