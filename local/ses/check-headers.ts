import type { Header } from "./mail-record.ts";
import type { MessageHeader } from "./request-schemas.ts";
import { badRequest } from "./ses-error.ts";

const maxHeaders = 15;

// SES writes these itself, or takes them from other members of the request.
const reserved = new Set([
  "bcc",
  "cc",
  "content-disposition",
  "content-transfer-encoding",
  "content-type",
  "date",
  "dkim-signature",
  "from",
  "message-id",
  "mime-version",
  "received",
  "reply-to",
  "return-path",
  "subject",
  "to",
]);

/** Checks custom headers by the rules of SES: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageHeader.html */
export function checkHeaders(headers: MessageHeader[]): Header[] {
  if (headers.length > maxHeaders) throw badRequest(`More than ${maxHeaders} headers.`);
  const seen = new Set<string>();
  return headers.map(({ Name: name, Value: value }) => {
    const key = name.toLowerCase();
    if (!/^[\x21-\x39\x3b-\x7e]{1,126}$/.test(name)) throw badRequest("Invalid header name.");
    if (reserved.has(key) || key.startsWith("x-ses-")) throw badRequest(`Header ${name} is not allowed.`);
    if (!/^[\x20-\x7e]{1,995}$/.test(value)) throw badRequest(`Invalid value of header ${name}.`);
    if (name.length + value.length > 996) throw badRequest(`Header ${name} is longer than 996 characters.`);
    if (seen.has(key)) throw badRequest(`Header ${name} occurs twice.`);
    seen.add(key);
    return { name, value };
  });
}

/** Headers of a bulk entry over those of the template, by name. */
export function replaceHeaders(headers: MessageHeader[], replacements: MessageHeader[]): MessageHeader[] {
  const replaced = new Set(replacements.map(({ Name }) => Name.toLowerCase()));
  return [...headers.filter(({ Name }) => !replaced.has(Name.toLowerCase())), ...replacements];
}
