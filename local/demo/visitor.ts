import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { simpleParser } from "mailparser";
import { Webhook } from "standardwebhooks";
import type { Instant } from "../../core/time/instant.ts";
import type { Letter } from "./letters.ts";
import type { Person } from "./people.ts";

/** The signup page, as somebody has it open. */
export interface OpenPage {
  url: string;
  /** What its form carries unseen. */
  started: string;
}

/** Opens the signup page. */
export async function openPage(appUrl: string): Promise<OpenPage> {
  const started = /name="started" value="([^"]+)"/.exec(await ask(appUrl))?.[1];
  if (!started) throw new Error("The signup page has no form");
  return { url: appUrl, started };
}

/** Signs up as the form of the page does. */
export async function signUp(page: OpenPage, person: Person, email = person.email): Promise<void> {
  const digest = wantsDigest(person) ? { digest: "on" } : {};
  const fields = { started: page.started, email, name: person.name, zone: person.zone, ...digest };
  const answer = await post(`${page.url}/signup`, fields);
  if (!answer.includes("Check your inbox")) throw new Error(`The form did not take the signup of ${email}`);
}

/** A site signs someone up by a signed webhook (Standard Webhooks). */
export async function signUpByWebhook(hook: Hook, person: Person, at: Instant): Promise<void> {
  const answer = await callHook(
    hook,
    at,
    JSON.stringify({ email: person.email, name: person.name, zone: person.zone }),
  );
  if (!answer.ok) throw new Error(`The webhook was answered with ${answer.status}`);
}

/** A webhook source of the service, with the secret that it signs by. */
export interface Hook {
  url: string;
  secret: string;
}

/** Posts a signed body; `sent` is what arrives, which somebody on the way may have changed. */
export async function callHook(hook: Hook, at: Instant, signed: string, sent = signed): Promise<Response> {
  const id = `msg_${createHash("sha256").update(signed).digest("hex").slice(0, 24)}`;
  const timestamp = new Date(at);
  return fetch(hook.url, {
    method: "POST",
    body: sent,
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(timestamp.getTime() / 1000)),
      "webhook-signature": new Webhook(hook.secret).sign(id, timestamp, signed),
    },
  });
}

/** Presses the button of a step, on its page behind the progress link of a mail. */
export async function markDone(letter: Letter, step: string, { sooner = false } = {}): Promise<void> {
  const { page, url, token } = await openProgress(letter);
  const link = new RegExp(`href="[^"]*/courses/([^/"]+)/${step}"`).exec(page);
  if (!link) throw new Error(`The progress page has no way to ${step}`);
  const fields = { token, course: link[1] ?? "", step, ...(sooner && { sooner: "on" }) };
  await post(new URL("/progress", url).href, fields);
}

/** Sets the pace on the page behind it; `detail` is the field that is not as it was, such as `speed=slower`. */
export async function setPace(letter: Letter, zone: string, detail: string): Promise<void> {
  const { url, token } = await openProgress(letter);
  const [field = "", value = ""] = detail.split("=");
  const usual = { speed: "weekly", day: "", hour: "", nudges: "on" };
  await post(new URL("/progress/settings/pace", url).href, { token, zone, ...usual, [field]: value });
}

/** Pauses until a day. */
export async function pauseUntil(letter: Letter, until: string): Promise<void> {
  const { url, token } = await openProgress(letter);
  await post(new URL("/progress/settings/pause", url).href, { token, until });
}

/** Enters a date to be reminded of; `detail` is `kind;date;credential;label`. */
export async function setDate(letter: Letter, detail: string): Promise<void> {
  const [kind = "", date = "", credential = "", label = ""] = detail.split(";");
  const { url, token } = await openProgress(letter);
  await post(new URL("/progress/dates", url).href, { token, kind, date, credential, label });
}

/** Takes the date of that name back. */
export async function removeDate(letter: Letter, label: string): Promise<void> {
  await pressAtDate(letter, label, "remove");
}

/** Says that the date of that name is done. */
export async function finishDate(letter: Letter, label: string): Promise<void> {
  await pressAtDate(letter, label, "done", { confirm: "yes" });
}

/** Logs hours; `detail` is `hours;category;day;activity`. */
export async function logHours(letter: Letter, detail: string): Promise<void> {
  const [hours = "", category = "", day = "", activity = ""] = detail.split(";");
  const { url, token } = await openProgress(letter);
  await post(new URL("/progress/hours", url).href, { token, hours, category, day, activity, covers: "all" });
}

/** Presses a button that stands beside a date on its page. */
async function pressAtDate(
  letter: Letter,
  label: string,
  button: "remove" | "done",
  more = {},
): Promise<void> {
  const { url } = await openProgress(letter);
  const item = (await ask(`${url}/dates`)).split(`<strong>${label}</strong>`)[1];
  const form = item?.split(`action="/progress/dates/${button}"`)[1]?.split("</form>")[0];
  if (!form) throw new Error(`The page of dates has no button for ${label}`);
  const fields = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [
    name,
    value,
  ]);
  await post(new URL(`/progress/dates/${button}`, url).href, { ...Object.fromEntries(fields), ...more });
}

async function openProgress(letter: Letter): Promise<{ page: string; url: string; token: string }> {
  // The first link may lead to a page below it.
  const [before, after = ""] = (await linkIn(letter, "/progress/")).split("/progress/");
  const token = after.split("/")[0] ?? "";
  const url = `${before}/progress/${token}`;
  return { page: await ask(url), url, token };
}

function wantsDigest({ deeds }: Person): boolean {
  return deeds.some(({ deed }) => deed === "wants-digest");
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

async function post(url: string, fields: Record<string, string>): Promise<string> {
  return ask(url, { method: "POST", body: new URLSearchParams(fields) });
}

async function ask(url: string, init?: RequestInit): Promise<string> {
  const response = await fetch(url, { ...init, redirect: "error" });
  if (!response.ok)
    throw new Error(
      `${init?.method ?? "GET"} ${new URL(url).pathname.split("/")[1]} answered ${response.status}`,
    );
  return response.text();
}
