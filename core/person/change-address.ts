import type { Mailing } from "../delivery/mailing.ts";
import { type OpenPacketsDeps, openPackets } from "../delivery/open-packets.ts";
import { fastPath } from "../fast-path.ts";
import { takeMailbox } from "../guard/mailbox-limit.ts";
import type { Limits } from "../limit/limit-ports.ts";
import type { Suppressions } from "../ports.ts";
import { hashAddress, parseAddress } from "../subscriber/address.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import { type Subscriber, strikeOff } from "../subscriber/subscriber.ts";
import { addDays, addHours, addMinutes, type Instant } from "../time/instant.ts";
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
/** Meanwhile the request is asked of the limits, or has crashed: then dispatch sends its mail, one too many at worst. */
const askingMinutes = 2;

/**
 * Change of address, first half: the fresh link proves the old one, a mail to the new one asks to prove that. The
 * request is stored before it takes anything of what the new address may get, so a failure in between loses no mail.
 */
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
  const unasked = await unaskedLeft(deps, addressHash, now);
  const to = unasked > 0 ? { address: address.mailTo, addressHash } : undefined;
  let allowed = false;
  const subscriber = await changeSubscriber(deps.subscribers, found.owner.id, (known) => {
    allowed = mayMove(known, now);
    return allowed
      ? askToMove(known, to && { ...to, dueAt: addMinutes(now, askingMinutes) }, now)
      : undefined;
  });
  if (!subscriber) return { status: "gone" };
  if (!allowed) return { status: "too-often" };
  const enqueued = await fastPath(async () => {
    if (!to) return;
    const mayWrite =
      (await takeUnasked(deps, addressHash, unasked, now)) &&
      (await takeMailbox(deps, { hashKey: hash, key: address.key }, now));
    await (mayWrite ? enqueueMove(deps, subscriber) : takeBack(deps, subscriber));
  });
  return { status: "check-inbox", enqueued };
}

/** How many unasked mails an address may still get in thirty days: three, and one a day, by signups or by changes of address. */
async function unaskedLeft(deps: ChangeAddressDeps, addressHash: string, now: Instant): Promise<number> {
  if (await deps.suppressions.has(addressHash)) return 0;
  const ownerId = await deps.claims.find(addressHash);
  const owner = ownerId === undefined ? undefined : await deps.subscribers.load(ownerId);
  const confirmed = (owner?.confirmationsAt ?? []).filter((at) => at > addDays(now, -30));
  return confirmed.some((at) => at > addHours(now, -24)) ? 0 : mostInMonth - confirmed.length;
}

async function takeUnasked(
  { limits }: Pick<ChangeAddressDeps, "limits">,
  addressHash: string,
  most: number,
  now: Instant,
): Promise<boolean> {
  const name = `move#${addressHash}`;
  return (
    (await limits.take(name, { most: 1, seconds: daySeconds }, now)) &&
    (await limits.take(name, { most, seconds: 30 * daySeconds }, now))
  );
}

/** No mail goes for this request after all; it counts all the same. */
async function takeBack({ subscribers }: SendMoveDeps, { id, todo: { move } }: Subscriber): Promise<void> {
  await changeSubscriber(subscribers, id, (current) => {
    const struck = move === undefined ? undefined : strikeOff(current, "move", move);
    if (!struck) return undefined;
    const { moving: _, ...rest } = struck;
    return rest;
  });
}

/** Enqueues the mail to the new address that is due. */
export async function sendMove(deps: SendMoveDeps, subscriber: Subscriber): Promise<void> {
  const dueAt = subscriber.todo.move;
  if (dueAt && dueAt <= deps.clock.now()) await enqueueMove(deps, subscriber);
}

/** Enqueues it, then strikes the task off. Twice is harmless: the mailing's id is the same. */
async function enqueueMove(deps: SendMoveDeps, { id, moving, todo: { move } }: Subscriber): Promise<void> {
  if (!move) return;
  const askedAt = moving?.askedAt ?? move;
  await openPackets(deps, moveMailing(askedAt), [id], { plannedAt: askedAt });
  await changeSubscriber(deps.subscribers, id, (current) => strikeOff(current, "move", move));
}

/** The mailing of a change that was asked for then; the caps leave one a day. */
export function moveMailing(askedAt: Instant): Mailing & { kind: "address" } {
  return { kind: "address", date: askedAt.slice(0, 10), round: 1 };
}
