import { isIP } from "node:net";
import { FeedError } from "./feed-error.ts";
import { isPublicAddress } from "./public-address.ts";

/** All addresses of a host name. */
export type Resolve = (hostname: string) => Promise<string[]>;

/** Who may be asked. */
export interface Reach {
  resolve: Resolve;
  /** Exempts one exact origin from the rules for ports and addresses; nothing by default. */
  permits: (origin: string) => boolean;
}

/** An address that may be connected to, and the host's addresses that were checked for it. */
export interface CheckedUrl {
  url: URL;
  addresses: string[];
}

/**
 * Looks a host up, once, and checks all that it answers.
 * @throws FeedError `bad-url`, `blocked-port`, `blocked-address`, `not-resolved`.
 */
export async function checkUrl(address: string, reach: Reach): Promise<CheckedUrl> {
  if (!URL.canParse(address)) throw new FeedError("bad-url");
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) throw new FeedError("bad-url");
  const permitted = reach.permits(url.origin);
  // The default ports are 80 and 443; each is fine for either scheme.
  if (!permitted && !["", "80", "443"].includes(url.port)) throw new FeedError("blocked-port");
  const addresses = await addressesOf(url.hostname, reach.resolve);
  if (addresses.length === 0) throw new FeedError("not-resolved");
  if (!permitted && !addresses.every(isPublicAddress)) throw new FeedError("blocked-address");
  return { url, addresses };
}

async function addressesOf(hostname: string, resolve: Resolve): Promise<string[]> {
  const literal = hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal)) return [literal];
  return resolve(hostname).catch((cause: unknown) => {
    throw new FeedError("not-resolved", { cause });
  });
}
