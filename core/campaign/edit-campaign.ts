import type { Campaign } from "./campaign.ts";
import { isStarted } from "./campaign.ts";
import type { CampaignChange, CampaignDraft, CampaignProblems } from "./campaign-draft.ts";
import type { CreateCampaignDeps } from "./create-campaign.ts";
import { writeCampaign } from "./write-campaign.ts";

export type EditCampaignOutcome =
  | { status: "changed"; campaign: Campaign }
  | { status: "missing" }
  /** It was started: what it says and to whom stands. */
  | { status: "started" }
  /** Somebody else has changed it since it was read. */
  | { status: "changed-meanwhile" }
  | { status: "invalid"; problems: CampaignProblems };

/** Changes a draft. `rev` is the revision that the author saw; without it the change is made to whatever stands. */
export async function editCampaign(
  deps: CreateCampaignDeps,
  { id, change, rev }: { id: string; change: CampaignChange; rev?: number | undefined },
): Promise<EditCampaignOutcome> {
  const campaign = await deps.campaigns.load(id);
  if (!campaign) return { status: "missing" };
  if (isStarted(campaign)) return { status: "started" };
  if (rev !== undefined && rev !== campaign.rev) return { status: "changed-meanwhile" };
  const written = writeCampaign(changed(draftOf(campaign), change), deps.catalogue);
  if (written.status === "invalid") return written;
  if (!(await deps.campaigns.replace({ ...campaign, ...written.campaign })))
    return { status: "changed-meanwhile" };
  return { status: "changed", campaign: { ...campaign, ...written.campaign, rev: campaign.rev + 1 } };
}

/** What is left out stays as it is. */
function changed(draft: CampaignDraft, change: CampaignChange): CampaignDraft {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...draft, ...Object.fromEntries(given) };
}

/** What its author gave. */
function draftOf({ id, title, markdown = "", segment, tracking, late }: Campaign): CampaignDraft {
  return { id, title, markdown, segment, tracking, ...(late && { late }) };
}
