import { mostTags } from "../../../core/audience/tag.ts";
import { isTopic } from "../../../core/catalogue.ts";
import { earliest, type ImportRow, isKnownZone, readRow } from "../../../core/import/import-row.ts";
import { plainCell } from "../../csv/write-record.ts";
import type { Columns } from "./find-columns.ts";

/** What could not be read beside an address, and is left out. */
export type Note = "zone" | "agreedAt" | "topics" | "tags";

/** A record as a row to be imported, or why it is none. */
export type Person =
  | { kind: "row"; row: ImportRow; notes: Note[] }
  /** The table itself says that they are not to be written to. */
  | { kind: "unsubscribed"; reason: string }
  | { kind: "invalid"; reason: string };

/** Who may be written to, as listmonk, Mailchimp and we say it. */
const subscribed = new Set(["", "subscribed", "enabled", "confirmed", "active", "joined"]);

/** Reads one record. What is wrong with its zone, tags, topics or time costs only these; without evidence, or less of it. */
export function readPerson(columns: Columns, cells: string[], now: string): Person {
  const cell = (at: number | undefined) => plainCell((at === undefined ? "" : (cells[at] ?? "")).trim());
  const gone = columns.gone.map(cell).find((value) => value !== "");
  if (gone !== undefined)
    return { kind: "unsubscribed", reason: `The file says that they left on ${cut(gone)}.` };
  const status = columns.status.map(cell).find((value) => !subscribed.has(value.toLowerCase()));
  if (status !== undefined)
    return { kind: "unsubscribed", reason: `The file says that they are ${JSON.stringify(cut(status))}.` };

  const notes: Note[] = [];
  const kept = <Value>(note: Note, written: string, value: Value | undefined): Value | undefined => {
    if (written !== "" && value === undefined) notes.push(note);
    return value;
  };
  const zone = cell(columns.zone);
  const tags = split(cell(columns.tags));
  const topics = split(cell(columns.topics)).map((topic) => topic.toLowerCase());
  const agreed = columns.agreed.map(({ at, network }) => ({ at: cell(at), network: cell(network) }));
  const evidence = agreed.find(({ at }) => at !== "");
  const slugs = tags
    .map(toTag)
    .filter((tag) => tag !== "")
    .slice(0, mostTags);
  const known = topics.filter(isTopic);
  if (slugs.length < tags.length) notes.push("tags");
  if (known.length < topics.length) notes.push("topics");
  const agreedAt = kept("agreedAt", evidence?.at ?? "", evidence && readTime(evidence.at, now));
  const row: ImportRow = {
    address: cell(columns.address),
    name: columns.name.map(cell).filter(Boolean).join(" "),
    zone: kept("zone", zone, zone !== "" && isKnownZone(zone) ? zone : undefined),
    tags: slugs,
    topics: known,
    agreedAt,
    network: agreedAt === undefined ? undefined : cut(evidence?.network ?? "") || undefined,
  };
  const read = readRow(row, now);
  return read.status === "read" ? { kind: "row", row, notes } : { kind: "invalid", reason: read.reason };
}

/** Mailchimp writes `"one","two"` into one cell. */
function split(list: string): string[] {
  return list
    .split(/[,;|]/)
    .map((word) => word.replaceAll('"', "").trim())
    .filter(Boolean);
}

/** "VIP Clients" as a tag: `vip-clients`. */
function toTag(words: string): string {
  return words
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replaceAll(/^-|-$/g, "");
}

/** `2015-03-16 14:40:47` as Mailchimp writes it, in UTC; Go's `2024-05-01 10:00:00.1 +0000 UTC`; whatever is ISO. */
function readTime(written: string, now: string): string | undefined {
  const [, day, time = "00:00:00", zone = "Z"] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?(?: [A-Z]+)?)?$/.exec(
      written,
    ) ?? [];
  const instant = Date.parse(`${day}T${time}${zone}`);
  return instant >= earliest && instant <= Date.parse(now) ? new Date(instant).toISOString() : undefined;
}

function cut(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
