import { createHmac } from "node:crypto";
import { domainToASCII } from "node:url";
import * as z from "zod";

/** An address in two spellings: `mailTo` as mail is sent to it, `key` under which it is unique. */
export interface Address {
  mailTo: string;
  key: string;
}

const Email = z.email({ pattern: z.regexes.html5Email });

/**
 * Reads an e-mail address as people type it: the domain is lower-cased and, when international, turned to
 * punycode. The local part keeps its case for sending, yet two spellings of it are one subscriber.
 * @returns undefined when no mail can be sent to it; SES takes a local part in ASCII only.
 */
export function parseAddress(typed: string): Address | undefined {
  const trimmed = typed.trim().normalize("NFC");
  const at = trimmed.lastIndexOf("@");
  const local = trimmed.slice(0, at);
  const domain = domainToASCII(trimmed.slice(at + 1).toLowerCase());
  const mailTo = `${local}@${domain}`;
  const valid =
    at > 0 &&
    local.length <= 64 &&
    mailTo.length <= 254 &&
    domain.includes(".") &&
    !/^\.|\.$|\.\./.test(local) &&
    Email.safeParse(mailTo).success;
  return valid ? { mailTo, key: mailTo.toLowerCase() } : undefined;
}

/** Keyed hash under which an address is claimed and suppressed, so that no key of the table is an address. */
export function hashAddress(hashKey: string, key: string): string {
  return createHmac("sha256", Buffer.from(hashKey, "base64url"))
    .update(`stepletter.address.1\n${key}`)
    .digest("base64url");
}
