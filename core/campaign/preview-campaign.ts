import type * as z from "zod";
import type { Catalogue } from "../catalogue.ts";
import { composer } from "../delivery/compose.ts";
import { filled } from "../delivery/outgoing-mail.ts";
import { guestId } from "../guest/guest.ts";
import { conditionsOf, readMerge } from "../merge/read-merge.ts";
import type { Keys } from "../ports.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import type { Campaign } from "./campaign.ts";
import { CampaignDraft, type CampaignProblems } from "./campaign-draft.ts";
import { contentOf } from "./campaign-letter.ts";
import type { Campaigns } from "./campaign-ports.ts";
import { type Persona, personaReader } from "./personas.ts";
import { writeCampaign } from "./write-campaign.ts";

export interface PreviewCampaignDeps {
  campaigns: Pick<Campaigns, "load">;
  keys: Keys;
  clock: Clock;
  catalogue: Pick<Catalogue, "site" | "courses" | "designs" | "mails">;
  publicUrl: string;
}

/** What is looked at before it is a campaign. */
export const PreviewDraft = CampaignDraft.pick({
  title: true,
  markdown: true,
  design: true,
  segment: true,
}).partial({
  segment: true,
});
export type PreviewDraft = z.infer<typeof PreviewDraft>;

/** A campaign's mail as one reader would get it; its links lead nowhere. */
export interface CampaignPreview {
  subject: string;
  html: string;
  text: string;
  /** Of the HTML. */
  bytes: number;
}

export type PreviewCampaignOutcome =
  | { status: "shown"; preview: CampaignPreview }
  | { status: "missing" }
  | { status: "invalid"; problems: CampaignProblems };

/** Shows a campaign that is kept, made by what makes the mails that are sent. */
export async function previewCampaign(
  deps: PreviewCampaignDeps,
  { id, as }: { id: string; as: Persona },
): Promise<PreviewCampaignOutcome> {
  const campaign = await deps.campaigns.load(id);
  if (!campaign) return { status: "missing" };
  return { status: "shown", preview: await show(deps, campaign, as) };
}

/** Shows what somebody is writing, or what is wrong with it. */
export async function previewDraft(
  deps: PreviewCampaignDeps,
  { draft, as }: { draft: PreviewDraft; as: Persona },
): Promise<PreviewCampaignOutcome> {
  const list = deps.catalogue.site.defaults.course;
  const { segment = { list }, ...text } = draft;
  const whole = { ...text, segment, id: "preview", tracking: "off" as const };
  const written = writeCampaign(whole, deps.catalogue);
  if (written.status === "invalid") return written;
  return { status: "shown", preview: await show(deps, written.campaign, as) };
}

async function show(
  deps: PreviewCampaignDeps,
  campaign: Pick<Campaign, "title" | "markdown" | "design" | "segment">,
  as: Persona,
): Promise<CampaignPreview> {
  const letter = {
    ...contentOf(campaign, deps.catalogue.site.theme),
    list: campaign.segment.list,
    eligibility: () => ({ may: "send" as const }),
  };
  const mailing = { kind: "campaign", campaign: "preview" } as const;
  const { template, compose } = composer(mailing, letter, { ...deps, keys: await deps.keys.ring() });
  const mail = compose(guestAs(campaign, as, deps.clock.now()));
  const html = filled(template.html, mail.values);
  return {
    subject: filled(template.subject, mail.values),
    html,
    text: filled(template.text, mail.values),
    bytes: Buffer.byteLength(html),
  };
}

/** A persona as the composer takes a reader; nobody has this id. */
function guestAs(
  { title, markdown = "" }: Pick<Campaign, "title" | "markdown">,
  as: Persona,
  now: string,
): Subscriber {
  const conditions = conditionsOf([...readMerge(title).parts, ...readMerge(markdown).parts]);
  return {
    id: guestId("preview"),
    rev: 1,
    address: "reader@example.com",
    addressHash: "",
    consent: { textVersion: "", source: "preview", network: "", askedAt: now },
    confirmationsAt: [],
    todo: {},
    softBounces: [],
    createdAt: now,
    changedAt: now,
    ...personaReader(as, conditions),
  };
}
