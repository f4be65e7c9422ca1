import type { Subscriber } from "../../core/subscriber/subscriber.ts";

/** A subscriber who has joined the course `records`; `changes` replaces what a test is about. */
export function subscriber(changes: Partial<Subscriber> = {}): Subscriber {
  return {
    id: "sub_1",
    rev: 1,
    address: "ada@example.com",
    addressHash: "hash",
    name: "Ada",
    zone: "America/New_York",
    lists: { records: { state: "joined", run: 1, since: "2027-03-01T12:00:00.000Z" } },
    consent: { textVersion: "1", source: "form", network: "192.0.2.1", askedAt: "2027-03-01T11:00:00.000Z" },
    confirmationsAt: ["2027-03-01T11:00:00.000Z"],
    todo: {},
    softBounces: [],
    createdAt: "2027-03-01T11:00:00.000Z",
    changedAt: "2027-03-01T12:00:00.000Z",
    ...changes,
  };
}

/** The membership of `records` in one state. */
export function member(state: "wanted" | "joined" | "left", run = 1): Pick<Subscriber, "lists"> {
  return { lists: { records: { state, run, since: "2027-03-01T12:00:00.000Z" } } };
}

/** As suppressed after a hard bounce. */
export const bounced: Pick<Subscriber, "suppressed"> = {
  suppressed: { reason: "bounce", since: "2027-03-02T12:00:00.000Z" },
};
