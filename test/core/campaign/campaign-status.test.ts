import { describe, expect, it } from "vitest";
import { reportOf } from "../../../core/campaign/campaign-status.ts";
import { newPacket } from "../../../core/delivery/open-packets.ts";
import { draftCampaign, startedCampaign } from "../../helpers/campaign-rows.ts";

const now = "2027-03-01T12:00:00.000Z";
const campaign = startedCampaign({ packets: 2, recipients: 5 });
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
    ["cancelled", { frozenAt: now, cancelledAt: now }, half],
    ["cancelled", { pausedAt: now, cancelledAt: now }, []],
    ["scheduled", { freezeAt: "2027-03-01T12:00:00.001Z" }, []],
    ["paused", { freezeAt: "2027-03-02T12:00:00.000Z", pausedAt: now }, []],
  ])("is %s", (state, changes, packets) => {
    expect(reportOf({ ...campaign, ...changes }, packets, now).state).toBe(state);
  });

  it("is a draft until it is started", () => {
    expect(reportOf(draftCampaign(), [], now).state).toBe("draft");
  });

  it("sums the packets' counts, and everyone is accounted for", () => {
    expect(reportOf(campaign, done, now)).toMatchObject({
      waiting: 0,
      counts: { sent: 3, skipped: 1, failed: 1 },
    });
    expect(reportOf(campaign, half, now)).toMatchObject({ waiting: 2, counts: { sent: 2, skipped: 1 } });
    expect(reportOf(campaign, half.slice(1), now)).toMatchObject({ waiting: 2, counts: { forgotten: 3 } });
  });
});
