import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoCampaigns } from "../../../adapters/dynamodb/campaigns.ts";
import type { Campaign } from "../../../core/campaign/campaign.ts";
import type { Campaigns } from "../../../core/campaign/campaign-ports.ts";
import { startTable } from "../../helpers/table.ts";

let campaigns: Campaigns;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTable();
  campaigns = dynamoCampaigns(started.table);
  stop = started.stop;
});
afterAll(() => stop());

const now = "2027-03-01T12:00:00.000Z";
let count = 0;

async function create(): Promise<Campaign> {
  const campaign: Campaign = {
    id: `news-${++count}`,
    title: "News",
    bodyHtml: "<p>News</p>",
    bodyText: "News",
    list: "records",
    digest: "digest",
    createdAt: now,
    packets: 0,
    recipients: 0,
  };
  expect(await campaigns.create(campaign)).toBe(true);
  return campaign;
}

describe("a campaign", () => {
  it("is created once", async () => {
    const campaign = await create();
    expect(await campaigns.create({ ...campaign, title: "Other" })).toBe(false);
    expect(await campaigns.load(campaign.id)).toEqual(campaign);
    expect(await campaigns.load("none")).toBeUndefined();
  });

  it("is due until its audience is frozen", async () => {
    const campaign = await create();
    expect(await campaigns.due(now, 100)).toContain(campaign.id);
    const one = { packets: 1, recipients: 50, cursor: "sub_1" };
    expect(await campaigns.moveOn(campaign, one)).toBe(true);
    expect(await campaigns.due(now, 100)).toContain(campaign.id);
    const two = { packets: 2, recipients: 60, frozenAt: now };
    expect(await campaigns.moveOn({ ...campaign, ...one }, two)).toBe(true);
    expect(await campaigns.due(now, 100)).not.toContain(campaign.id);
    expect(await campaigns.load(campaign.id)).toEqual({ ...campaign, ...two });
  });

  it("moves on from the page that was read alone", async () => {
    const campaign = await create();
    const one = { packets: 1, recipients: 50, cursor: "sub_1" };
    const moves = await Promise.all(Array.from({ length: 5 }, () => campaigns.moveOn(campaign, one)));
    expect(moves.filter(Boolean)).toHaveLength(1);
    const read = { ...campaign, ...one };
    expect(await campaigns.moveOn({ ...read, packets: 0 }, one)).toBe(false);
    expect(await campaigns.moveOn({ ...read, cursor: "sub_0" }, one)).toBe(false);
    expect(await campaigns.moveOn(read, { packets: 1, recipients: 50, frozenAt: now })).toBe(true);
    expect(await campaigns.moveOn({ ...campaign, packets: 1 }, one)).toBe(false);
  });

  it("is paused and resumed whether or not it is frozen, and neither undoes the other", async () => {
    const campaign = await create();
    expect(await campaigns.pause(campaign.id, now)).toBe(true);
    expect(await campaigns.pause(campaign.id, "2027-03-02T12:00:00.000Z")).toBe(false);
    expect(await campaigns.moveOn(campaign, { packets: 0, recipients: 0, frozenAt: now })).toBe(true);
    expect(await campaigns.load(campaign.id)).toMatchObject({ pausedAt: now, frozenAt: now });
    expect(await campaigns.resume(campaign.id)).toBe(true);
    expect(await campaigns.resume(campaign.id)).toBe(false);
    expect(await campaigns.load(campaign.id)).not.toHaveProperty("pausedAt");
    expect(await campaigns.pause("none", now)).toBe(false);
    expect(await campaigns.load("none")).toBeUndefined();
  });
});
