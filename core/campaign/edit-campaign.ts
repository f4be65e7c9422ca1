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
  const written = writeCampaign(withChange(draftOf(campaign), change), deps.catalogue);
  if (written.status === "invalid") return written;
  const { markdown: _, design: _d, ...rest } = campaign;
  const changed = { ...rest, ...written.campaign };
  if (!(await deps.campaigns.replace(changed))) return { status: "changed-meanwhile" };
  return { status: "changed", campaign: { ...changed, rev: campaign.rev + 1 } };
}

/** What is left out stays as it is. */
function withChange(draft: CampaignDraft, change: CampaignChange): CampaignDraft {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const { markdown, design, ...rest } = draft;
  // A text takes the place of a design, and the other way round.
  const kept = {
    ...(change.design === undefined && markdown !== undefined && { markdown }),
    ...(change.markdown === undefined && design !== undefined && { design }),
  };
  return { ...rest, ...kept, ...Object.fromEntries(given) };
}

/** What its author gave. */
function draftOf({ id, title, markdown, design, segment, tracking, late }: Campaign): CampaignDraft {
  return {
    id,
    title,
    ...(markdown !== undefined && { markdown }),
    ...(design !== undefined && { design }),
    segment,
    tracking,
    ...(late && { late }),
  };
}
