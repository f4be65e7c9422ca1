import type { Catalogue } from "../catalogue.ts";
import { courseLetter } from "../course/course-letter.ts";
import { confirmLetter } from "../subscriber/confirm-letter.ts";
import type { Instant } from "../time/instant.ts";
import type { KeyRing } from "../token/token.ts";
import type { Held, Letter } from "./letter.ts";
import type { Mailing } from "./mailing.ts";

export interface OpenLetterDeps {
  catalogue: Catalogue;
  publicUrl: string;
}

/** Opens what the mails of a packet have in common; the one place that knows every kind of mail. */
export async function openLetter(
  deps: OpenLetterDeps,
  mailing: Mailing,
  context: { keys: KeyRing; now: Instant; recipients: string[] },
): Promise<Letter | Held> {
  switch (mailing.kind) {
    case "confirm":
      return confirmLetter(mailing, { ...context, publicUrl: deps.publicUrl });
    case "course":
      return courseLetter(mailing, deps.catalogue);
    default:
      throw new Error(`not yet: ${mailing.kind}`);
  }
}
