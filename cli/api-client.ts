import * as z from "zod";
import { hashKey } from "../core/admin/admin-key.ts";
import { Failure, misuse } from "./failure.ts";

/** Where the service is, and who asks. */
export interface Connection {
  url: string;
  key: string;
}

/** A call, and how the fields of its body were typed: `{ url: "<address>" }`. */
export interface Call {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  path: string;
  body?: unknown;
  typedAs?: Record<string, string>;
}

const patienceMs = 30_000;

const Refusal = z.object({
  code: z.string(),
  detail: z.string(),
  fields: z.record(z.string(), z.string()).optional(),
});

/** Reads where to ask and with which key from options, else from the environment. */
export function readConnection(options: { url: string; key?: string | undefined }): Connection {
  const url = URL.canParse(options.url) ? new URL(options.url) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw misuse(`${options.url} is no web address: give the service's, such as https://steps.example.`);
  const here = ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  if (url.protocol === "http:" && !here)
    throw misuse(`The key would travel unencrypted to ${url.host}: give an https:// address.`);
  if (!options.key)
    throw misuse(
      "An admin key is needed: set STEPLETTER_KEY. `stepletter keys create --first` makes the first one; with `--data .stepletter` for a service on this machine.",
    );
  if (!hashKey(options.key))
    throw misuse("This is no admin key: one begins with slk_ and has 47 characters. Look at STEPLETTER_KEY.");
  return { url: url.href.replace(/\/+$/, ""), key: options.key };
}

/**
 * Calls the API, and reads an answer of a shape.
 * @throws Failure when nothing answers, or when the answer is a refusal or of another shape.
 */
export async function callApi<Body>(
  { url, key }: Connection,
  shape: z.ZodType<Body>,
  call: Call,
): Promise<{ status: number; body: Body }> {
  const response = await fetch(`${url}${call.path}`, {
    method: call.method,
    // Never follow a redirect with a key in hand.
    redirect: "error",
    signal: AbortSignal.timeout(patienceMs),
    headers: {
      accept: "application/json",
      authorization: `Bearer ${key}`,
      ...(call.body !== undefined && { "content-type": "application/json" }),
    },
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
  }).catch((cause: unknown) => {
    throw new Failure(
      "service.unreachable",
      `Nothing answers at ${url}. Start the service with npm start, or say where it is with --url or STEPLETTER_URL.`,
      { cause, againAfterSeconds: 1 },
    );
  });
  const body: unknown = await response.json().catch(() => undefined);
  const read = shape.safeParse(body);
  if (response.ok && read.success) return { status: response.status, body: read.data };
  throw refused(url, response.status, {
    refusal: Refusal.safeParse(body).data,
    typedAs: call.typedAs,
    againAfterSeconds: againAfter(response),
  });
}

/** Too many requests, and what is the service's own fault, may go well later. */
function againAfter({ status, headers }: Response): number | undefined {
  if (status !== 429 && status < 500) return undefined;
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  return seconds > 0 ? Math.min(seconds, 300) : 1;
}

function refused(
  url: string,
  status: number,
  {
    refusal,
    typedAs = {},
    againAfterSeconds,
  }: {
    refusal: z.infer<typeof Refusal> | undefined;
    typedAs: Call["typedAs"];
    againAfterSeconds: number | undefined;
  },
): Failure {
  if (!refusal)
    return new Failure(
      "service.strange",
      `${url} answered with status ${status}, and not as Stepletter does. Check the address in --url or STEPLETTER_URL.`,
      { againAfterSeconds },
    );
  const { code, detail, fields } = refusal;
  if (status === 401)
    return new Failure(
      code,
      `${url} does not know this key. Set STEPLETTER_KEY to a key of this service; stepletter keys create --first makes the first one, with --data .stepletter for a service on this machine.`,
    );
  const wrong = Object.entries(fields ?? {}).map(
    ([field, problem]) => `  ${typedAs[field] ?? field}: ${problem}`,
  );
  return new Failure(code, [detail, ...wrong].join("\n"), { againAfterSeconds });
}
