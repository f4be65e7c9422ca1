import { GetParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import * as z from "zod";
import { AppError } from "../../core/errors.ts";
import type { Keys } from "../../core/ports.ts";
import type { KeyRing } from "../../core/token/token.ts";

const secret = z.string().regex(/^[\w-]{43,}$/);
/** 24 to 64 bytes, as Standard Webhooks wants them. */
const webhookSecret = z
  .string()
  .regex(/^whsec_(?=.{32,88}$)(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);
/** As text: what providers that sign in a way of their own make, or are given. */
const textSecret = z.string().regex(/^(?!whsec_)[!-~]{16,200}$/);
const sourceSecret = z.union([webhookSecret, textSecret]);
const Ring = z.object({
  hash: secret,
  tokens: z.array(z.object({ kid: z.string().regex(/^[a-z0-9]{1,8}$/), secret })).min(1),
  webhooks: z.record(z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/), z.array(sourceSecret)).exactOptional(),
});

const refreshSeconds = 5 * 60;
/** How long the service goes on with the keys that it has while they cannot be read. */
const outageSeconds = 60 * 60;
/** What failed is not tried again at once, while there are keys to go on with. */
const pauseSeconds = 30;

/** The key ring in its SSM SecureString, read once and again every five minutes, so that a new key is picked up. */
export function ssmKeys(client: SSMClient, parameter: string, elapsed: () => number): Keys {
  let held: { ring: KeyRing; readAt: number } | undefined;
  /** The read under way, or the last one if that failed. */
  let attempt: { ring: Promise<KeyRing>; failedAt?: number } | undefined;
  const secondsSince = (then: number) => (elapsed() - then) / 1000;

  const readAnew = (): Promise<KeyRing> => {
    const failedAt = attempt?.failedAt;
    const rests = failedAt === undefined || (held && secondsSince(failedAt) < pauseSeconds);
    if (attempt && rests) return attempt.ring;
    const readAt = elapsed();
    const started: typeof attempt = { ring: read(client, parameter) };
    started.ring.then(
      (ring) => {
        held = { ring, readAt };
        attempt = undefined;
      },
      () => {
        started.failedAt = elapsed();
      },
    );
    attempt = started;
    return started.ring;
  };

  return {
    async ring(mostSecondsAgo) {
      if (held && secondsSince(held.readAt) > outageSeconds) held = undefined;
      const last = held;
      if (last && secondsSince(last.readAt) <= (mostSecondsAgo ?? refreshSeconds)) return last.ring;
      const fresh = readAnew();
      return last && mostSecondsAgo === undefined ? fresh.catch(() => last.ring) : fresh;
    },
  };
}

/** Whether a secret has the form that calls of this kind are signed by. */
export function isSourceSecret(kind: "standard" | "hmac", secret: string): boolean {
  return (kind === "standard" ? webhookSecret : sourceSecret).safeParse(secret).success;
}

/**
 * Reads a ring as the parameter holds it.
 * @throws Error whose message may quote it: tell its name only.
 */
export function parseKeyRing(text: string): KeyRing {
  return Ring.parse(JSON.parse(text));
}

async function read(client: SSMClient, parameter: string): Promise<KeyRing> {
  try {
    const { Parameter } = await client.send(
      new GetParameterCommand({ Name: parameter, WithDecryption: true }),
    );
    return parseKeyRing(Parameter?.Value ?? "");
  } catch (cause) {
    // Neither the value nor a message that quotes it may reach a log.
    const name = cause instanceof Error ? cause.name : "unknown";
    throw new AppError("unavailable", "keys.unavailable", `The keys in ${parameter} cannot be read: ${name}`);
  }
}
