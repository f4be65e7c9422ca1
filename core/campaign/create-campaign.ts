import { createHash } from "node:crypto";
import type { Catalogue } from "../catalogue.ts";
import { renderMarkdown } from "../markdown/render-markdown.ts";
import type { Clock } from "../time/clock.ts";
import { type Campaign, campaignIdShape, longestCampaignId } from "./campaign.ts";
import type { Campaigns } from "./campaign-ports.ts";

export interface CreateCampaignDeps {
  campaigns: Campaigns;
  catalogue: Pick<Catalogue, "site" | "courses">;
  clock: Clock;
}

/** What the author gives. */
export interface CampaignDraft {
  id: string;
  title: string;
  markdown: string;
  list: string;
}

/** Field names with what is wrong and what to do. */
export type CampaignProblems = Partial<Record<keyof CampaignDraft, string>>;

export type CreateCampaignOutcome =
  | { status: "created"; campaign: Campaign }
  /** The same was there already: nothing is sent twice. */
  | { status: "known"; campaign: Campaign }
  /** Another campaign has this id. */
  | { status: "conflict" }
  | { status: "invalid"; problems: CampaignProblems };

const longestTitle = 150;
/** Of HTML; the frame around it takes the rest of what mailboxes show unclipped. */
const longestBodyBytes = 80 * 1024;
/** Lists besides those of the courses. */
const furtherLists = ["digest", "reminders"];

/** Stores a campaign to be sent; dispatch freezes its audience within a minute. */
export async function createCampaign(
  deps: CreateCampaignDeps,
  draft: CampaignDraft,
): Promise<CreateCampaignOutcome> {
  const body = renderMarkdown(draft.markdown, deps.catalogue.site.theme);
  const problems = problemsOf(draft, body, deps.catalogue);
  if (Object.keys(problems).length > 0) return { status: "invalid", problems };

  const digest = digestOf(draft);
  const campaign: Campaign = {
    id: draft.id,
    title: draft.title.trim(),
    bodyHtml: body.html,
    bodyText: body.text,
    list: draft.list,
    digest,
    createdAt: deps.clock.now(),
    packets: 0,
    recipients: 0,
  };
  if (await deps.campaigns.create(campaign)) return { status: "created", campaign };
  const existing = await deps.campaigns.load(draft.id);
  return existing?.digest === digest ? { status: "known", campaign: existing } : { status: "conflict" };
}

/** Of what was written, not of what it renders to: a new look of the mails makes no new campaign. */
function digestOf({ title, markdown, list }: CampaignDraft): string {
  return createHash("sha256")
    .update(JSON.stringify([title.trim(), markdown, list]))
    .digest("base64url");
}

function problemsOf(
  { id, title, markdown, list }: CampaignDraft,
  body: { html: string; problems: string[] },
  catalogue: Pick<Catalogue, "courses">,
): CampaignProblems {
  const lists = [...Object.keys(catalogue.courses), ...furtherLists];
  const text = markdownProblem(markdown, body);
  return {
    ...((!campaignIdShape.test(id) || id.length > longestCampaignId) && {
      id: `Write small letters and digits with single dashes between them, at most ${longestCampaignId}, such as spring-news.`,
    }),
    ...((title.trim() === "" || title.length > longestTitle || /\p{Cc}/u.test(title)) && {
      title: `Write a subject of one line, at most ${longestTitle} characters.`,
    }),
    ...(text !== undefined && { markdown: text }),
    ...(!lists.includes(list) && { list: `There is no such list. Choose one of: ${lists.join(", ")}.` }),
  };
}

function markdownProblem(markdown: string, body: { html: string; problems: string[] }): string | undefined {
  if (markdown.trim() === "") return "Write the mail's text, in Markdown.";
  if (body.problems.length > 0) return body.problems.join("\n");
  const kilobytes = Math.ceil(Buffer.byteLength(body.html) / 1024);
  return kilobytes * 1024 > longestBodyBytes
    ? `The text makes ${kilobytes} KB of HTML, and mailboxes clip a long mail: shorten it to ${longestBodyBytes / 1024} KB.`
    : undefined;
}
