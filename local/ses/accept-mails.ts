import { randomUUID } from "node:crypto";
import { buildMime } from "./build-mime.ts";
import { decideOutcome, worstOutcome } from "./decide-outcome.ts";
import type { Draft } from "./draft.ts";
import type { MailRecord, Outcome } from "./mail-record.ts";
import type { IncomingMail, MailStore } from "./mail-store.ts";
import { decodeSubject, headerValue, readHeaders } from "./mime-headers.ts";
import type { QuotaMeter } from "./quota.ts";

/** What became of one draft; `messageId` is what SES answers. */
export type Acceptance =
  | { status: "accepted"; messageId: string }
  | { status: "rate-exceeded" }
  | { status: "day-exceeded" };

/** What accepting needs. */
export interface Acceptor {
  store: MailStore;
  meter: QuotaMeter;
  now: () => Date;
  elapsed: () => number;
}

/** Builds and keeps the mails that the quota admits, all in one write. */
export async function acceptMails(acceptor: Acceptor, drafts: Draft[]): Promise<Acceptance[]> {
  const built = await Promise.all(drafts.map((draft) => build(acceptor, draft)));
  // From here to the write nothing waits, so that no other call comes between quota, suppression list and file.
  const incoming: IncomingMail[] = [];
  const acceptances = built.map(({ mail, eml }): Acceptance => {
    const status = acceptor.meter.admit(mail.recipients.map(({ address }) => address));
    if (status !== "admitted") return { status };
    incoming.push({ mail: withOutcomes(acceptor, mail), eml });
    return { status: "accepted", messageId: mail.messageId };
  });
  if (incoming.length > 0) acceptor.store.accept(incoming);
  return acceptances;
}

async function build({ now, elapsed }: Acceptor, draft: Draft): Promise<IncomingMail> {
  const real = elapsed();
  // Hex time and a zero-filled end, as the ids of SES have.
  const messageId = `${Math.floor(real).toString(16).padStart(16, "0")}-${randomUUID()}-000000`;
  const date = now();
  const eml = await buildMime(draft, { messageId, date });
  const headers = readHeaders(eml);
  const { content } = draft;
  const mail: Omit<MailRecord, "emlPath"> = {
    messageId,
    acceptedAt: date.toISOString(),
    realAt: new Date(real).toISOString(),
    operation: draft.operation,
    from: draft.from,
    to: draft.to,
    cc: draft.cc,
    bcc: draft.bcc,
    subject: await decodeSubject(
      content.kind === "raw" ? (headerValue(headers, "subject") ?? "") : content.subject,
    ),
    templated: draft.templated,
    headers,
    tags: draft.tags,
    ...(draft.configurationSet && { configurationSet: draft.configurationSet }),
    outcome: content.kind === "unrendered" ? "rendering-failed" : "delivered",
    recipients: [...draft.to, ...draft.cc, ...draft.bcc].map((address) => ({
      address,
      outcome: "delivered",
    })),
    ...(content.kind === "unrendered" && { renderingError: content.error }),
  };
  return { mail, eml };
}

function withOutcomes({ store }: Acceptor, mail: IncomingMail["mail"]): IncomingMail["mail"] {
  const outcomeOf = (address: string): Outcome =>
    mail.renderingError === undefined ? decideOutcome(address, store.mailboxes) : "rendering-failed";
  const recipients = mail.recipients.map(({ address }) => ({ address, outcome: outcomeOf(address) }));
  return { ...mail, recipients, outcome: worstOutcome(recipients.map(({ outcome }) => outcome)) };
}
