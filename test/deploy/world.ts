import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { simpleParser } from "mailparser";
import { request } from "undici";
import type { MailRecord } from "../../local/ses/mail-record.ts";
import type { LocalSes } from "../../local/ses/start-local-ses.ts";

/** A place where the service runs: its pages and its mailboxes. */
export interface World {
  ses: LocalSes;
  /** Where requests go, and the host that they name: on an emulator the two differ. */
  gateway: string;
  host: string;
  /** Lets time pass there. */
  pass(seconds: number): Promise<void>;
}

/** Asks for a page, or with fields posts a form, and answers the page. */
export async function ask(world: World, path: string, fields?: Record<string, string>): Promise<string> {
  const { statusCode, body } = await request(new URL(path, world.gateway), {
    headers: { host: world.host, ...(fields && { "content-type": "application/x-www-form-urlencoded" }) },
    ...(fields && { method: "POST", body: new URLSearchParams(fields).toString() }),
    headersTimeout: 20_000,
  });
  const text = await body.text();
  if (statusCode >= 300)
    throw new Error(`${path.split("/")[1]} answered ${statusCode}: ${text.slice(0, 300)}`);
  return text;
}

/** The mails that came to an address, oldest first. */
export function mailsTo({ ses }: World, address: string): MailRecord[] {
  return ses.mails().filter(({ to }) => to.includes(address));
}

/** Waits for a mail to an address, of the mailing that begins so. */
export function mailTo(world: World, address: string, mailing: string, seconds = 30): Promise<MailRecord> {
  return eventually(`${mailing} to ${address}`, seconds, () =>
    mailsTo(world, address).find(({ tags }) => tags.mailing?.startsWith(mailing)),
  );
}

/** The path of the link in a mail that leads to a page. */
export async function linkIn(mail: MailRecord, page: "confirm" | "progress"): Promise<string> {
  const { html } = await simpleParser(await readFile(mail.emlPath));
  const link = new RegExp(`href="[^"]*(/${page}/[^"]+)"`).exec(String(html))?.[1];
  if (!link) throw new Error(`${mail.subject} has no link to ${page}`);
  return link;
}

/** The plain part of a mail. */
export async function textOf(mail: MailRecord): Promise<string> {
  return (await simpleParser(await readFile(mail.emlPath))).text ?? "";
}

/** Looks until something is there. */
export async function eventually<T>(
  what: string,
  seconds: number,
  look: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error(`${what} did not come in ${seconds} seconds`);
    await sleep(250);
  }
}
