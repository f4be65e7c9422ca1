import type { Mailing } from "../delivery/mailing.ts";
import { type OpenPacketsDeps, openPackets } from "../delivery/open-packets.ts";
import { fastPath } from "../fast-path.ts";
import type { Limits } from "../limit/limit-ports.ts";
import type { Suppressions } from "../ports.ts";
import { hashAddress, parseAddress } from "../subscriber/address.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import { type Subscriber, strikeOff } from "../subscriber/subscriber.ts";
import { addDays, addHours, type Instant } from "../time/instant.ts";
import { askToMove, mayMove } from "./ask-to-move.ts";
import { type FindOwnerDeps, type FoundOwner, findOwner } from "./find-owner.ts";
import type { AddressClaims } from "./person-ports.ts";

export interface SendMoveDeps extends OpenPacketsDeps {
  subscribers: FindOwnerDeps["subscribers"];
}

export interface ChangeAddressDeps extends FindOwnerDeps, SendMoveDeps {
  claims: Pick<AddressClaims, "find">;
  suppressions: Pick<Suppressions, "has">;
  limits: Limits;
}

export type ChangeAddressOutcome =
  /** The same whatever is known of the new address, and whether anything goes there. */
  | { status: "check-inbox"; enqueued: boolean }
  | { status: "invalid" }
  /** This person has asked too often; it says nothing of the new address. */
  | { status: "too-often" }
  | Exclude<FoundOwner, { status: "found" }>;

const daySeconds = 86_400;
const mostInMonth = 3;

/** Change of address, first half: the fresh link proves the old one, a mail to the new one asks to prove that. */
export async function changeAddress(
  deps: ChangeAddressDeps,
  input: { token: string; email: string },
): Promise<ChangeAddressOutcome> {
  const found = await findOwner(deps, input.token);
  if (found.status !== "found") return found;
  const address = parseAddress(input.email);
  if (!address) return { status: "invalid" };
  const now = deps.clock.now();
  if (!mayMove(found.owner, now)) return { status: "too-often" };

  const { hash } = await deps.keys.ring();
  const addressHash = hashAddress(hash, address.key);
  const to = (await mayWriteTo(deps, addressHash, now))
    ? { address: address.mailTo, addressHash }
    : undefined;
  let allowed = false;
  const subscriber = await changeSubscriber(deps.subscribers, found.owner.id, (known) => {
    allowed = mayMove(known, now);
    return allowed ? askToMove(known, to, now) : undefined;
  });
  if (!subscriber) return { status: "gone" };
  if (!allowed) return { status: "too-often" };
  return { status: "check-inbox", enqueued: await fastPath(() => sendMove(deps, subscriber)) };
}

/** Nobody gets more than one unasked mail a day and three in thirty days, be it by signups or by changes of address. */
async function mayWriteTo(deps: ChangeAddressDeps, addressHash: string, now: Instant): Promise<boolean> {
  if (await deps.suppressions.has(addressHash)) return false;
  const ownerId = await deps.claims.find(addressHash);
  const owner = ownerId === undefined ? undefined : await deps.subscribers.load(ownerId);
  const confirmed = (owner?.confirmationsAt ?? []).filter((at) => at > addDays(now, -30));
  if (confirmed.some((at) => at > addHours(now, -24)) || confirmed.length >= mostInMonth) return false;
  const name = `move#${addressHash}`;
  return (
    (await deps.limits.take(name, { most: 1, seconds: daySeconds }, now)) &&
    (await deps.limits.take(name, { most: mostInMonth - confirmed.length, seconds: 30 * daySeconds }, now))
  );
}

/** Enqueues the mail to the new address that is due, then strikes the task off. Twice is harmless: the mailing's id is the same. */
export async function sendMove(deps: SendMoveDeps, subscriber: Subscriber): Promise<void> {
  const dueAt = subscriber.todo.move;
  if (!dueAt || dueAt > deps.clock.now()) return;
  await openPackets(deps, moveMailing(dueAt), [subscriber.id], { plannedAt: dueAt });
  await changeSubscriber(deps.subscribers, subscriber.id, (current) => strikeOff(current, "move", dueAt));
}

/** The mailing of a change that was asked for then; the caps leave one a day. */
export function moveMailing(askedAt: Instant): Mailing & { kind: "address" } {
  return { kind: "address", date: askedAt.slice(0, 10), round: 1 };
}
