import type { LookupFunction } from "node:net";
import { isIPv6 } from "node:net";
import { Agent, type Dispatcher, errors } from "undici";
import type { FeedAdvice } from "../../core/feed/feed-ports.ts";
import { type CheckedUrl, checkUrl, type Reach } from "./check-url.ts";
import { FeedError } from "./feed-error.ts";
import { readAdvice } from "./read-advice.ts";
import { type BodyLimits, readBody } from "./read-body.ts";
import { redirectTarget } from "./redirect-target.ts";

export interface FetchLimits extends BodyLimits {
  connectMs: number;
  /** From looking the host up to the last byte, redirects included. */
  totalMs: number;
  redirects: number;
}

/** What a host of a stranger may take from us. */
export const fetchLimits: FetchLimits = {
  connectMs: 3_000,
  totalMs: 10_000,
  redirects: 3,
  compressedBytes: 5_000_000,
  decodedBytes: 10_000_000,
};

export type Fetched =
  | (FeedAdvice & { status: "unchanged" })
  | (FeedAdvice & {
      status: "fetched";
      /** Where it was found in the end. */
      url: string;
      body: Buffer;
      contentType: string;
      etag?: string;
      lastModified?: string;
    });

/** An answer that sends us on. */
interface Redirect {
  to: string;
  permanent: boolean;
}

/**
 * Fetches from a host that nobody vouches for. Every hop is checked before it is connected to, and the
 * connection goes to the very addresses that were checked, whatever the name resolves to by then.
 * @throws FeedError
 */
export async function guardedFetch(
  address: string,
  headers: Record<string, string>,
  reach: Reach,
  limits: FetchLimits = fetchLimits,
): Promise<Fetched> {
  const signal = AbortSignal.timeout(limits.totalMs);
  try {
    let target = address;
    let movedTo: string | undefined;
    let unbroken = true;
    for (let redirects = 0; redirects <= limits.redirects; redirects++) {
      const checked = await orAborted(checkUrl(target, reach), signal);
      const hop = await askOnce(checked, headers, signal, limits);
      if ("status" in hop) return { ...hop, ...(movedTo !== undefined && { movedTo }) };
      target = hop.to;
      unbroken &&= hop.permanent;
      if (unbroken) movedTo = hop.to;
    }
    throw new FeedError("too-many-redirects");
  } catch (error) {
    throw signal.aborted ? new FeedError("timeout", { cause: error }) : asFeedError(error);
  }
}

async function askOnce(
  { url, addresses }: CheckedUrl,
  headers: Record<string, string>,
  signal: AbortSignal,
  limits: FetchLimits,
): Promise<Fetched | Redirect> {
  const agent = new Agent({
    connect: { lookup: lookupAmong(addresses), timeout: limits.connectMs },
    connections: 1,
    pipelining: 0,
  });
  try {
    const answer = await agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: "GET",
      signal,
      headers: { ...headers, "accept-encoding": "gzip, br" },
    });
    // A body that is not read to its end still fails, with nobody listening, when its connection is cut.
    answer.body.on("error", () => {});
    return await readAnswer(answer, url, limits);
  } finally {
    await agent.destroy();
  }
}

async function readAnswer(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  url: URL,
  limits: FetchLimits,
): Promise<Fetched | Redirect> {
  const header = (name: string) => String(headers[name] ?? "");
  if ([301, 302, 303, 307, 308].includes(statusCode))
    return { to: redirectTarget(url, header("location")), permanent: [301, 308].includes(statusCode) };
  const advice = readAdvice(header, Date.now());
  if (statusCode === 304) return { status: "unchanged", ...advice };
  if (statusCode !== 200) throw new FeedError(`http-${statusCode}`, { advice });
  return {
    status: "fetched",
    ...advice,
    url: url.href,
    body: await readBody(body, header("content-encoding"), limits),
    contentType: header("content-type"),
    ...(isShort(header("etag")) && { etag: header("etag") }),
    ...(isShort(header("last-modified")) && { lastModified: header("last-modified") }),
  };
}

/** Whether it is worth keeping: a stranger must not fill our rows. */
function isShort(validator: string): boolean {
  return validator.length > 0 && validator.length <= 500;
}

/** Answers whatever name the connection asks for with the addresses that were checked. */
function lookupAmong(addresses: string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_hostname, options, callback) => {
    const [first] = all;
    if (options.all || !first) callback(null, all);
    else callback(null, first.address, first.family);
  };
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, aborted]);
}

const codes: Record<string, string> = {
  UND_ERR_CONNECT_TIMEOUT: "connect-timeout",
  UND_ERR_HEADERS_OVERFLOW: "headers-too-large",
  UND_ERR_SOCKET: "connection-lost",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "connection-lost",
  ECONNREFUSED: "connection-refused",
  ECONNRESET: "connection-lost",
};

function asFeedError(error: unknown): FeedError {
  if (error instanceof FeedError) return error;
  const { code = "" } = error as { code?: string };
  if (error instanceof errors.HTTPParserError) return new FeedError("not-http", { cause: error });
  // Others, such as `cert-has-expired`, are told in the words that they came with.
  const told = /^[A-Z0-9_]{1,60}$/.test(code) ? code.toLowerCase().replaceAll("_", "-") : "not-reached";
  return new FeedError(codes[code] ?? told, { cause: error });
}
