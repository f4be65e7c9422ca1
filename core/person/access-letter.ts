import type { Eligibility, Letter } from "../delivery/letter.ts";
import { type Mailing, mailingId } from "../delivery/mailing.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { addHours, type Instant } from "../time/instant.ts";
import { type KeyRing, signToken } from "../token/token.ts";
import { accessMailing } from "./request-access.ts";

/** The link lives this long from when its mail is made, in hours. */
const linkHours = 1;
/** Nobody waits for it any longer, in hours. */
const lateHours = 24;

/** The mail with the fresh link to one's data. It opens them while the address is the one that it went to. */
export function accessLetter(
  mailing: Mailing & { kind: "access" },
  context: { keys: KeyRing; publicUrl: string; now: Instant },
): Letter {
  const expiresAt = addHours(context.now, linkHours);
  return {
    template: "access",
    values: {},
    eligibility: (subscriber, when) => mayAccess(mailing, subscriber, when),
    personal: ({ id, addressHash }) => ({
      accountUrl: `${context.publicUrl}/account/${signToken(context.keys, {
        purpose: "account",
        subscriberId: id,
        list: addressHash,
        expiresAt,
      })}`,
    }),
  };
}

function mayAccess(
  mailing: Mailing,
  subscriber: Subscriber,
  { plannedAt, now }: { plannedAt: Instant; now: Instant },
): Eligibility {
  const newest = subscriber.accessAt?.at(-1);
  if (newest === undefined || mailingId(accessMailing(subscriber, newest)) !== mailingId(mailing))
    return { may: "skip", reason: "superseded" };
  return now > addHours(plannedAt, lateHours) ? { may: "skip", reason: "late" } : { may: "send" };
}
