import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const file = "content/site.yaml";

/**
 * The mailbox that mails ask to write to who want to leave. The source is read, since a rendering does not know whether
 * what was built of it is there yet.
 * @throws Error when it is not there.
 */
export function readUnsubscribeMailbox(root: string): string {
  const site: unknown = parse(readFileSync(join(root, file), "utf8"));
  const { unsubscribeMailbox } = Object(site) as { unsubscribeMailbox?: unknown };
  if (typeof unsubscribeMailbox === "string" && /^[^\s@]+@[^\s@]+$/.test(unsubscribeMailbox))
    return unsubscribeMailbox;
  throw new Error(`${file} names no unsubscribeMailbox, for which mail could be received`);
}
