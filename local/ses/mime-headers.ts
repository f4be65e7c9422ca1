import { simpleParser } from "mailparser";
import addressparser from "nodemailer/lib/addressparser";
import type { Header } from "./mail-record.ts";

/** A message's header fields, byte for byte in latin1 with their folding, and its body. */
export function splitMessage(message: Buffer): { head: string[]; body: Buffer } {
  const text = message.toString("latin1");
  const end = /\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  const body = end ? message.subarray(end.index + end[0].length) : Buffer.alloc(0);
  return { head: head.split(/\r?\n(?![ \t])/), body };
}

/** Header fields, unfolded. */
export function readHeaders(message: Buffer): Header[] {
  return splitMessage(message).head.flatMap((field) => {
    const colon = field.indexOf(":");
    if (colon < 1) return [];
    const value = field.slice(colon + 1).replace(/\r?\n(?=[ \t])/g, "");
    return [{ name: field.slice(0, colon).trim(), value: Buffer.from(value, "latin1").toString().trim() }];
  });
}

/** First value of a header; `name` in lower case. */
export function headerValue(headers: Header[], name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name)?.value;
}

/** Bare addresses of all headers of one name, given in lower case. */
export function addressesIn(headers: Header[], name: string): string[] {
  const values = headers.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value);
  return addressparser(values.join(", "), { flatten: true }).map(({ address }) => address);
}

/** A subject as people read it. */
export async function decodeSubject(value: string): Promise<string> {
  if (!value.includes("=?")) return value;
  const parsed = await simpleParser(`Subject: ${value}\r\n\r\n`);
  return parsed.subject ?? value;
}
