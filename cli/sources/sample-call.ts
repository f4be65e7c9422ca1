import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";
import { jmesPath } from "../../adapters/jmespath.ts";
import { presets } from "../../core/source/presets.ts";
import type { Source } from "../../core/source/source.ts";
import { type Instant, toMilliseconds } from "../../core/time/instant.ts";
import { signHmac } from "../../core/webhook/check-hmac.ts";
import { readFields } from "../../core/webhook/read-fields.ts";
import { testAddress } from "../../core/webhook/sign-up-by-call.ts";
import { Failure, misuse } from "../failure.ts";

/** A source as calls to it are made. */
export type Called = Pick<Source, "kind" | "map" | "hmac">;

/** A signed call that signs up nobody, as the site would make it. */
export function sampleCall(
  source: Called,
  secret: string,
  now: Instant,
  file?: string,
): { headers: Record<string, string>; body: string } {
  const body = file === undefined ? JSON.stringify(samplePayload(source, now)) : readPayload(file);
  const found = readFields(jmesPath, source.map, JSON.parse(body));
  if ("reason" in found || found.fields.email !== testAddress)
    throw misuse(
      `${"reason" in found ? `In this payload ${found.reason}.` : "The payload names somebody else."} ` +
        `Give one with --payload FILE in which the address is ${testAddress}.`,
    );
  const json = { "content-type": "application/json" };
  const { hmac } = source;
  if (hmac) {
    const headers = { ...json, ...signedHeaders(hmac.signs, now) };
    return { headers: { ...headers, [hmac.header]: signHmac(hmac, secret, { headers, body }) ?? "" }, body };
  }
  const [id, at] = [`msg_${randomUUID()}`, new Date(now)];
  const headers = {
    ...json,
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(toMilliseconds(now) / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, at, body),
  };
  return { headers, body };
}

/** A payload as the provider sends it; of others one is made where their fields are said by plain paths. */
function samplePayload({ hmac, map }: Called, now: Instant): object {
  if (hmac?.header === presets.typeform.hmac.header)
    return {
      event_id: randomUUID(),
      event_type: "form_response",
      form_response: { submitted_at: now, answers: [{ type: "email", email: testAddress }] },
    };
  if (hmac?.header === presets.tally.hmac.header)
    return {
      eventId: randomUUID(),
      eventType: "FORM_RESPONSE",
      createdAt: now,
      data: { fields: [{ key: "question_1", label: "Address", type: "INPUT_EMAIL", value: testAddress }] },
    };
  const payload = {};
  put(payload, map?.email ?? "email", testAddress);
  if (hmac) {
    put(payload, hmac.id, randomUUID());
    put(payload, hmac.at, now);
  }
  return payload;
}

function put(payload: Record<string, unknown>, path: string, value: string): void {
  if (!/^[a-z_]\w*(?:\.[a-z_]\w*)*$/i.test(path)) return;
  const names = path.split(".");
  const last = names.pop() ?? "";
  let place = payload;
  for (const name of names) {
    place[name] ??= {};
    place = place[name] as Record<string, unknown>;
  }
  place[last] = value;
}

/** What the signature covers besides the body: seconds, as most of those headers have them. */
function signedHeaders(signs: string, now: Instant): Record<string, string> {
  const seconds = String(Math.floor(toMilliseconds(now) / 1000));
  return Object.fromEntries(
    [...signs.matchAll(/\{header:([\w-]+)\}/g)].map(([, name = ""]) => [name.toLowerCase(), seconds]),
  );
}

function readPayload(file: string): string {
  try {
    const text = readFileSync(file, "utf8");
    JSON.parse(text);
    return text;
  } catch (cause) {
    throw new Failure("payload.unreadable", `${file} cannot be read as JSON. Check the name of the file.`, {
      cause,
    });
  }
}
