import type { RequestListener } from "node:http";
import * as answers from "./hostile-answers.ts";

/** A feed that means no good, or is none, and by which code it has to be refused. */
export interface HostileFeed {
  id: string;
  does: string;
  code: string;
  /** Keeps a reader for as long as it is let. */
  slow?: true;
  /** What is served under its id; else the address that stands for it in a list of feeds. */
  from: RequestListener | string;
}

/** Where a feed's answer is served. */
export function hostilePath(id: string): string {
  return `/hostile/${id}`;
}

/** Everything that a stranger has tried on us, served or not. */
export const hostileFeeds: HostileFeed[] = [
  { id: "endless-body", does: "a body without an end", code: "too-large", from: answers.endlessBody },
  {
    id: "gzip-bomb",
    does: "100 MB of blanks, packed by gzip",
    code: "too-large",
    from: answers.gzipBomb,
  },
  {
    id: "brotli-bomb",
    does: "100 MB of blanks, packed by Brotli",
    code: "too-large",
    from: answers.brotliBomb,
  },
  { id: "billion-laughs", does: "entities of entities", code: "doctype", from: answers.billionLaughs },
  { id: "entity-bomb", does: "one long entity, very often", code: "doctype", from: answers.entityBomb },
  {
    id: "external-entity",
    does: "an entity that is a file of ours",
    code: "doctype",
    from: answers.externalEntity,
  },
  { id: "deep-nesting", does: "10,000 elements in each other", code: "too-deep", from: answers.deepNesting },
  { id: "header-flood", does: "5,000 headers", code: "headers-too-large", from: answers.headerFlood },
  {
    id: "falsely-packed",
    does: "says gzip, and is not",
    code: "bad-encoding",
    from: answers.falselyPacked,
  },
  {
    id: "short-body",
    does: "announces more than it sends",
    code: "connection-lost",
    from: answers.shortBody,
  },
  {
    id: "reset-midway",
    does: "cuts the line in the middle",
    code: "connection-lost",
    from: answers.resetMidway,
  },
  { id: "no-http", does: "speaks no HTTP", code: "not-http", from: answers.noHttp },
  { id: "page-for-a-feed", does: "a page with status 200", code: "html", from: answers.pageForFeed },
  {
    id: "redirect-to-network",
    does: "a redirect into a private network",
    code: "blocked-address",
    from: answers.redirectTo("http://10.0.0.1/feed"),
  },
  {
    id: "redirect-to-metadata",
    does: "a redirect to the cloud's own data",
    code: "blocked-address",
    from: answers.redirectTo("http://169.254.169.254/latest/meta-data/iam/security-credentials/"),
  },
  {
    id: "redirect-to-port",
    does: "a redirect to another port",
    code: "blocked-port",
    from: answers.redirectTo("http://127.0.0.1:6379/"),
  },
  {
    id: "redirect-to-file",
    does: "a redirect to a file",
    code: "bad-url",
    from: answers.redirectTo("file:///etc/passwd"),
  },
  {
    id: "redirect-in-a-circle",
    does: "a redirect to itself",
    code: "too-many-redirects",
    from: answers.redirectTo(hostilePath("redirect-in-a-circle")),
  },
  { id: "refuses-us", does: "status 403", code: "http-403", from: answers.statusOf(403) },
  { id: "gone", does: "status 410", code: "http-410", from: answers.statusOf(410) },
  { id: "loopback", does: "an address of this machine", code: "blocked-address", from: "http://[::1]/feed" },
  {
    id: "metadata",
    does: "an address of the cloud's own data",
    code: "blocked-address",
    from: "http://169.254.169.254/latest/meta-data/",
  },
  {
    id: "spelled-oddly",
    does: "an address of this machine, as one number",
    code: "blocked-address",
    from: "http://2130706433/feed",
  },
  { id: "other-port", does: "a port of another service", code: "blocked-port", from: "http://127.0.0.1:22/" },
  {
    id: "password",
    does: "a password in the address",
    code: "bad-url",
    from: "https://clerk:secret@hostile.example/",
  },
  {
    id: "slow-drip",
    does: "a byte every tenth of a second",
    code: "timeout",
    slow: true,
    from: answers.slowDrip,
  },
  {
    id: "slow-headers",
    does: "a header every tenth of a second",
    code: "timeout",
    slow: true,
    from: answers.slowHeaders,
  },
  { id: "never-answers", does: "no answer", code: "timeout", slow: true, from: answers.neverAnswers },
];
