import type { Deliveries, Packets } from "../ports.ts";
import type { Instant } from "../time/instant.ts";
import { type DeliveryKey, type DeliveryState, deliveryKey } from "./delivery.ts";
import type { HandSettlements } from "./ledger-ports.ts";
import { parseMailing } from "./mailing.ts";
import { type OpenPacketsDeps, openPackets } from "./open-packets.ts";
import { recountPacket } from "./recount-packet.ts";

/** What somebody who has looked into it says of a delivery: it went, it did not, or it shall go once more. */
export type Verdict = "sent" | "failed" | "again";

export interface ResolveByHandDeps extends OpenPacketsDeps {
  deliveries: Pick<Deliveries, "loadMany" | "leaveUnknown">;
  packets: Packets;
  handSettlements: HandSettlements;
}

export type ResolveByHandOutcome =
  | { status: "settled"; state: "sent" | "failed" }
  /** A packet with attempt 2 is open. */
  | { status: "goes-again" }
  | { status: "missing" }
  | { status: "not-unknown"; state: DeliveryState }
  /** Events still have until then to tell. */
  | { status: "too-early"; until: Instant }
  /** An event tells that it was accepted: nothing is left to decide. */
  | { status: "evidence"; events: string[] }
  /** Two attempts have an unknown outcome: a third might be a third mail. */
  | { status: "tried-twice" }
  | { status: "changed-meanwhile" };

const mostAttempts = 2;

/**
 * Decides on a delivery that stayed unknown. It never writes blindly: what is written holds only for the row as it
 * was read, and a second attempt takes the ordinary path, whose claim an event that comes first still stops.
 */
export async function resolveByHand(
  deps: ResolveByHandDeps,
  { as, ...key }: DeliveryKey & { as: Verdict },
): Promise<ResolveByHandOutcome> {
  const now = deps.clock.now();
  const delivery = (await deps.deliveries.loadMany([key])).get(deliveryKey(key));
  const mailing = parseMailing(key.mailing);
  if (!delivery || !mailing) return { status: "missing" };
  const { state, dueAt, attempt } = delivery;
  if (state !== "unknown") return { status: "not-unknown", state };
  const events = Object.keys(delivery.events ?? {});
  if (events.length > 0) return { status: "evidence", events };
  if (as !== "sent" && dueAt !== undefined && dueAt > now) return { status: "too-early", until: dueAt };

  if (as !== "again") {
    const settled = await deps.handSettlements.settle(delivery, as, now);
    if (!settled) return { status: "changed-meanwhile" };
    await recountPacket(deps, key);
    return { status: "settled", state: as };
  }
  if (attempt >= mostAttempts) return { status: "tried-twice" };
  // The packet first, as its policy does it: a crash in between repeats a packet that the claim then stops.
  await openPackets(deps, mailing, [key.subscriberId], { plannedAt: now, attempt: attempt + 1 });
  if (dueAt !== undefined) await deps.deliveries.leaveUnknown({ ...key, attempt, dueAt });
  return { status: "goes-again" };
}
