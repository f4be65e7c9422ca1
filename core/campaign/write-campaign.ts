import { createHash } from "node:crypto";
import { segmentProblem } from "../audience/segment-problem.ts";
import type { Catalogue } from "../catalogue.ts";
import { renderMarkdown } from "../markdown/render-markdown.ts";
import type { Campaign } from "./campaign.ts";
import type { CampaignDraft, CampaignProblems } from "./campaign-draft.ts";

/** What of a campaign follows from what its author gave. */
export type WrittenCampaign = Omit<CampaignDraft, "id"> & Pick<Campaign, "bodyHtml" | "bodyText" | "digest">;

/** Of HTML; the frame around it takes the rest of what mailboxes show unclipped. */
const longestBodyBytes = 80 * 1024;

/** Compiles what an author gave, or tells what is wrong with it, all at once. */
export function writeCampaign(
  { id: _, ...draft }: CampaignDraft,
  catalogue: Pick<Catalogue, "site" | "courses">,
): { status: "written"; campaign: WrittenCampaign } | { status: "invalid"; problems: CampaignProblems } {
  const body = renderMarkdown(draft.markdown, catalogue.site.theme);
  const text = markdownProblem(body);
  const audience = segmentProblem(draft.segment, catalogue);
  if (text !== undefined || audience !== undefined) {
    const problems = {
      ...(text !== undefined && { markdown: text }),
      ...(audience !== undefined && { segment: audience }),
    };
    return { status: "invalid", problems };
  }
  const written = { ...draft, title: draft.title.trim() };
  return {
    status: "written",
    campaign: { ...written, bodyHtml: body.html, bodyText: body.text, digest: digestOf(written) },
  };
}

/** Of what was written, not of what it renders to: a new look of the mails makes no new campaign. */
function digestOf({ title, markdown, segment, tracking, late }: Omit<CampaignDraft, "id">): string {
  return createHash("sha256")
    .update(JSON.stringify([title, markdown, segment, tracking, late ?? null]))
    .digest("base64url");
}

function markdownProblem(body: { html: string; problems: string[] }): string | undefined {
  if (body.problems.length > 0) return body.problems.join("\n");
  const kilobytes = Math.ceil(Buffer.byteLength(body.html) / 1024);
  return kilobytes * 1024 > longestBodyBytes
    ? `The text makes ${kilobytes} KB of HTML, and mailboxes clip a long mail: shorten it to ${longestBodyBytes / 1024} KB.`
    : undefined;
}
