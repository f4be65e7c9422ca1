import { type CampaignLetterDeps, campaignLetter, testLetter } from "../campaign/campaign-letter.ts";
import type { Catalogue } from "../catalogue.ts";
import { courseLetter } from "../course/course-letter.ts";
import { type DigestLetterDeps, digestLetter } from "../digest/digest-letter.ts";
import { type NudgeLetterDeps, nudgeLetter } from "../nudge/nudge-letter.ts";
import { accessLetter } from "../person/access-letter.ts";
import { type AddressLetterDeps, addressLetter } from "../person/address-letter.ts";
import type { Subscribers } from "../ports.ts";
import { type DeadlineLetterDeps, deadlineLetter } from "../reminder/deadline-letter.ts";
import { confirmLetter } from "../subscriber/confirm-letter.ts";
import type { Instant } from "../time/instant.ts";
import type { KeyRing } from "../token/token.ts";
import type { Held, Letter } from "./letter.ts";
import type { Mailing } from "./mailing.ts";

export interface OpenLetterDeps
  extends DeadlineLetterDeps,
    NudgeLetterDeps,
    AddressLetterDeps,
    CampaignLetterDeps,
    DigestLetterDeps {
  catalogue: Pick<Catalogue, "site" | "courses" | "credentials" | "mails" | "fragments">;
  publicUrl: string;
  subscribers: Subscribers;
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
    case "access":
      return accessLetter(mailing, { ...context, publicUrl: deps.publicUrl });
    case "address":
      return addressLetter(deps, mailing, context);
    case "course":
      return courseLetter(mailing, deps.catalogue);
    case "nudge":
      return nudgeLetter(deps, mailing, context);
    case "deadline":
      return deadlineLetter(deps, mailing, context);
    case "campaign":
      return campaignLetter(deps, mailing, context.now);
    case "test":
      return testLetter(deps, mailing);
    case "digest":
      return digestLetter(deps, mailing, context);
  }
}
