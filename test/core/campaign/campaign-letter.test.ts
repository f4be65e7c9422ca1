import { describe, expect, it } from "vitest";
import type { Campaign } from "../../../core/campaign/campaign.ts";
import { campaignLetter } from "../../../core/campaign/campaign-letter.ts";
import { startedCampaign } from "../../helpers/campaign-rows.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { member, subscriber } from "../../helpers/subscribers.ts";

const now = "2027-03-01T12:00:00.000Z";
const open = (changes: Partial<Campaign>) =>
  campaignLetter(
    { catalogue, campaigns: { load: async () => startedCampaign(changes) } },
    { kind: "campaign", campaign: "news" },
    now,
  );

describe("the letter of a campaign", () => {
  it.each([
    ["its audience is being frozen", {}],
    ["it is paused", { frozenAt: now, pausedAt: now }],
    ["both", { pausedAt: now }],
  ])("is held while %s", async (_, changes) => {
    expect(await open(changes)).toEqual({ holdMinutes: 5 });
  });

  it.each([
    ["2027-03-01T11:50:00.000Z", 5],
    ["2027-03-01T10:00:00.000Z", 30],
    ["2027-02-01T12:00:00.000Z", 60],
    ["2027-03-01T12:00:09.000Z", 5],
  ])("is held the longer the longer it is paused: since %s for %d minutes", async (pausedAt, holdMinutes) => {
    expect(await open({ frozenAt: "2027-01-01T00:00:00.000Z", pausedAt })).toEqual({ holdMinutes });
  });

  it("goes to the members of its list, as they are when it goes", async () => {
    const letter = await open({ frozenAt: now });
    if ("holdMinutes" in letter) throw new Error("held");
    expect(letter).toMatchObject({
      template: "campaign",
      list: "records",
      values: { title: "News", bodyHtml: expect.stringContaining(">News</p>"), bodyText: "News" },
    });
    const look = (changes: Parameters<typeof subscriber>[0]) =>
      letter.eligibility(subscriber(changes), { plannedAt: now, now });
    expect(look({})).toEqual({ may: "send" });
    const skipped = { may: "skip", reason: "unsubscribed" };
    expect(look(member("left"))).toEqual(skipped);
    expect(look(member("wanted"))).toEqual(skipped);
    expect(look({ lists: {} })).toEqual(skipped);
  });

  it("fails loudly for a campaign that is not there", async () => {
    const none = { catalogue, campaigns: { load: async () => undefined } };
    await expect(campaignLetter(none, { kind: "campaign", campaign: "none" }, now)).rejects.toMatchObject({
      code: "campaign.missing",
    });
  });
});
