import type { Eligibility, Letter } from "../delivery/letter.ts";
import { type Mailing, mailingId } from "../delivery/mailing.ts";
import type { Subscribers, Suppressions } from "../ports.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { addHours, type Instant } from "../time/instant.ts";
import { type KeyRing, signToken } from "../token/token.ts";
import { moveMailing } from "./change-address.ts";

/** The link lives this long from when its mail is made, and the mail may be as late, in hours. */
export const addressHours = 24;

export interface AddressLetterDeps {
  subscribers: Subscribers;
  suppressions: Pick<Suppressions, "has">;
  publicUrl: string;
}

/** The mail that asks for the proof of a new address. It goes there, and so tells nothing of the person. */
export async function addressLetter(
  deps: AddressLetterDeps,
  mailing: Mailing & { kind: "address" },
  { keys, now, recipients }: { keys: KeyRing; now: Instant; recipients: string[] },
): Promise<Letter> {
  const unwanted = await suppressedAmong(deps, recipients);
  const expiresAt = addHours(now, addressHours);
  return {
    template: "address",
    values: {},
    to: ({ moving }) => moving?.address,
    eligibility: (subscriber, when) => mayAsk(mailing, unwanted, subscriber, when),
    personal: ({ id, moving }) => ({
      // The address may be a stranger's: it learns no name.
      greeting: "Hello,",
      addressUrl: `${deps.publicUrl}/address/${signToken(keys, {
        purpose: "address",
        subscriberId: id,
        list: moving?.addressHash ?? "",
        expiresAt,
      })}`,
    }),
  };
}

/** Hashes of the new addresses that must not be written to. */
async function suppressedAmong(deps: AddressLetterDeps, recipients: string[]): Promise<Set<string>> {
  const unwanted = new Set<string>();
  for (const loaded of (await deps.subscribers.loadMany(recipients)).values()) {
    const hash = loaded === "unreadable" ? undefined : loaded.moving?.addressHash;
    if (hash !== undefined && (await deps.suppressions.has(hash))) unwanted.add(hash);
  }
  return unwanted;
}

function mayAsk(
  mailing: Mailing,
  unwanted: Set<string>,
  { moving, suppressed }: Subscriber,
  { plannedAt, now }: { plannedAt: Instant; now: Instant },
): Eligibility {
  if (!moving || mailingId(moveMailing(moving.askedAt)) !== mailingId(mailing))
    return { may: "skip", reason: "superseded" };
  // A bounce told of the old address; whoever complained, or wants none, gets no mail of ours anywhere.
  if ((suppressed && suppressed.reason !== "bounce") || unwanted.has(moving.addressHash))
    return { may: "skip", reason: "suppressed" };
  return now > addHours(plannedAt, addressHours) ? { may: "skip", reason: "late" } : { may: "send" };
}
