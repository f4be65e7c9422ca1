import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Campaign, StartedCampaign } from "../../core/campaign/campaign.ts";
import type { Campaigns } from "../../core/campaign/campaign-ports.ts";
import { draftCampaign, startedCampaign } from "../helpers/campaign-rows.ts";
import { idsOfOneShard } from "./one-shard.ts";
import type { UnderTest } from "./under-test.ts";

const createdAt = "2027-03-01T09:00:00.000Z";
const later = "2027-03-01T09:15:00.000Z";

/** What campaigns do, whatever keeps them. */
export function campaignsContract(name: string, start: () => Promise<UnderTest<Campaigns>>): void {
  describe(`campaigns, ${name}`, () => {
    let campaigns: Campaigns;
    let under: UnderTest<Campaigns>;
    beforeAll(async () => {
      under = await start();
      campaigns = under.port;
    });
    afterAll(() => under.stop?.());

    let count = 0;
    async function created(changes: Partial<Campaign> = {}): Promise<StartedCampaign> {
      const campaign = startedCampaign({ id: `news-${++count}`, createdAt, ...changes });
      expect(await campaigns.create(campaign)).toBe(true);
      return campaign;
    }
    const onePage = { packets: 1, recipients: 50, cursor: "sub_5" };
    /** As it is read after its first page. */
    async function begun(): Promise<StartedCampaign> {
      const campaign = await created();
      expect(await campaigns.moveOn(campaign, onePage)).toBe(true);
      return { ...campaign, ...onePage };
    }
    const tomorrow = "2027-03-02T09:00:00.000Z";
    const frozen = { packets: 2, recipients: 60, frozenAt: later };
    const toFrozen = { ...frozen, lookAt: tomorrow };

    it("keep what was written first, whatever became of it", async () => {
      const campaign = await created();
      expect(await campaigns.create({ ...campaign, title: "Other" })).toBe(false);
      expect(await campaigns.load(campaign.id)).toEqual(campaign);
      await campaigns.moveOn(campaign, { packets: 0, recipients: 0, frozenAt: later, lookAt: tomorrow });
      expect(await campaigns.create(campaign)).toBe(false);
      expect(await campaigns.due(later, 1000)).not.toContain(campaign.id);
      expect(await campaigns.load("none")).toBeUndefined();
    });

    it("are due from their creation until they are frozen, paused or not", async () => {
      const campaign = await begun();
      expect(await campaigns.due("2027-03-01T08:59:59.999Z", 1000)).not.toContain(campaign.id);
      expect(await campaigns.due(createdAt, 1000)).toContain(campaign.id);
      await campaigns.pause(campaign.id, later);
      expect(await campaigns.due(createdAt, 1000)).toContain(campaign.id);
      await campaigns.moveOn(campaign, toFrozen);
      expect(await campaigns.due(later, 1000)).not.toContain(campaign.id);
    });

    it("are due by age within a shard, each shard with its share of the limit", async () => {
      const [second = "", third = "", first = ""] = idsOfOneShard("campaign", "old-", 3);
      const day = (n: number) => `2026-01-0${n}T00:00:00.000Z`;
      await created({ id: second, createdAt: day(2) });
      await created({ id: third, createdAt: day(3) });
      await created({ id: first, createdAt: day(1) });
      expect(await campaigns.due(day(3), 1000)).toEqual([first, second, third]);
      expect(await campaigns.due(day(3), 5)).toEqual([first, second]);
      expect(await campaigns.due(day(3), 1)).toEqual([first]);
    });

    it("move on once from the page that was read", async () => {
      const campaign = await created();
      const moved = await Promise.all([1, 2, 3, 4].map(() => campaigns.moveOn(campaign, onePage)));
      expect(moved.filter(Boolean)).toHaveLength(1);
      expect(await campaigns.load(campaign.id)).toEqual({ ...campaign, ...onePage });
    });

    it("move on from no other page", async () => {
      const read = await begun();
      const { cursor: _, ...fromTheStart } = read;
      const others = [
        { ...read, packets: 0 },
        { ...read, packets: 2 },
        { ...read, cursor: "sub_4" },
      ];
      for (const other of [...others, fromTheStart])
        expect(await campaigns.moveOn(other, toFrozen)).toBe(false);
      const fresh = await created();
      expect(await campaigns.moveOn({ ...fresh, cursor: "sub_5" }, onePage)).toBe(false);
      expect(await campaigns.load(read.id)).toEqual(read);
      expect(await campaigns.load(fresh.id)).toEqual(fresh);
    });

    it("move on over a page of nobody, and tell two visits to one place apart by the count", async () => {
      const campaign = await created();
      const nobody = { packets: 0, recipients: 0, cursor: "sub_5" };
      expect(await campaigns.moveOn(campaign, nobody)).toBe(true);
      expect(await campaigns.moveOn(campaign, nobody)).toBe(false);
      expect(await campaigns.moveOn({ ...campaign, ...nobody }, onePage)).toBe(true);
      expect(await campaigns.moveOn({ ...campaign, ...nobody }, onePage)).toBe(false);
      expect(await campaigns.load(campaign.id)).toEqual({ ...campaign, ...onePage });
    });

    it("that are frozen stay so, and have no next page", async () => {
      const read = await begun();
      expect(await campaigns.moveOn(read, toFrozen)).toBe(true);
      const { cursor: _, ...rest } = read;
      const over = { ...rest, ...frozen };
      for (const from of [read, over, { ...over, cursor: onePage.cursor }])
        expect(await campaigns.moveOn(from, { ...onePage, packets: 3 })).toBe(false);
      expect(await campaigns.load(read.id)).toEqual(over);
    });

    it("are paused and resumed, frozen or not; neither undoes the other", async () => {
      const read = await begun();
      expect(await campaigns.resume(read.id)).toBe(false);
      expect(await campaigns.pause(read.id, createdAt)).toBe(true);
      expect(await campaigns.pause(read.id, later)).toBe(false);
      expect(await campaigns.load(read.id)).toEqual({ ...read, pausedAt: createdAt });
      expect(await campaigns.moveOn(read, toFrozen)).toBe(true);
      expect(await campaigns.load(read.id)).toMatchObject({ ...frozen, pausedAt: createdAt });
      expect(await campaigns.resume(read.id)).toBe(true);
      expect(await campaigns.resume(read.id)).toBe(false);
      const { cursor: _, ...rest } = read;
      expect(await campaigns.load(read.id)).toEqual({ ...rest, ...frozen });
      expect(await campaigns.pause(read.id, later)).toBe(true);
    });

    it("are drafts until they are started, changed over what was read", async () => {
      const draft = draftCampaign({ id: "draft" });
      expect(await campaigns.create(draft)).toBe(true);
      expect(await campaigns.due(later, 1000)).not.toContain("draft");
      const deeds = [
        campaigns.pause("draft", later),
        campaigns.resume("draft"),
        campaigns.cancel("draft", later),
      ];
      expect(await Promise.all(deeds)).toEqual([false, false, false]);
      expect(await campaigns.moveOn(draft, onePage)).toBe(false);
      expect(await campaigns.load("draft")).toEqual(draft);

      const twice = [draft, draft].map((read) => campaigns.replace({ ...read, title: "Other" }));
      expect((await Promise.all(twice)).filter(Boolean)).toHaveLength(1);
      const read = { ...draft, title: "Other", rev: 2 };
      expect(await campaigns.load("draft")).toEqual(read);
      const started = { ...read, when: { at: later }, freezeAt: later };
      expect(await campaigns.replace(started)).toBe(true);
      expect(await campaigns.due(createdAt, 1000)).not.toContain("draft");
      expect(await campaigns.due(later, 1000)).toContain("draft");
      expect(await campaigns.replace({ ...read, rev: 3 })).toBe(false);
      expect(await campaigns.load("draft")).toEqual({ ...started, rev: 3 });
    });

    it("are drafts again, unless the freeze has begun", async () => {
      const campaign = await created();
      await campaigns.pause(campaign.id, later);
      expect(await campaigns.unschedule({ ...campaign, freezeAt: later })).toBe(false);
      expect(await campaigns.unschedule(campaign)).toBe(true);
      expect(await campaigns.unschedule(campaign)).toBe(false);
      const { when: _, freezeAt: _f, ...draft } = campaign;
      expect(await campaigns.load(campaign.id)).toEqual(draft);
      expect(await campaigns.due(later, 1000)).not.toContain(campaign.id);
      const begun = startedCampaign({ id: "begun", createdAt });
      await campaigns.create(begun);
      await campaigns.moveOn(begun, { packets: 0, recipients: 0, cursor: "sub_5" });
      expect(await campaigns.unschedule(begun)).toBe(false);
    });

    it("are cancelled once and for good: no page follows, but the freeze may be closed", async () => {
      const read = await begun();
      expect(await campaigns.cancel(read.id, later)).toBe(true);
      expect(await campaigns.cancel(read.id, createdAt)).toBe(false);
      expect(await campaigns.moveOn(read, { packets: 2, recipients: 70, cursor: "sub_9" })).toBe(false);
      expect(await campaigns.pause(read.id, later)).toBe(false);
      expect(await campaigns.load(read.id)).toEqual({ ...read, cancelledAt: later });
      expect(await campaigns.due(createdAt, 1000)).not.toContain(read.id);
      expect(await campaigns.due(later, 1000)).toContain(read.id);
      expect(await campaigns.moveOn(read, toFrozen)).toBe(true);
      await campaigns.finish(read.id, later);
      expect(await campaigns.load(read.id)).toMatchObject({ ...frozen, cancelledAt: later, doneAt: later });
    });

    it("that are over are not cancelled", async () => {
      const campaign = await created();
      await campaigns.moveOn(campaign, toFrozen);
      await campaigns.finish(campaign.id, later);
      expect(await campaigns.cancel(campaign.id, later)).toBe(false);
    });

    it("are paused for a cause with what was told by then, which stays when they go on", async () => {
      const campaign = await created();
      const feedback = { sent: 600, bounced: 40, complained: 0 };
      expect(await campaigns.pause(campaign.id, later, { cause: "bounces", feedback })).toBe(true);
      const paused = { pausedAt: later, pausedBecause: "bounces", watchedFrom: feedback };
      expect(await campaigns.load(campaign.id)).toEqual({ ...campaign, ...paused });
      expect(await campaigns.resume(campaign.id)).toBe(true);
      expect(await campaigns.load(campaign.id)).toEqual({ ...campaign, watchedFrom: feedback });
    });

    it("are looked at while they go, until they are over", async () => {
      const campaign = await created();
      await campaigns.lookAgain(campaign.id, later);
      await campaigns.finish(campaign.id, later);
      expect(await campaigns.load(campaign.id)).toEqual(campaign);
      expect(await campaigns.due(createdAt, 1000)).toContain(campaign.id);
      await campaigns.moveOn(campaign, { ...frozen, lookAt: later });
      expect(await campaigns.due(createdAt, 1000)).not.toContain(campaign.id);
      expect(await campaigns.due(later, 1000)).toContain(campaign.id);
      await campaigns.lookAgain(campaign.id, "2027-03-01T09:20:00.000Z");
      expect(await campaigns.due(later, 1000)).not.toContain(campaign.id);
      await campaigns.finish(campaign.id, later);
      await campaigns.lookAgain(campaign.id, createdAt);
      await campaigns.finish(campaign.id, createdAt);
      expect(await campaigns.due("2027-03-02T00:00:00.000Z", 1000)).not.toContain(campaign.id);
      expect(await campaigns.load(campaign.id)).toEqual({ ...campaign, ...frozen, doneAt: later });
      await campaigns.lookAgain("none", later);
      await campaigns.finish("none", later);
      expect(await campaigns.load("none")).toBeUndefined();
    });

    it("are listed, drafts too", async () => {
      const { id } = await created();
      await campaigns.create(draftCampaign({ id: "listed" }));
      expect(await campaigns.ids()).toEqual(expect.arrayContaining([id, "listed"]));
      const read = await campaigns.loadMany([id, "none", "listed"]);
      expect(read.map((campaign) => campaign.id).toSorted()).toEqual(["listed", id].toSorted());
    });

    it("that are not there are not made by a change", async () => {
      const none = { ...(await begun()), id: "none" };
      expect(await campaigns.pause("none", later)).toBe(false);
      expect(await campaigns.resume("none")).toBe(false);
      expect(await campaigns.moveOn(none, toFrozen)).toBe(false);
      const { cursor: _, ...unread } = none;
      expect(await campaigns.moveOn(unread, toFrozen)).toBe(false);
      expect(await campaigns.load("none")).toBeUndefined();
    });
  });
}
