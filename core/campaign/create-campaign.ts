import type { Catalogue } from "../catalogue.ts";
import type { Clock } from "../time/clock.ts";
import type { Campaign } from "./campaign.ts";
import type { CampaignDraft, CampaignProblems } from "./campaign-draft.ts";
import type { Campaigns } from "./campaign-ports.ts";
import { writeCampaign } from "./write-campaign.ts";

export interface CreateCampaignDeps {
  campaigns: Campaigns;
  catalogue: Pick<Catalogue, "site" | "courses" | "designs">;
  clock: Clock;
}

export type CreateCampaignOutcome =
  | { status: "created"; campaign: Campaign }
  /** The same was there already. */
  | { status: "known"; campaign: Campaign }
  /** Another campaign has this id. */
  | { status: "conflict" }
  | { status: "invalid"; problems: CampaignProblems };

/** Stores the draft of a campaign; it goes to nobody before it is started. */
export async function createCampaign(
  deps: CreateCampaignDeps,
  draft: CampaignDraft,
): Promise<CreateCampaignOutcome> {
  const written = writeCampaign(draft, deps.catalogue);
  if (written.status === "invalid") return written;
  const campaign: Campaign = {
    ...written.campaign,
    id: draft.id,
    rev: 1,
    createdAt: deps.clock.now(),
    packets: 0,
    recipients: 0,
  };
  if (await deps.campaigns.create(campaign)) return { status: "created", campaign };
  const existing = await deps.campaigns.load(draft.id);
  return existing?.digest === campaign.digest
    ? { status: "known", campaign: existing }
    : { status: "conflict" };
}
