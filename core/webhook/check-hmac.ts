import { createHmac } from "node:crypto";
import type { HmacCheck } from "../source/source.ts";
import type { Payloads } from "../source/source-ports.ts";
import { addHours, addMinutes, type Instant, toInstant } from "../time/instant.ts";
import { sameSignature } from "./same-signature.ts";
import type { Call, Check } from "./webhook-ports.ts";

/** Such providers send the same body again for hours, under the same signature. */
const patienceHours = 72;
const aheadMinutes = 5;

/** Checks a call that is signed in a provider's own way: by any of the secrets, and not too old by what it says itself. */
export function checkHmac(
  payloads: Payloads,
  source: { hmac: HmacCheck; secrets: readonly string[] },
  call: Call,
  now: Instant,
): Check {
  const { hmac, secrets } = source;
  if (!isSigned(hmac, secrets, call)) return { status: "forged" };
  const payload = parseJson(call.body);
  if (payload === undefined) return { status: "unreadable", reason: "the body is not JSON" };
  const id = idOf(payloads.find(hmac.id, payload));
  if (!id) return { status: "unreadable", reason: `there is no id at ${hmac.id}` };
  const at = instantOf(payloads.find(hmac.at, payload));
  if (!at) return { status: "unreadable", reason: `there is no time at ${hmac.at}` };
  const stale = at < addHours(now, -patienceHours) || at > addMinutes(now, aheadMinutes);
  return stale ? { status: "stale" } : { status: "genuine", id, payload };
}

/** The signature, with its prefix, as the provider writes it; nothing if a header is missing that is signed, too. */
export function signHmac(
  { signs, prefix, encoding }: HmacCheck,
  secret: string,
  call: Pick<Call, "headers" | "body">,
): string | undefined {
  let complete = true;
  const signed = signs.replace(/\{(?:body|header:([\w-]+))\}/g, (_, header?: string) => {
    const value = header === undefined ? call.body : call.headers[header.toLowerCase()];
    complete &&= value !== undefined;
    return value ?? "";
  });
  return complete ? prefix + createHmac("sha256", secret).update(signed).digest(encoding) : undefined;
}

/** A payload as JSON; undefined if it is none. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function isSigned(hmac: HmacCheck, secrets: readonly string[], call: Call): boolean {
  const given = call.headers[hmac.header] ?? "";
  const matches = secrets.filter((secret) => {
    const expected = signHmac(hmac, secret, call);
    return expected !== undefined && sameSignature(given, expected);
  });
  return matches.length > 0;
}

function idOf(value: unknown): string | undefined {
  const id = typeof value === "number" ? String(value) : value;
  return typeof id === "string" && /^[!-~]{1,256}$/.test(id) ? id : undefined;
}

const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

function instantOf(value: unknown): Instant | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const text = String(value);
  const milliseconds = /^\d{1,11}(?:\.\d{1,9})?$/.test(text)
    ? Number(text) * 1000
    : isoInstant.test(text)
      ? Date.parse(text)
      : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : toInstant(milliseconds);
}
