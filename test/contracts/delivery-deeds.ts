import * as fc from "fast-check";
import { type Claim, standingOf } from "../../core/delivery/claim.ts";
import type { Delivery, Settlement } from "../../core/delivery/delivery.ts";
import { ownerOf } from "../../core/delivery/packet.ts";

/** The mailing that all deeds are about, and when they are done. */
export const mailing = "course_records_run-1_school";
export const at = "2027-03-01T09:00:00.000Z";
/** When an outcome that is unknown is looked at again. */
export const later = "2027-03-01T09:15:00.000Z";
export const unknown: Settlement = { state: "unknown", reason: "TimeoutError", dueAt: later };
export const sent: Settlement = { state: "sent", messageId: "m1" };

/** What may happen to a delivery. */
export type Deed =
  | { do: "claim"; claim: Pick<Claim, "owner" | "attempt"> }
  | { do: "settle"; owner: string; to: Settlement }
  | { do: "event" };

const owner = fc
  .record({ id: fc.constantFrom("pkt_1", "pkt_2"), lease: fc.integer({ min: 1, max: 3 }) })
  .map(ownerOf);
/** Any one of them. */
export const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("claim" as const),
      claim: fc.record({ owner, attempt: fc.integer({ min: 1, max: 2 }) }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("settle" as const),
      owner,
      to: fc.constantFrom<Settlement>(
        sent,
        unknown,
        { state: "released" },
        { state: "released", reason: "moved" },
        { state: "failed", reason: "MessageRejected" },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: "event" as const }) },
);

/** The row after a deed, by the rules alone; the very same row if nothing changes. */
export function after(row: Delivery | undefined, one: Deed, subscriberId: string): Delivery | undefined {
  if (one.do === "claim") {
    const fresh: Delivery = { subscriberId, mailing, state: "sending", ...one.claim, claimedAt: at };
    return !row || standingOf(row, one.claim) === "free" ? fresh : row;
  }
  if (!row) return row;
  if (one.do === "event") {
    const proved = row.proved || row.state === "unknown" ? ({ proved: true } as const) : {};
    const noted = { ...row, events: { delivered: at }, ...proved };
    return ["sending", "unknown", "released"].includes(row.state)
      ? settledAs({ ...noted }, { state: "sent", messageId: "m7" })
      : noted;
  }
  const late = row.state === "unknown" && one.to.state === "sent";
  return row.owner === one.owner && (row.state === "sending" || late) ? settledAs(row, one.to) : row;
}

function settledAs({ reason: _, dueAt: __, ...row }: Delivery, to: Settlement): Delivery {
  return { ...row, ...to, ...(to.state !== "released" && { settledAt: at }) };
}
