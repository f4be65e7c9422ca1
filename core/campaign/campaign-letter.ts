import type { Held, Letter } from "../delivery/letter.ts";
import type { Mailing } from "../delivery/mailing.ts";
import { AppError } from "../errors.ts";
import type { Campaigns } from "./campaign-ports.ts";

const holdMinutes = 5;

/**
 * The mail of a campaign; held while its audience is being frozen, and while it is paused.
 * @throws AppError `campaign.missing`
 */
export async function campaignLetter(
  campaigns: Pick<Campaigns, "load">,
  mailing: Mailing & { kind: "campaign" },
): Promise<Letter | Held> {
  const campaign = await campaigns.load(mailing.campaign);
  if (!campaign)
    throw new AppError("missing", "campaign.missing", `There is no campaign ${mailing.campaign}`);
  if (campaign.pausedAt || !campaign.frozenAt) return { holdMinutes };
  const { list, title, bodyHtml, bodyText } = campaign;
  return {
    template: "campaign",
    list,
    values: { title, bodyHtml, bodyText },
    eligibility: ({ lists }) =>
      lists[list]?.state === "joined" ? { may: "send" } : { may: "skip", reason: "unsubscribed" },
  };
}
