import { createHash } from "node:crypto";
import { segmentProblem } from "../audience/segment-problem.ts";
import type { Catalogue } from "../catalogue.ts";
import type { Campaign } from "./campaign.ts";
import { readCampaignText } from "./campaign-body.ts";
import type { CampaignDraft, CampaignProblems } from "./campaign-draft.ts";

/** What of a campaign follows from what its author gave. */
export type WrittenCampaign = Omit<CampaignDraft, "id"> & Pick<Campaign, "digest">;

/** Checks what an author gave, and tells what is wrong with it, all at once. */
export function writeCampaign(
  { id: _, ...draft }: CampaignDraft,
  catalogue: Pick<Catalogue, "site" | "courses" | "designs">,
): { status: "written"; campaign: WrittenCampaign } | { status: "invalid"; problems: CampaignProblems } {
  const written = { ...draft, title: draft.title.trim() };
  const { title, markdown: text = "", design } = written;
  const read = readCampaignText({ title, markdown: text }, catalogue.site.theme).problems;
  const audience = segmentProblem(draft.segment, catalogue);
  const problems: CampaignProblems = {
    ...(read.title !== undefined && { title: read.title }),
    ...(design === undefined && read.markdown !== undefined && { markdown: read.markdown }),
    ...contentProblem(written, catalogue),
    ...(audience !== undefined && { segment: audience }),
  };
  if (Object.keys(problems).length > 0) return { status: "invalid", problems };
  return { status: "written", campaign: { ...written, digest: digestOf(written) } };
}

/** A campaign has a text or a design, one of the two. */
function contentProblem(
  { markdown, design }: Pick<CampaignDraft, "markdown" | "design">,
  catalogue: Pick<Catalogue, "designs">,
): CampaignProblems {
  if (design === undefined)
    return markdown === undefined || markdown.trim() === ""
      ? { markdown: "Write the mail's text, in Markdown." }
      : {};
  if (markdown !== undefined) return { design: "Give a text or a design: one of the two." };
  if (catalogue.designs.includes(design)) return {};
  return {
    design: `There is no design ${JSON.stringify(design)} in content/campaigns/. ${
      catalogue.designs.length > 0 ? `Choose one of: ${catalogue.designs.join(", ")}.` : "There is none."
    }`,
  };
}

/** Of what was written, not of what it renders to: a new look of the mails makes no new campaign. */
function digestOf({ title, markdown, design, segment, tracking, late }: Omit<CampaignDraft, "id">): string {
  return createHash("sha256")
    .update(JSON.stringify([title, markdown ?? null, design ?? null, segment, tracking, late ?? null]))
    .digest("base64url");
}
