import { describe, expect, it } from "vitest";
import type { Campaign } from "../../../core/campaign/campaign.ts";
import { judgeFeedback, lookAt, watchCampaign } from "../../../core/campaign/watch-campaign.ts";
import { newPacket } from "../../../core/delivery/open-packets.ts";
import { startedCampaign } from "../../helpers/campaign-rows.ts";

const now = "2027-03-01T12:10:00.000Z";

describe("what SES tells of a campaign", () => {
  it.each([
    [{ sent: 499, bounced: 499, complained: 499 }, undefined, undefined],
    [{ sent: 500, bounced: 25, complained: 0 }, undefined, undefined],
    [{ sent: 500, bounced: 26, complained: 0 }, undefined, "bounces"],
    [{ sent: 1000, bounced: 0, complained: 1 }, undefined, undefined],
    [{ sent: 1000, bounced: 0, complained: 2 }, undefined, "complaints"],
    [{ sent: 500, bounced: 0, complained: 1 }, undefined, "complaints"],
    // What was told before somebody let it go on is not held against it again.
    [{ sent: 1100, bounced: 60, complained: 2 }, { sent: 600, bounced: 60, complained: 2 }, undefined],
    [{ sent: 1099, bounced: 100, complained: 2 }, { sent: 600, bounced: 60, complained: 2 }, undefined],
    [{ sent: 1100, bounced: 86, complained: 2 }, { sent: 600, bounced: 60, complained: 2 }, "bounces"],
  ])("of %j since %j is a cause to pause it: %s", (feedback, since, cause) => {
    expect(judgeFeedback(feedback, since)).toBe(cause);
  });
});

describe("a campaign that goes", () => {
  const packet = (n: number, tally: Record<string, number>, open = false) => {
    const mailing = { kind: "campaign", campaign: "news" } as const;
    const fresh = newPacket(`pkt_news_${n}`, mailing, [`sub_${n}`], { plannedAt: now }, now);
    return open ? fresh : { ...fresh, state: "done" as const, counts: { sent: 50 }, tally };
  };
  async function look(packets: ReturnType<typeof packet>[], changes: Partial<Campaign> = {}) {
    const told: unknown[] = [];
    const tell =
      (name: string) =>
      async (...given: unknown[]): Promise<boolean> =>
        told.push([name, ...given]) > 0;
    const campaigns = { lookAgain: tell("lookAgain"), finish: tell("finish"), pause: tell("pause") };
    const campaign = startedCampaign({ packets: packets.length, frozenAt: now, ...changes });
    await watchCampaign(
      {
        campaigns: campaigns as never,
        packets: { loadMany: async (ids) => packets.filter(({ id }) => ids.includes(id)) },
        clock: { now: () => now, elapsed: () => 0, sleep: async () => {} },
      },
      campaign,
    );
    return told;
  }
  const twelve = Array.from({ length: 12 }, (_, n) => packet(n + 1, { bounced: 3 }));

  it("is paused when too much comes back, and looked at less often then", async () => {
    const feedback = { sent: 600, bounced: 36, complained: 0 };
    expect(await look([...twelve, packet(13, {}, true)])).toEqual([
      ["pause", "news", now, { cause: "bounces", feedback }],
      ["lookAgain", "news", "2027-03-01T12:11:00.000Z"],
    ]);
  });

  it("is not paused again, nor when it is cancelled", async () => {
    for (const changes of [{ pausedAt: now }, { cancelledAt: now }]) {
      const told = await look([...twelve, packet(13, {}, true)], changes);
      expect(told.map((deed) => (deed as string[])[0])).toEqual(["lookAgain"]);
    }
  });

  it("is over when all of its packets are done", async () => {
    expect(await look(twelve)).toEqual([["finish", "news", now]]);
    expect(await look([])).toEqual([["finish", "news", now]]);
  });

  it.each([
    [{ packets: 3 }, "2027-03-01T12:11:00.000Z"],
    [{ packets: 20_000 }, "2027-03-01T12:14:00.000Z"],
    [{ packets: 3, pausedAt: now }, "2027-03-01T12:15:00.000Z"],
    [{ packets: 3, when: { local: "2027-03-02T09:00" } }, "2027-03-01T12:15:00.000Z"],
  ])("of %j is looked at again at %s", (changes, at) => {
    expect(lookAt(startedCampaign(changes), now)).toBe(at);
  });
});
