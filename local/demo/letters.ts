import type { LocalSes } from "../ses/start-local-ses.ts";
import { type OtherKind, type StepName, steps } from "./people.ts";

/** One mail as the mailbox received it. */
export interface Letter {
  mailbox: string;
  subscriberId: string;
  kind: "confirm" | StepName | OtherKind;
  at: string;
  subject: string;
  outcome: string;
  emlPath: string;
  /** Bare address that mail programs post to; absent on a confirmation. */
  oneClickUrl?: string;
}

/** All mails that the local mailboxes received, oldest first, from their own record alone. */
export function readLetters(ses: LocalSes): Letter[] {
  return ses.mails().map((mail) => {
    const [mailbox = ""] = mail.to;
    const { mailing = "", subscriber: subscriberId = "" } = mail.tags;
    const header = mail.headers.find(({ name }) => name === "List-Unsubscribe")?.value;
    const oneClickUrl = header && /<(https?:[^>]+)>/.exec(header)?.[1];
    return {
      mailbox,
      subscriberId,
      kind: kindOf(mailing),
      at: mail.acceptedAt,
      subject: mail.subject,
      outcome: mail.outcome,
      emlPath: mail.emlPath,
      ...(oneClickUrl && { oneClickUrl }),
    };
  });
}

function kindOf(mailing: string): Letter["kind"] {
  if (mailing.startsWith("confirm_")) return mailing.endsWith("_1") ? "confirm" : "confirm-reminder";
  if (mailing.startsWith("nudge_")) return "nudge";
  if (mailing.startsWith("digest_")) return "digest";
  if (mailing.startsWith("campaign_")) return "campaign";
  if (mailing.startsWith("deadline_")) return "reminder";
  const step = steps.find((candidate) => mailing.endsWith(`_${candidate}`));
  if (!step) throw new Error(`A mail came that nobody expects: ${mailing}`);
  return step;
}
