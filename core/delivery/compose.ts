import type { Catalogue, CompiledMail } from "../catalogue.ts";
import { AppError } from "../errors.ts";
import { greetingFor } from "../subscriber/greeting.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { type KeyRing, signToken } from "../token/token.ts";
import type { Letter } from "./letter.ts";
import { type Mailing, mailingId } from "./mailing.ts";
import { type MailTemplate, type OutgoingMail, slotKey } from "./outgoing-mail.ts";
import { escaped, type MailValues, prefill } from "./render.ts";

/** What a mail is made from besides its letter and its reader. */
export interface Stationery {
  catalogue: Pick<Catalogue, "site" | "mails">;
  keys: KeyRing;
  /** Where the pages are, without a slash at the end. */
  publicUrl: string;
}

/** Makes the mails of one letter. */
export interface Composer {
  template: MailTemplate;
  /** @throws AppError `mail.value-missing`, `mail.bad-link`: a slot that cannot be filled would leave a hole. */
  compose(to: Subscriber): OutgoingMail;
}

/**
 * Fills in what all readers of a letter have in common.
 * @throws AppError `mail.no-template`, or of {@link prefill}: each would meet the next reader too.
 */
export function composer(mailing: Mailing, letter: Letter, stationery: Stationery): Composer {
  const { catalogue, publicUrl } = stationery;
  const mail = catalogue.mails[letter.template];
  if (!mail) throw new AppError("missing", "mail.no-template", `There is no mail for ${mailingId(mailing)}`);
  const id = mailingId(mailing);
  const shared: MailValues = { ...letter.values, publicUrl };
  const template: MailTemplate = {
    subject: prefill(mail.subject, shared),
    html: prefill(mail.html, shared),
    text: prefill(mail.text, shared),
    ...(letter.attachments && { attachments: letter.attachments }),
  };
  return {
    template,
    compose(subscriber) {
      const leaving = letter.list ? leavingBy(letter.list, stationery, subscriber.id) : undefined;
      const step = letter.step?.(subscriber);
      const values: MailValues = {
        greeting: greetingFor(subscriber.name),
        ...(leaving && { unsubscribeUrl: leaving.unsubscribeUrl, progressUrl: leaving.progressUrl }),
        ...(leaving && step && { stepUrl: stepUrlOf(leaving.progressUrl, step) }),
        ...letter.personal?.(subscriber, leaving ? { progressUrl: leaving.progressUrl } : {}),
      };
      return {
        mailing: id,
        subscriberId: subscriber.id,
        to: letter.to?.(subscriber) ?? subscriber.address,
        values: ownValues(template, values),
        // RFC 3834: a mail that nobody wrote; an answering machine must not answer it.
        headers: leaving ? leaving.headers : [{ name: "Auto-Submitted", value: "auto-generated" }],
      };
    },
  };
}

/** A value for every slot: SES accepts a mail with a hole, and tells by an event only. */
function ownValues({ subject, html, text }: CompiledMail, values: MailValues): Record<string, string> {
  const own: Record<string, string> = {};
  for (const slot of [...subject.slots, ...html.slots, ...text.slots]) {
    own[slotKey(slot)] ??= escaped(slot, values[slot.name]);
  }
  return own;
}

/** The page of a step, below that of the reader's progress: one signature opens both. */
function stepUrlOf(progressUrl: string, { course, step }: { course: string; step: string }): string {
  return `${progressUrl}/courses/${course}/${step}`;
}

/** Links and headers by which a reader leaves a list, or looks at the way so far. */
function leavingBy(list: string, { catalogue, keys, publicUrl }: Stationery, subscriberId: string) {
  const token = signToken(keys, { purpose: "unsubscribe", subscriberId, list });
  const unsubscribeUrl = `${publicUrl}/unsubscribe/${token}`;
  const mailto = `mailto:${catalogue.site.unsubscribeMailbox}?subject=unsubscribe%20${token}`;
  const domain = catalogue.site.sender.address.split("@")[1];
  return {
    unsubscribeUrl,
    progressUrl: `${publicUrl}/progress/${signToken(keys, { purpose: "progress", subscriberId, list: "all" })}`,
    headers: [
      // Both addresses: Gmail and Yahoo post to the first (RFC 8058), Outlook.com knows the second only.
      { name: "List-Unsubscribe", value: `<${unsubscribeUrl}>, <${mailto}>` },
      { name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" },
      { name: "List-Id", value: `<${list}.${domain}>` },
    ],
  };
}
