import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expandCampaigns } from "../../../core/campaign/expand-campaigns.ts";
import { freezeModel } from "./freeze-model.ts";

const people = (count: number) => Array.from({ length: count }, (_, index) => `sub_${100 + index}`);

describe("freezing an audience", () => {
  it("writes a packet for each page, then rings for all of them", async () => {
    const model = freezeModel(people(8));
    await expandCampaigns(model.deps, 100);
    expect(model.campaign).toMatchObject({ packets: 3, recipients: 8, frozenAt: "2027-03-01T12:01:00.000Z" });
    expect(model.audience()).toEqual(people(8));
    expect(model.rung).toEqual(["pkt_news_1", "pkt_news_2", "pkt_news_3"]);
  });

  it("goes on where the last run ended, and rings for nothing before the last page", async () => {
    const model = freezeModel(people(8));
    await expandCampaigns(model.deps, 2);
    expect(model.campaign).toMatchObject({ packets: 2, cursor: "sub_105" });
    expect(model.rung).toEqual([]);
    await expandCampaigns(model.deps, 2);
    expect(model.audience()).toEqual(people(8));
  });

  it("of nobody is done at once", async () => {
    const model = freezeModel([]);
    await expandCampaigns(model.deps, 1);
    expect(model.campaign).toMatchObject({ packets: 0, recipients: 0, frozenAt: expect.any(String) });
  });

  it("repeats a page after a crash with those who were in it, though some left, and takes who came", async () => {
    const model = freezeModel(people(8));
    const { moveOn } = model.deps.campaigns;
    model.deps.campaigns.moveOn = () => Promise.reject(new Error("died"));
    await expect(expandCampaigns(model.deps, 100)).rejects.toThrow();
    model.members.delete("sub_100");
    model.members.delete("sub_101");
    model.members.add("sub_1005");
    model.deps.campaigns.moveOn = moveOn;
    await expandCampaigns(model.deps, 100);
    expect(model.audience().toSorted()).toEqual([...people(8), "sub_1005"].toSorted());
    expect(model.campaign.recipients).toBe(9);
  });

  it("counts the page of a crash, though all of its members have left since", async () => {
    const model = freezeModel(people(3));
    const { moveOn } = model.deps.campaigns;
    model.deps.campaigns.moveOn = () => Promise.reject(new Error("died"));
    await expect(expandCampaigns(model.deps, 100)).rejects.toThrow();
    model.members.clear();
    model.deps.campaigns.moveOn = moveOn;
    await expandCampaigns(model.deps, 100);
    expect(model.campaign).toMatchObject({ packets: 1, recipients: 3, frozenAt: expect.any(String) });
  });

  it("at local times puts together who gets it at one instant, and rings for none of them yet", async () => {
    const model = freezeModel(people(8), undefined, 8);
    model.campaign.when = { local: "2027-03-02T09:00" };
    model.zoneOf = (id) => (Number(id.slice(-1)) % 2 ? "Europe/Berlin" : "America/New_York");
    await expandCampaigns(model.deps, 100);
    expect([...model.packets.values()].map(({ recipients, dueAt }) => [recipients.length, dueAt])).toEqual([
      [4, "2027-03-02T14:00:00.000Z"],
      [4, "2027-03-02T08:00:00.000Z"],
      [0, undefined],
    ]);
    expect(model.campaign).toMatchObject({ packets: 2, recipients: 8 });
    expect(model.rung).toEqual([]);
  });

  it("of one that is cancelled takes in nobody", async () => {
    const model = freezeModel(people(8));
    model.campaign.cancelledAt = "2027-03-01T12:00:30.000Z";
    await expandCampaigns(model.deps, 100);
    expect(model.campaign).toMatchObject({ packets: 0, recipients: 0, frozenAt: expect.any(String) });
  });

  it("that is cancelled on the way is closed, and counts what was written", async () => {
    const model = freezeModel(people(8));
    const { moveOn } = model.deps.campaigns;
    model.deps.campaigns.moveOn = () => Promise.reject(new Error("died"));
    await expect(expandCampaigns(model.deps, 100)).rejects.toThrow();
    model.deps.campaigns.moveOn = moveOn;
    model.campaign.cancelledAt = "2027-03-01T12:00:30.000Z";
    await expandCampaigns(model.deps, 100);
    expect(model.campaign).toMatchObject({ packets: 1, recipients: 3, frozenAt: expect.any(String) });
  });

  it("loses nobody and doubles nobody, whatever crashes, overlaps, joins and leaves", async () => {
    const fate = fc.constantFrom("works", "works", "works", "dies before", "dies after");
    const change = fc.record({ id: fc.nat(99), joins: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fate, { maxLength: 60 }),
        fc.array(change, { maxLength: 12 }),
        fc.integer({ min: 0, max: 20 }),
        async (scheduler, fates, changes, stayers) => {
          const staying = people(stayers);
          const passing = ({ id }: { id: number }) => `sub_${100 + (id % 20)}-${id}`;
          const leaving = changes.filter(({ joins }) => !joins).map(passing);
          const pageSize = 1 + (stayers % 7);
          const model = freezeModel(
            [...staying, ...leaving],
            async (call) => {
              await scheduler.schedule(Promise.resolve());
              const what = fates.shift() ?? "works";
              if (what === "dies before") throw new Error("died");
              const result = call();
              if (what === "dies after") throw new Error("died");
              return result;
            },
            pageSize,
          );
          if (stayers % 2) {
            model.campaign.when = { local: "2027-03-02T09:00" };
            model.zoneOf = (id) => (Number(id.slice(-1)) % 3 ? "Europe/Berlin" : "America/New_York");
          }
          for (const change of changes) model.rows.add(passing(change));
          const churn = changes.map(async (change) => {
            await scheduler.schedule(Promise.resolve());
            if (change.joins) model.members.add(passing(change));
            else model.members.delete(passing(change));
          });
          const runs = [2, 3, 100].map((pages) => expandCampaigns(model.deps, pages).catch(() => {}));
          await scheduler.waitFor(Promise.all([...churn, ...runs]));
          fates.length = 0;
          await scheduler.waitFor(expandCampaigns(model.deps, 100));
          const audience = model.audience();
          expect(model.campaign.frozenAt).toBeDefined();
          expect(new Set(audience).size).toBe(audience.length);
          expect(audience).toEqual(expect.arrayContaining(staying));
          expect(model.campaign.recipients).toBe(audience.length);
          expect([...model.packets.values()].flatMap(({ recipients }) => recipients)).toEqual(audience);
        },
      ),
      { numRuns: 500 },
    );
  });
});
