import type { Destination } from "./request-schemas.ts";
import { badRequest } from "./ses-error.ts";

const maxDestinations = 50;
// A lenient parser would make `ann lee@example.org` a mail to lee.
const named = /^\s*(?:"(?:[^"\\]|\\.)*"|[^"<>,]*)\s*<([^<>]*)>\s*$/;

/** The bare address in `Name <local@domain>`, refused as SES refuses it. */
export function bareAddress(text: string): string {
  if (/[^\x20-\x7e]/.test(text)) {
    // SES has no SMTPUTF8, and a display name has to come RFC 2047 encoded.
    throw badRequest("Address contains a control or non-ASCII character.");
  }
  const address = named.exec(text)?.[1] ?? text.trim();
  if (/[<>,]/.test(address)) throw badRequest("Illegal address.");
  const at = address.lastIndexOf("@");
  if (at < 1) throw badRequest("Missing final '@domain'.");
  if (/[\s()[\]:;\\"@]/.test(address.slice(0, at))) {
    throw badRequest("Local address contains control or whitespace.");
  }
  if (!/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/.test(address.slice(at + 1))) {
    throw badRequest("Domain contains illegal character.");
  }
  if (address.length > 320) throw badRequest("Address is longer than 320 characters.");
  return address;
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
