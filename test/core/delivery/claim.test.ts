import { describe, expect, it } from "vitest";
import { standingOf } from "../../../core/delivery/claim.ts";
import type { Delivery } from "../../../core/delivery/delivery.ts";

const at = "2027-03-01T09:00:00.000Z";
const row = (state: Delivery["state"], more: Partial<Delivery> = {}): Delivery => ({
  subscriberId: "sub_1",
  mailing: "digest_2027-W10",
  state,
  owner: "pkt_1.2",
  attempt: 1,
  claimedAt: at,
  ...more,
});
const by = (owner: string, attempt = 1) => ({ owner, attempt });

describe("a row, to a claim of", () => {
  it.each([
    ["its own lease", row("sending"), by("pkt_1.2"), "held"],
    ["the next lease", row("sending"), by("pkt_1.3"), "free"],
    ["a lease that counts past nine", row("sending", { owner: "pkt_1.9" }), by("pkt_1.10"), "free"],
    ["an earlier lease", row("sending"), by("pkt_1.1"), "taken"],
    ["another packet", row("sending"), by("pkt_2.3"), "taken"],
    ["a packet whose id begins alike", row("sending"), by("pkt_1.2.3"), "taken"],
    ["anyone, once it is released", row("released"), by("pkt_2.1"), "free"],
    ["an earlier lease of the packet that released it", row("released"), by("pkt_1.1"), "taken"],
    ["the lease that released it", row("released"), by("pkt_1.2"), "free"],
    ["a second attempt, once it is released", row("released"), by("pkt_2.1", 2), "free"],
    ["a first attempt, once a second is released", row("released", { attempt: 2 }), by("pkt_1.3"), "taken"],
    ["the same attempt, when it is unknown", row("unknown"), by("pkt_1.2"), "taken"],
    ["a second attempt, when it is unknown", row("unknown"), by("pkt_2.1", 2), "free"],
    ["a second attempt, when it is sent", row("sent"), by("pkt_2.1", 2), "taken"],
    ["a second attempt, when it has failed", row("failed"), by("pkt_2.1", 2), "taken"],
    ["a second attempt, when it is skipped", row("skipped"), by("pkt_2.1", 2), "taken"],
  ])("%s", (_of, found, claim, standing) => {
    expect(standingOf(found, claim)).toBe(standing);
  });

  it.each(["sending", "released", "unknown"] as const)(
    "anyone is taken when %s, once an event is noted",
    (state) => {
      const noted = row(state, { events: { delivered: at } });
      for (const owner of ["pkt_1.2", "pkt_1.3", "pkt_2.1"])
        expect(standingOf(noted, by(owner, 2))).toBe("taken");
    },
  );
});
