import { describe, expect, it } from "vitest";
import type { Campaign } from "../../../core/campaign/campaign.ts";
import { reportOf } from "../../../core/campaign/campaign-status.ts";
import { newPacket } from "../../../core/delivery/open-packets.ts";

const now = "2027-03-01T12:00:00.000Z";
const campaign: Campaign = {
  id: "news",
  title: "News",
  bodyHtml: "<p>News</p>",
  bodyText: "News",
  list: "records",
  digest: "digest",
  createdAt: now,
  packets: 2,
  recipients: 5,
};
const mailing = { kind: "campaign", campaign: "news" } as const;
const packet = (recipients: string[], counts?: Record<string, number>) => ({
  ...newPacket("pkt_news_1", mailing, recipients, { plannedAt: now }, now),
  ...(counts && { state: "done" as const, counts }),
});
const done = [packet(["a", "b", "c"], { sent: 2, skipped: 1 }), packet(["d", "e"], { sent: 1, failed: 1 })];
const half = done.slice(0, 1).concat(packet(["d", "e"]));

describe("the report of a campaign", () => {
  it.each([
    ["freezing", {}, half],
    ["freezing", {}, done],
    ["sending", { frozenAt: now }, half],
    ["paused", { frozenAt: now, pausedAt: now }, half],
    ["paused", { pausedAt: now }, done],
    ["done", { frozenAt: now, pausedAt: now }, done],
    ["done", { frozenAt: now }, []],
  ])("is %s", (state, changes, packets) => {
    expect(reportOf({ ...campaign, ...changes }, packets).state).toBe(state);
  });

  it("sums the packets' counts, and everyone is accounted for", () => {
    expect(reportOf(campaign, done)).toMatchObject({
      waiting: 0,
      counts: { sent: 3, skipped: 1, failed: 1 },
    });
    expect(reportOf(campaign, half)).toMatchObject({ waiting: 2, counts: { sent: 2, skipped: 1 } });
    expect(reportOf(campaign, half.slice(1))).toMatchObject({ waiting: 2, counts: { forgotten: 3 } });
  });
});
