import { mostTags } from "../audience/tag.ts";
import { listsIn, type Subscriber, statusOf } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";
import type { Candidate } from "./import-row.ts";

/** What all rows of an import join, and what evidence says of it. */
export interface Joining {
  lists: string[];
  tags: string[];
  textVersion: string;
  source: string;
}

/** What an import makes of somebody who is known: `subscriber` is how they stand after it, if anything changes. */
export type Judgement =
  /** They join at least one list. */
  | { kind: "joined"; subscriber: Subscriber }
  /** They are on the lists already. */
  | { kind: "known"; subscriber?: Subscriber }
  /** They asked for it themselves and have not confirmed, and the file has no evidence of its own. */
  | { kind: "pending" }
  /** They left, this list or all of theirs. */
  | { kind: "left" }
  | { kind: "suppressed" }
  | { kind: "erased" };

/**
 * What becomes of a known person by an import: what is missing is added, nothing is overwritten, and nobody comes back
 * who left. A double opt-in that is under way is not cut short by an operator's word, only by evidence of their own.
 */
export function joinByImport(
  known: Subscriber,
  candidate: Candidate,
  { lists, ...offer }: Joining,
  now: Instant,
): Judgement {
  if (known.todo.erase !== undefined) return { kind: "erased" };
  if (known.suppressed) return { kind: "suppressed" };
  const standing = statusOf(known);
  const mayJoin = (list: string) => {
    const membership = Object.hasOwn(known.lists, list) ? known.lists[list] : undefined;
    if (membership?.state === "left") return false;
    if (standing === "pending" || membership?.state === "wanted")
      return candidate.agreedAt !== undefined && (membership?.run ?? 0) === 0;
    return membership === undefined && standing !== "left";
  };
  const joins = lists.filter(mayJoin);
  if (joins.length > 0) return { kind: "joined", subscriber: joined(known, candidate, joins, offer, now) };
  const isIn = (state: "joined" | "wanted") => listsIn(known, state).some((list) => lists.includes(list));
  if (isIn("joined")) {
    const filled = withMissing(known, candidate, offer.tags);
    return { kind: "known", ...(filled && { subscriber: { ...filled, changedAt: now } }) };
  }
  return { kind: standing === "pending" || isIn("wanted") ? "pending" : "left" };
}

/** Evidence of a consent that was given elsewhere; the file's own, where it has some. */
export function importEvidence(
  { agreedAt, network = "" }: Pick<Candidate, "agreedAt" | "network">,
  { textVersion, source }: Pick<Joining, "textVersion" | "source">,
  now: Instant,
): Subscriber["consent"] {
  return { textVersion, source, network, askedAt: agreedAt ?? now };
}

function joined(
  known: Subscriber,
  candidate: Candidate,
  joins: string[],
  offer: Omit<Joining, "lists">,
  now: Instant,
): Subscriber {
  const evidence = importEvidence(candidate, offer, now);
  const hasConsent = known.consent.confirmedAt !== undefined || statusOf(known) === "active";
  const fresh = joins.map((list) => {
    const membership = { state: "joined" as const, run: 1, since: now };
    return [list, hasConsent ? { ...membership, asked: evidence } : membership] as const;
  });
  const lists = { ...known.lists, ...Object.fromEntries(fresh) };
  const filled = withMissing(known, candidate, offer.tags) ?? known;
  const { asked, ...person } = filled;
  const isOpen = Object.values(lists).some(({ state }) => state === "wanted");
  const { confirm: _, remind: _r, forget: _f, ...settled } = filled.todo;
  // What they have asked for beside it still waits for their confirmation.
  const { confirmedAt: _c, confirmedFrom: _n, confirmedTextVersion: _v, ...request } = known.consent;
  const open = asked ?? (hasConsent ? undefined : { ...request, name: known.name, zone: known.zone });
  return {
    ...person,
    ...(isOpen && open && { asked: open }),
    lists,
    consent: hasConsent ? known.consent : { ...evidence, confirmedAt: candidate.agreedAt ?? now },
    confirmationsAt: isOpen ? known.confirmationsAt : known.confirmationsAt.filter((at) => at <= now),
    todo: { ...(isOpen ? filled.todo : settled), enrol: now },
    changedAt: now,
  };
}

/** The person with a name and tags that they lacked; undefined if they lacked none. A zone everybody has. */
function withMissing(
  known: Subscriber,
  { name, tags }: Pick<Candidate, "name" | "tags">,
  further: string[],
): Subscriber | undefined {
  const before = known.tags ?? [];
  const after = [...new Set([...before, ...tags, ...further])].slice(0, Math.max(mostTags, before.length));
  const named = known.name === "" && name !== "";
  if (!named && after.length === before.length) return undefined;
  return { ...known, ...(named && { name }), ...(after.length > 0 && { tags: after }) };
}
