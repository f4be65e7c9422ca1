import type { Catalogue } from "../catalogue.ts";
import { AppError } from "../errors.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { addDays, type Instant } from "../time/instant.ts";
import { type KeyRing, signToken } from "../token/token.ts";
import { type Mailing, mailingId } from "./mailing.ts";
import type { OutgoingMail } from "./outgoing-mail.ts";
import { fill } from "./render.ts";

/** What a mail is made from besides its recipient. */
export interface Stationery {
  catalogue: Catalogue;
  keys: KeyRing;
  /** Where the pages are, without a slash at the end. */
  publicUrl: string;
}

/** A confirmation link lives this long, in days. */
const confirmDays = 7;

/** Looks up what a mailing's mails have in common, once; the answer makes the mail of one subscriber. */
export function composer(
  mailing: Mailing,
  stationery: Stationery,
  now: Instant,
): (to: Subscriber) => OutgoingMail {
  const template = stationery.catalogue.mails[templateOf(mailing)];
  if (!template)
    throw new AppError("missing", "mail.no-template", `There is no mail for ${mailingId(mailing)}`);
  const id = mailingId(mailing);
  return (subscriber) => {
    const links = linksFor(mailing, stationery, subscriber.id, now);
    const values = { greeting: greetingFor(subscriber.name), publicUrl: stationery.publicUrl, ...links };
    return {
      mailing: id,
      subscriberId: subscriber.id,
      to: subscriber.address,
      subject: fill(template.subject, values),
      html: fill(template.html, values),
      text: fill(template.text, values),
      headers: headersFor(mailing, stationery, links.unsubscribeToken),
    };
  };
}

function templateOf(mailing: Mailing): string {
  return mailing.kind === "confirm" ? "confirm" : `course/${mailing.course}/${mailing.step}`;
}

function linksFor(mailing: Mailing, { keys, publicUrl }: Stationery, subscriberId: string, now: Instant) {
  if (mailing.kind === "confirm") {
    const expiresAt = addDays(now, confirmDays);
    const token = signToken(keys, { purpose: "confirm", subscriberId, list: "all", expiresAt });
    return { confirmUrl: `${publicUrl}/confirm/${token}`, unsubscribeToken: "" };
  }
  const token = signToken(keys, { purpose: "unsubscribe", subscriberId, list: mailing.course });
  return { unsubscribeUrl: `${publicUrl}/unsubscribe/${token}`, unsubscribeToken: token };
}

function headersFor(mailing: Mailing, { catalogue, publicUrl }: Stationery, unsubscribeToken: string) {
  // RFC 3834: a mail that nobody wrote; an answering machine must not answer it.
  if (mailing.kind === "confirm") return [{ name: "Auto-Submitted", value: "auto-generated" }];
  const domain = catalogue.site.sender.address.split("@")[1];
  const mailto = `mailto:${catalogue.site.unsubscribeMailbox}?subject=unsubscribe%20${unsubscribeToken}`;
  return [
    // Both addresses: Gmail and Yahoo post to the first (RFC 8058), Outlook.com knows the second only.
    { name: "List-Unsubscribe", value: `<${publicUrl}/unsubscribe/${unsubscribeToken}>, <${mailto}>` },
    { name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" },
    { name: "List-Id", value: `<${mailing.course}.${domain}>` },
  ];
}

/** "Hello Zoë," with the name as given, or "Hello," to those who gave none. */
function greetingFor(name: string): string {
  return name ? `Hello ${name},` : "Hello,";
}
