import { readFile } from "node:fs/promises";
import { simpleParser } from "mailparser";
import type { Letter } from "./letters.ts";
import type { Person } from "./people.ts";

/** Signs up as the form of the page does. */
export async function signUp(appUrl: string, person: Person, email = person.email): Promise<void> {
  await post(`${appUrl}/signup`, { email, name: person.name, zone: person.zone });
}

/** Opens the link of the confirmation mail, as a scanner would before, and presses the button on the page. */
export async function confirm(letter: Letter): Promise<void> {
  await pressButton(await linkIn(letter, "/confirm/"));
}

/** Leaves by the link at the foot of a mail. */
export async function leaveByPage(letter: Letter): Promise<void> {
  await pressButton(await linkIn(letter, "/unsubscribe/"));
}

/** Leaves as a mail program does for its reader (RFC 8058). */
export async function leaveByOneClick(letter: Letter): Promise<void> {
  if (!letter.oneClickUrl) throw new Error(`${letter.kind} to ${letter.mailbox} has no one-click address`);
  await post(letter.oneClickUrl, { "List-Unsubscribe": "One-Click" });
}

/** The same address in another spelling. */
export function shouted(email: string): string {
  const at = email.lastIndexOf("@");
  return email.slice(0, at) + email.slice(at).toUpperCase();
}

async function linkIn(letter: Letter, path: string): Promise<string> {
  const { html } = await simpleParser(await readFile(letter.emlPath));
  const link = [...String(html).matchAll(/href="([^"]+)"/g)]
    .map(([, href]) => href ?? "")
    .find((href) => href.includes(path));
  if (!link) throw new Error(`${letter.kind} to ${letter.mailbox} has no link to ${path}`);
  return link;
}

async function pressButton(url: string): Promise<void> {
  const page = await ask(url);
  const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1];
  const token = /name="token" value="([^"]+)"/.exec(page)?.[1];
  if (!action || !token) throw new Error(`The page at ${new URL(url).pathname.split("/")[1]} has no button`);
  await post(new URL(action, url).href, { token });
}

async function post(url: string, fields: Record<string, string>): Promise<void> {
  await ask(url, { method: "POST", body: new URLSearchParams(fields) });
}

async function ask(url: string, init?: RequestInit): Promise<string> {
  const response = await fetch(url, { ...init, redirect: "error" });
  if (!response.ok)
    throw new Error(
      `${init?.method ?? "GET"} ${new URL(url).pathname.split("/")[1]} answered ${response.status}`,
    );
  return response.text();
}
