import { isAtHome } from "../person/claim-address.ts";
import type { Subscribers } from "../ports.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";
import type { ClaimStanding, Newcomers } from "./import-ports.ts";
import type { Candidate } from "./import-row.ts";
import { type Joining, type Judgement, joinByImport } from "./join-by-import.ts";

/** Somebody whom a row tells of, under the keyed hash of their address. */
export interface Entry {
  /** Which row it is. */
  row: number;
  candidate: Candidate;
  addressHash: string;
  /** The id under which they have been added already, as far as we know. */
  addedAs?: string;
}

export type Verdict =
  | Judgement
  /** Nobody has the address. */
  | { kind: "new"; how: "fresh" }
  /** The address is claimed, by nobody who is there: they go by the claim's id, or take the claim over. */
  | { kind: "new"; how: "adopt" | "take-over"; owner: string }
  /** It was this import. */
  | { kind: "new"; how: "done" }
  | { kind: "unreadable" };

export interface JudgeAddressesDeps {
  newcomers: Pick<Newcomers, "claims" | "suppressed">;
  subscribers: Pick<Subscribers, "loadMany">;
}

/** What an import makes of each, as they stand now, without a write. */
export async function judgeAddresses(
  { newcomers, subscribers }: JudgeAddressesDeps,
  entries: Entry[],
  joining: Joining,
  now: Instant,
): Promise<Verdict[]> {
  const hashes = entries.map(({ addressHash }) => addressHash);
  const [claims, suppressed] = await Promise.all([newcomers.claims(hashes), newcomers.suppressed(hashes)]);
  const owners = await subscribers.loadMany(
    [...claims.values()].flatMap(({ subscriberId }) => subscriberId ?? []),
  );
  return entries.map((entry) => {
    // Whoever was erased is not brought back by an operator, whoever lives at the address since.
    const claim: ClaimStanding = claims.get(entry.addressHash) ?? { erased: false };
    if (claim.erased) return { kind: "erased" };
    if (suppressed.has(entry.addressHash)) return { kind: "suppressed" };
    if (claim.subscriberId === undefined) return { kind: "new", how: "fresh" };
    const owner = owners.get(claim.subscriberId);
    if (owner === "unreadable") return { kind: "unreadable" };
    if (!owner) return { kind: "new", how: "adopt", owner: claim.subscriberId };
    return judgeOwner(owner, entry, joining, now);
  });
}

function judgeOwner(owner: Subscriber, entry: Entry, joining: Joining, now: Instant): Verdict {
  if (owner.id === entry.addedAs) return { kind: "new", how: "done" };
  const lives = owner.addressHash === entry.addressHash;
  if (lives && owner.todo.erase !== undefined && owner.forgottenAt === undefined) return { kind: "erased" };
  if (!isAtHome(owner, entry.addressHash, now)) return { kind: "new", how: "take-over", owner: owner.id };
  // Somebody else is about to move there.
  if (!lives) return { kind: "pending" };
  return joinByImport(owner, entry.candidate, joining, now);
}
