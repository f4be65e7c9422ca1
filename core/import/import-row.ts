import { Tag } from "../audience/tag.ts";
import { isTopic, type Topic, topics } from "../catalogue.ts";
import { oneLine } from "../one-line.ts";
import { type Address, parseAddress } from "../subscriber/address.ts";
import { nameProblem } from "../subscriber/name-problem.ts";
import { type Instant, toInstant, toMilliseconds } from "../time/instant.ts";
import { isZone } from "../time/window.ts";

/** A row of a file that somebody brings along, not yet looked at. */
export interface ImportRow {
  address: string;
  name?: string | undefined;
  zone?: string | undefined;
  tags?: string[] | undefined;
  topics?: string[] | undefined;
  /** When they agreed, as the file has it: evidence of their own. */
  agreedAt?: string | undefined;
  /** From which network they did. */
  network?: string | undefined;
}

/** Somebody whom a row tells of. */
export interface Candidate {
  address: Address;
  name: string;
  zone?: string;
  tags: string[];
  topics?: Topic[];
  agreedAt?: Instant;
  network?: string;
}

/** A row as it was understood, or the first thing that is wrong with it. */
export type ReadRow = { status: "read"; candidate: Candidate } | { status: "invalid"; reason: string };

/** Before it nobody agreed to mail; what is earlier is a time that was never set. */
export const earliest = toMilliseconds("1971-01-01T00:00:00.000Z");

/** Reads a row; one that names something which there is not is refused as a whole, with what to do. */
export function readRow(row: ImportRow, now: Instant): ReadRow {
  const address = parseAddress(row.address);
  if (!address) return invalid("This is no e-mail address, such as name@example.com.");
  const name = oneLine(row.name ?? "");
  const badName = nameProblem(name);
  if (badName !== undefined) return invalid(badName);
  const { zone, network, tags = [] } = row;
  if (zone !== undefined && !isKnownZone(zone))
    return invalid(`There is no time zone ${told(zone)}: write one such as America/New_York, or none.`);
  const badTag = tags.find((tag) => !Tag.safeParse(tag).success);
  if (badTag !== undefined)
    return invalid(`${told(badTag)} is no tag: write small letters and digits with single dashes.`);
  const wanted = [...new Set(row.topics ?? [])];
  const badTopic = wanted.find((topic) => !isTopic(topic));
  if (badTopic !== undefined)
    return invalid(`There is no topic ${told(badTopic)}. Choose of: ${topics.join(", ")}.`);
  const agreed = row.agreedAt === undefined ? undefined : toMilliseconds(row.agreedAt);
  if (agreed !== undefined && !(agreed >= earliest && agreed <= toMilliseconds(now)))
    return invalid("The time of consent is none, or lies ahead: write it as 2027-03-01T12:00:00Z, or none.");
  return {
    status: "read",
    candidate: {
      address,
      name,
      tags: [...new Set(tags)],
      ...(zone !== undefined && { zone }),
      ...(wanted.length > 0 && { topics: wanted.filter(isTopic) }),
      ...(agreed !== undefined && { agreedAt: toInstant(agreed) }),
      ...(network !== undefined && { network }),
    },
  };
}

const zones = new Map<string, boolean>();

/** Whether there is such a zone. To find out takes longer than all else about a row, and a file names few of them. */
export function isKnownZone(zone: string): boolean {
  const known = zones.get(zone);
  if (known !== undefined) return known;
  if (zones.size > 1000) zones.clear();
  const is = zone.length <= 60 && isZone(zone);
  zones.set(zone, is);
  return is;
}

/** A word of a file in a message, cut where it goes on for long. */
function told(word: string): string {
  const line = oneLine(word);
  return JSON.stringify(line.length > 40 ? `${line.slice(0, 40)}…` : line);
}

function invalid(reason: string): ReadRow {
  return { status: "invalid", reason };
}
