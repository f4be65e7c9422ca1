import type { Catalogue, LateRule, Site } from "../catalogue.ts";
import type { Daily } from "../day/daily.ts";
import type { Eligibility, Held, LastLook, Letter } from "../delivery/letter.ts";
import type { Mailing } from "../delivery/mailing.ts";
import type { MailValues } from "../delivery/render.ts";
import { AppError } from "../errors.ts";
import type { MergeReader } from "../merge/choose-text.ts";
import { pausedUntil, windowOf } from "../rhythm/rhythm.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { addHours, type Instant, toMilliseconds } from "../time/instant.ts";
import { nextInWindow, type SendWindow, startOfDayAfter, weekdays } from "../time/window.ts";
import { type Campaign, isStarted, type StartedCampaign } from "./campaign.ts";
import { readCampaignText } from "./campaign-body.ts";
import type { Campaigns } from "./campaign-ports.ts";
import { goesAt } from "./local-time.ts";

const shortestHold = 5;
const longestHold = 60;

export interface CampaignLetterDeps {
  campaigns: Pick<Campaigns, "load">;
  catalogue: Pick<Catalogue, "site">;
}

/**
 * The mail of a campaign; held while its audience is being frozen, and while it is paused. Of one that is cancelled each
 * mail is skipped.
 * @throws AppError `campaign.missing`
 */
export async function campaignLetter(
  { campaigns, catalogue }: CampaignLetterDeps,
  mailing: Mailing & { kind: "campaign" },
  now: Instant,
): Promise<Letter | Held> {
  const campaign = await campaigns.load(mailing.campaign);
  if (!campaign)
    throw new AppError("missing", "campaign.missing", `There is no campaign ${mailing.campaign}`);
  if (!campaign.cancelledAt) {
    if (campaign.pausedAt) return { holdMinutes: holdOf(campaign.pausedAt, now) };
    if (!campaign.frozenAt) return { holdMinutes: shortestHold };
  }
  const { window } = catalogue.site.defaults;
  return {
    ...contentOf(campaign, catalogue.site.theme),
    list: campaign.segment.list,
    eligibility: (subscriber, when) => mayGetIt(campaign, window, subscriber, when),
    daily: dailyIn(window),
  };
}

/**
 * The mail of a campaign as its author looks at it in a mailbox: to a guest, whatever the state of the campaign.
 * @throws AppError `campaign.missing`
 */
export async function testLetter(
  { campaigns, catalogue }: CampaignLetterDeps,
  mailing: Mailing & { kind: "test" },
): Promise<Letter> {
  const campaign = await campaigns.load(mailing.campaign);
  if (!campaign)
    throw new AppError("missing", "campaign.missing", `There is no campaign ${mailing.campaign}`);
  const marked = { ...campaign, title: `[Test] ${campaign.title}` };
  return {
    ...contentOf(marked, catalogue.site.theme),
    list: campaign.segment.list,
    eligibility: () => ({ may: "send" }),
  };
}

/** What its mails say: the same to all, or each reader's own. */
export function contentOf(
  { title, markdown = "", design }: Pick<Campaign, "title" | "markdown" | "design">,
  theme: Site["theme"],
): Pick<Letter, "template" | "values" | "personal"> {
  const text = readCampaignText({ title, markdown }, theme);
  const template = design === undefined ? "campaign" : `design/${design}`;
  const bodyFor = (reader: MergeReader, progressUrl = ""): MailValues => {
    const { title: subject, ...body } = text.bodyFor(reader, { name: reader.name, progressUrl });
    return design === undefined ? { title: subject, ...body } : { title: subject };
  };
  if (text.isShared) return { template, values: bodyFor(nobody) };
  return { template, values: {}, personal: (reader, links) => bodyFor(reader, links?.progressUrl) };
}

/** Whoever it is, a shared text is the same. */
const nobody: MergeReader = { name: "", zone: "UTC", lists: {} };

function mayGetIt(
  campaign: Campaign,
  window: SendWindow,
  subscriber: Subscriber,
  when: LastLook,
): Eligibility {
  if (campaign.cancelledAt) return { may: "skip", reason: "cancelled" };
  if (subscriber.lists[campaign.segment.list]?.state !== "joined")
    return { may: "skip", reason: "unsubscribed" };
  if (pausedUntil(subscriber, when.now)) return { may: "skip", reason: "paused" };
  const early = isStarted(campaign) && tooEarly(campaign, subscriber, when.now);
  if (early) return { may: "move", to: early, plannedAt: early };
  return inTime(campaign.late, window, subscriber, when);
}

/** Whose clock does not yet show the time: they have moved to another zone since. */
function tooEarly({ when }: StartedCampaign, { zone }: Subscriber, now: Instant): Instant | undefined {
  if ("at" in when) return undefined;
  const at = goesAt(when, zone);
  return at > now ? at : undefined;
}

/** Lateness counts from what the mail was planned for, the time for which the campaign was paused included. */
function inTime(
  late: LateRule | undefined,
  window: SendWindow,
  subscriber: Subscriber,
  { plannedAt, now }: LastLook,
): Eligibility {
  if (!late || now <= addHours(plannedAt, late.afterHours)) return { may: "send" };
  if (late.action === "skip") return { may: "skip", reason: "late" };
  if (late.action === "send") return { may: "send" };
  const to = openingAfter(subscriber, window, now);
  return { may: "move", to, plannedAt: to };
}

/** It goes at any hour; but who has had a mail gets it in the hours of the next day, whichever day of the week that is. */
function dailyIn(window: SendWindow): Daily {
  return {
    after: ["course", "nudge", "digest"],
    reserved: false,
    nextDay: (subscriber, { now }) => {
      const to = openingAfter(subscriber, window, now);
      // To give way is no lateness.
      return { to, plannedAt: to };
    },
  };
}

/** When the reader's hours begin on the next day, whichever day of the week that is. */
function openingAfter(subscriber: Subscriber, window: SendWindow, now: Instant): Instant {
  const { zone } = subscriber;
  const hours = { ...windowOf(subscriber, window), days: weekdays };
  return nextInWindow(startOfDayAfter(now, zone, 1), zone, hours);
}

/** A quarter of the pause so far: each look costs three writes and a call for each packet, and a long pause needs few. */
function holdOf(pausedAt: Instant, now: Instant): number {
  const quarter = (toMilliseconds(now) - toMilliseconds(pausedAt)) / 4 / 60_000;
  return Math.round(Math.min(longestHold, Math.max(shortestHold, quarter)));
}
