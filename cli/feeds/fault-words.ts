const words: Record<string, string> = {
  "bad-url": "the address is not http or https, or has a user or password in it",
  "blocked-port": "the address has a port other than 80 and 443, and no other is asked",
  "blocked-address":
    "the host is not on the public internet: private, local and reserved addresses are never asked",
  "not-resolved": "the name of the host has no address; check its spelling",
  "bad-redirect": "the host redirects to nowhere",
  downgrade: "the host redirects from https to http, which is not followed",
  "too-many-redirects": "the host redirects more than three times",
  timeout: "the host did not answer to the end within ten seconds",
  "connect-timeout": "the host did not take the connection within three seconds",
  "connection-refused": "the host refuses the connection",
  "connection-lost": "the connection was lost before the end",
  "not-reached": "the host could not be reached",
  "too-large": "the document is larger than 5 MB, or 10 MB unpacked",
  "headers-too-large": "the headers of the answer are too large",
  "bad-encoding": "the document is packed otherwise than by gzip or Brotli, or broken",
  "unknown-charset": "the document is in a character set that nobody knows",
  html: "this is a page, not a feed; look on it for a link named RSS, Atom or Subscribe",
  "not-xml": "this is no XML, so no feed",
  "not-a-feed": "this is XML, but neither RSS nor Atom",
  "not-http": "what answers there does not speak HTTP",
  doctype: "the document declares entities of its own, which no honest feed needs",
  "too-deep": "its elements lie 200 deep and more",
  unreadable: "the document is too broken to be read",
  "too-slow": "reading the document takes longer than three seconds",
  "http-401": "the host wants to know who asks (status 401), and does not let us in",
  "http-403": "the host does not want programs to read it (status 403); ask its publisher",
  "http-451": "the host may not show it, for legal reasons (status 451)",
  "http-404": "there is nothing at this address (status 404)",
  "http-410": "the feed is gone for good (status 410)",
  "http-429": "the host is asked too often (status 429)",
};

/** What a code of a failed poll means, as a person would say it. */
export function faultWords(code: string): string {
  const known = words[code];
  if (known) return known;
  const [, status] = /^http-(\d{3})$/.exec(code) ?? [];
  if (status?.startsWith("5")) return `the host has a fault of its own (status ${status})`;
  if (status) return `the host answers with status ${status}`;
  return /cert|tls|ssl|self-signed|altname|epoch/.test(code)
    ? "the host's certificate is not good, so nobody knows who answers"
    : "the connection failed";
}
