import addressparser from "nodemailer/lib/addressparser";
import type { Destination } from "./request-schemas.ts";
import { badRequest } from "./ses-error.ts";

const maxDestinations = 50;

/** The bare address in `Name <local@domain>`, refused as SES refuses it. */
export function bareAddress(text: string): string {
  if (/[^\x20-\x7e]/.test(text)) {
    // SES has no SMTPUTF8, and a display name has to come RFC 2047 encoded.
    throw badRequest("Address contains a control or non-ASCII character.");
  }
  const [mailbox, ...others] = addressparser(text, { flatten: true });
  if (!mailbox || others.length > 0) throw badRequest("Illegal address.");
  const at = mailbox.address.lastIndexOf("@");
  if (at < 1) throw badRequest("Missing final '@domain'.");
  if (/[\s()<>[\]:;,\\"@]/.test(mailbox.address.slice(0, at))) {
    throw badRequest("Local address contains control or whitespace.");
  }
  if (!/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/.test(mailbox.address.slice(at + 1))) {
    throw badRequest("Domain contains illegal character.");
  }
  if (mailbox.address.length > 320) throw badRequest("Address is longer than 320 characters.");
  return mailbox.address;
}

/** Bare To, Cc and Bcc addresses of one message. */
export function bareDestination(destination: Destination): { to: string[]; cc: string[]; bcc: string[] } {
  const to = destination.ToAddresses.map(bareAddress);
  const cc = destination.CcAddresses.map(bareAddress);
  const bcc = destination.BccAddresses.map(bareAddress);
  const count = to.length + cc.length + bcc.length;
  if (count === 0) throw badRequest("Destination is missing.");
  if (count > maxDestinations) throw badRequest(`Recipient count exceeds ${maxDestinations}.`);
  return { to, cc, bcc };
}
