import { evidenceMinutes } from "../delivery/policy.ts";
import { addMinutes } from "../time/instant.ts";
import { type Campaign, resendId } from "./campaign.ts";
import { type CampaignReport, type CampaignStatusDeps, campaignStatus } from "./campaign-status.ts";

export type ResendCampaignOutcome =
  | { status: "started"; report: CampaignReport }
  | { status: "missing" }
  /** Some of its mails are still to go, or may still turn out to have been sent. */
  | { status: "too-soon" }
  /** No mail of it is unknown. */
  | { status: "none-unknown" };

/**
 * Sends a campaign once more to those whose mail stayed unknown: they may get it twice, which is their admin's decision.
 * It is a campaign of its own, with numbers of its own; of several such rounds one is under way at a time.
 */
export async function resendCampaign(
  deps: CampaignStatusDeps,
  { id }: { id: string },
): Promise<ResendCampaignOutcome> {
  const campaign = await deps.campaigns.load(id);
  if (!campaign || campaign.resendOf !== undefined) return { status: "missing" };
  for (let n = 1; ; n++) {
    const former = n === 1 ? id : resendId(id, n - 1);
    const found = await campaignStatus(deps, { id: former });
    if (found.status === "missing") return found;
    const { state, counts } = found.report;
    if (state !== "done" && state !== "cancelled") return { status: "too-soon" };
    if (await deps.campaigns.load(resendId(id, n))) continue;
    if (!counts.unknown) return { status: "none-unknown" };
    const now = deps.clock.now();
    const resend: Campaign = {
      ...textOf(campaign),
      id: resendId(id, n),
      resendOf: former,
      createdAt: now,
      when: { at: now },
      freezeAt: addMinutes(now, evidenceMinutes),
      packets: 0,
      recipients: 0,
    };
    await deps.campaigns.create(resend);
    const started = await campaignStatus(deps, { id: resend.id });
    return started.status === "found" ? { status: "started", report: started.report } : started;
  }
}

/** What it says and to whom, and nothing of how it went. */
function textOf({ rev, title, markdown, design, segment, tracking, digest }: Campaign) {
  return {
    rev,
    title,
    ...(markdown !== undefined && { markdown }),
    ...(design !== undefined && { design }),
    segment,
    tracking,
    digest,
  };
}
