import type { Catalogue } from "../catalogue.ts";
import { AppError } from "../errors.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { type KeyRing, signToken } from "../token/token.ts";
import type { Letter } from "./letter.ts";
import { type Mailing, mailingId } from "./mailing.ts";
import type { OutgoingMail } from "./outgoing-mail.ts";
import { fill } from "./render.ts";

/** What a mail is made from besides its letter and its reader. */
export interface Stationery {
  catalogue: Pick<Catalogue, "site" | "mails">;
  keys: KeyRing;
  /** Where the pages are, without a slash at the end. */
  publicUrl: string;
}

/**
 * Makes the mail of one subscriber after another from a letter.
 * @throws AppError `mail.no-template`, or of {@link fill}: each would meet the next reader too.
 */
export function composer(
  mailing: Mailing,
  letter: Letter,
  stationery: Stationery,
): (to: Subscriber) => OutgoingMail {
  const { catalogue, publicUrl } = stationery;
  const template = catalogue.mails[letter.template];
  if (!template)
    throw new AppError("missing", "mail.no-template", `There is no mail for ${mailingId(mailing)}`);
  const id = mailingId(mailing);
  return (subscriber) => {
    const leaving = letter.list ? leavingBy(letter.list, stationery, subscriber.id) : undefined;
    const values = {
      ...letter.values,
      greeting: greetingFor(subscriber.name),
      publicUrl,
      ...(leaving && { unsubscribeUrl: leaving.unsubscribeUrl, progressUrl: leaving.progressUrl }),
      ...letter.personal?.(subscriber),
    };
    return {
      mailing: id,
      subscriberId: subscriber.id,
      to: subscriber.address,
      subject: fill(template.subject, values),
      html: fill(template.html, values),
      text: fill(template.text, values),
      // RFC 3834: a mail that nobody wrote; an answering machine must not answer it.
      headers: leaving ? leaving.headers : [{ name: "Auto-Submitted", value: "auto-generated" }],
    };
  };
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

/** "Hello Zoë," with the name as given, or "Hello," to those who gave none. */
function greetingFor(name: string): string {
  return name ? `Hello ${name},` : "Hello,";
}
