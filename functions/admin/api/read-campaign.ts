import * as z from "zod";
import { Segment } from "../../../core/audience/segment.ts";
import { CampaignChange } from "../../../core/campaign/campaign-draft.ts";
import { isLocalTime } from "../../../core/campaign/local-time.ts";
import { personas } from "../../../core/campaign/personas.ts";
import { PreviewDraft } from "../../../core/campaign/preview-campaign.ts";
import { problem } from "../../edge/problem.ts";

const atHint = "Write an instant in UTC, such as 2027-03-10T14:00:00Z.";
const localHint = "Write a time on the reader's clock, such as 2027-03-10T09:00.";

/** When a campaign is to go: without either, at once. */
export const StartQuery = z
  .strictObject({
    at: z.iso
      .datetime(atHint)
      .transform((text) => new Date(text).toISOString())
      .exactOptional()
      .meta({ description: "At this instant", example: "2027-03-10T14:00:00Z" }),
    local: z
      .string(localHint)
      .refine(isLocalTime, localHint)
      .exactOptional()
      .meta({ description: "When each reader's clock shows this", example: "2027-03-10T09:00" }),
  })
  .refine(({ at, local }) => at === undefined || local === undefined, {
    path: ["local"],
    message: "Give an instant or a local time, not both.",
  });

/** A change of a draft, and the revision that its author saw. */
export const ChangeQuery = CampaignChange.extend({
  rev: z
    .int()
    .exactOptional()
    .meta({ description: "As it was read: a draft that somebody else has changed since is left alone" }),
});

const as = z
  .enum(personas, `Choose one of: ${personas.join(", ")}.`)
  .default("reader")
  .meta({ description: "Which reader to look at it as" });

/** Which reader a campaign is looked at as. */
export const AsQuery = z.object({ as });
/** What somebody is writing, to be looked at. */
export const PreviewQuery = PreviewDraft.extend({ as });
/** Where a test goes, and as which reader would get it. */
export const TestQuery = z.strictObject({ to: z.string("Write an e-mail address."), as });

/** A segment to be counted; `cursor` goes on where an earlier count stopped. */
export const AudienceQuery = z.strictObject({
  segment: Segment,
  cursor: z.string().min(1).max(100).exactOptional(),
});

/** Why something cannot be done to a campaign, and what to do. */
export const campaignRefusals = {
  missing: problem(
    404,
    "campaign.missing",
    "There is no such campaign",
    "There is no campaign with this id. Check its spelling.",
  ),
  conflict: problem(
    409,
    "campaign.conflict",
    "The id is taken",
    "Another campaign has this id: its subject, text or audience differs. Choose another id, or change the draft.",
  ),
  started: problem(
    409,
    "campaign.started",
    "It was started before",
    "A campaign that was started is not changed any more. Make a draft of it again while it is scheduled, or write another one.",
  ),
  begun: problem(
    409,
    "campaign.begun",
    "It has begun",
    "Its recipients may be being collected by now. Pause or cancel it instead.",
  ),
  "changed-meanwhile": problem(
    409,
    "campaign.changed",
    "It was changed meanwhile",
    "Somebody has changed the draft since you read it. Read it again, and make your change to that.",
  ),
  "not-under-way": problem(
    409,
    "campaign.not-under-way",
    "It is not under way",
    "It is a draft, or all of it has gone: there is nothing to pause, resume or cancel.",
  ),
  "too-soon": problem(
    409,
    "campaign.too-soon",
    "It is not over",
    "Some of its mails are still to go. Wait until it is done, then send it again to those whose mail is unknown.",
  ),
  suppressed: problem(
    409,
    "address.suppressed",
    "Nothing goes to this address",
    "Mail to it bounced, or somebody complained. Test with another address.",
  ),
  "too-many": problem(
    429,
    "test.too-many",
    "Too many tests",
    "A key may send 20 tests an hour. Wait as long as the header Retry-After says.",
  ),
  "none-unknown": problem(
    409,
    "campaign.none-unknown",
    "No mail is unknown",
    "What became of each mail is known: there is nobody to send it to again.",
  ),
};
