import type { Limits } from "../limit/limit-ports.ts";
import { takeEach } from "../limit/take-each.ts";
import { hashAddress } from "../subscriber/address.ts";
import type { Instant } from "../time/instant.ts";
import { mailboxLimits } from "./door-limits.ts";

/** Domains of Gmail: dots in the name are nothing there, and both are one. */
const gmail = ["gmail.com", "googlemail.com"];

/** Whether one more mail that nobody has confirmed yet may go to the mailbox of an address, and counts it. */
export async function takeMailbox(
  { limits }: { limits: Limits },
  { hashKey, key }: { hashKey: string; key: string },
  now: Instant,
): Promise<boolean> {
  const name = `mailbox#${hashAddress(hashKey, mailboxOf(key))}`;
  const each = mailboxLimits.map((limit) => ({ name, limit }));
  return (await takeEach(limits, each, now)) === undefined;
}

/**
 * The mailbox behind the key of an address, as far as its spelling tells: without `+anything`, which most providers
 * leave to the reader. Only limits go by it; whom an address belongs to does not.
 */
export function mailboxOf(key: string): string {
  const at = key.lastIndexOf("@");
  const [local, domain] = [key.slice(0, at), key.slice(at + 1)];
  const plus = local.indexOf("+");
  const name = plus > 0 ? local.slice(0, plus) : local;
  return gmail.includes(domain) ? `${name.replaceAll(".", "")}@gmail.com` : `${name}@${domain}`;
}
