import type { Catalogue } from "../catalogue.ts";
import type { Daily } from "../day/daily.ts";
import type { Held, Letter } from "../delivery/letter.ts";
import type { Mailing } from "../delivery/mailing.ts";
import { AppError } from "../errors.ts";
import { pausedUntil, windowOf } from "../rhythm/rhythm.ts";
import { type Instant, toMilliseconds } from "../time/instant.ts";
import { nextInWindow, type SendWindow, startOfDayAfter, weekdays } from "../time/window.ts";
import type { Campaigns } from "./campaign-ports.ts";

const shortestHold = 5;
const longestHold = 60;

export interface CampaignLetterDeps {
  campaigns: Pick<Campaigns, "load">;
  catalogue: Pick<Catalogue, "site">;
}

/**
 * The mail of a campaign, which goes however late it is; held while its audience is being frozen, and while it is paused.
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
  if (campaign.pausedAt) return { holdMinutes: holdOf(campaign.pausedAt, now) };
  if (!campaign.frozenAt) return { holdMinutes: shortestHold };
  const { list, title, bodyHtml, bodyText } = campaign;
  return {
    template: "campaign",
    list,
    values: { title, bodyHtml, bodyText },
    eligibility: (subscriber, when) => {
      if (subscriber.lists[list]?.state !== "joined") return { may: "skip", reason: "unsubscribed" };
      return pausedUntil(subscriber, when.now) ? { may: "skip", reason: "paused" } : { may: "send" };
    },
    daily: dailyIn(catalogue.site.defaults.window),
  };
}

/** It goes at any hour; but who has had a mail gets it in the hours of the next day, whichever day of the week that is. */
function dailyIn(window: SendWindow): Daily {
  return {
    after: ["course", "nudge", "digest"],
    reserved: false,
    nextDay: (subscriber, { plannedAt, now }) => {
      const { zone } = subscriber;
      const hours = { ...windowOf(subscriber, window), days: weekdays };
      return { to: nextInWindow(startOfDayAfter(now, zone, 1), zone, hours), plannedAt };
    },
  };
}

/** A quarter of the pause so far: each look costs three writes and a call for each packet, and a long pause needs few. */
function holdOf(pausedAt: Instant, now: Instant): number {
  const quarter = (toMilliseconds(now) - toMilliseconds(pausedAt)) / 4 / 60_000;
  return Math.round(Math.min(longestHold, Math.max(shortestHold, quarter)));
}
