import { campaignLetter } from "../campaign/campaign-letter.ts";
import type { Campaigns } from "../campaign/campaign-ports.ts";
import type { Catalogue } from "../catalogue.ts";
import { courseLetter } from "../course/course-letter.ts";
import { digestLetter } from "../digest/digest-letter.ts";
import type { News } from "../digest/digest-ports.ts";
import { type DeadlineLetterDeps, deadlineLetter } from "../reminder/deadline-letter.ts";
import { confirmLetter } from "../subscriber/confirm-letter.ts";
import type { Instant } from "../time/instant.ts";
import type { KeyRing } from "../token/token.ts";
import type { Held, Letter } from "./letter.ts";
import type { Mailing } from "./mailing.ts";

export interface OpenLetterDeps extends DeadlineLetterDeps {
  catalogue: Pick<Catalogue, "site" | "courses" | "mails" | "fragments">;
  publicUrl: string;
  news: News;
  campaigns: Pick<Campaigns, "load">;
}

/** Opens what the mails of a packet have in common; the one place that knows every kind of mail. */
export async function openLetter(
  deps: OpenLetterDeps,
  mailing: Mailing,
  context: { keys: KeyRing; now: Instant; recipients: string[] },
): Promise<Letter | Held> {
  switch (mailing.kind) {
    case "confirm":
      return confirmLetter(mailing, { ...context, publicUrl: deps.publicUrl, catalogue: deps.catalogue });
    case "course":
      return courseLetter(mailing, deps.catalogue);
    case "deadline":
      return deadlineLetter(deps, mailing, context);
    case "campaign":
      return campaignLetter(deps.campaigns, mailing, context.now);
    case "digest":
      return digestLetter(mailing, deps);
  }
}
