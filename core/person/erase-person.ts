import { fastPath } from "../fast-path.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { addMinutes, type Instant } from "../time/instant.ts";
import { type FindOwnerDeps, type FoundOwner, findOwner } from "./find-owner.ts";
import { type FinishErasingDeps, sweepPerson } from "./finish-erasing.ts";

export interface ErasePersonDeps extends FindOwnerDeps, FinishErasingDeps {}

export type ErasePersonOutcome =
  /** `swept` is false when the rows wait for dispatch. */
  | { status: "erased"; swept: boolean }
  /** The box was not ticked. */
  | { status: "unsure" }
  | Exclude<FoundOwner, { status: "found" }>;

/** Longer than any function runs that may still write a row beside the profile. */
export const settleMinutes = 2;

/**
 * Erases a person. One write takes away what names them and stops every mail; the other rows are swept at once, and
 * again by dispatch when whatever was running then is over, which deletes the profile, too.
 */
export async function erasePerson(
  deps: ErasePersonDeps,
  input: { token: string; sure: string },
): Promise<ErasePersonOutcome> {
  const found = await findOwner(deps, input.token);
  if (found.status !== "found") return found;
  if (input.sure !== "on") return { status: "unsure" };
  const erased = await beginErasing(deps, found.owner.id);
  const swept = !erased || (await fastPath(async () => void (await sweepPerson(deps, erased))));
  return { status: "erased", swept };
}

/** The one write after which nothing of the person is left in the profile, and all the rest follows. */
export function beginErasing(
  { subscribers, clock }: Pick<ErasePersonDeps, "subscribers" | "clock">,
  id: string,
): Promise<Subscriber | undefined> {
  const now = clock.now();
  return changeSubscriber(subscribers, id, (known) => withoutPerson(known, now));
}

/** What is needed to finish, and nothing else; undefined if that is all already. */
export function withoutPerson(known: Subscriber, now: Instant): Subscriber | undefined {
  if (known.todo.erase !== undefined) return undefined;
  const { id, rev, addressHash, lists, moving, releases = [], suppressed, createdAt } = known;
  const left = Object.entries(lists).map(([list, { run }]) => [
    list,
    { state: "left" as const, run, since: now },
  ]);
  return {
    id,
    rev,
    address: "",
    addressHash,
    name: "",
    zone: "UTC",
    lists: Object.fromEntries(left),
    consent: { textVersion: "", source: "", network: "", askedAt: now },
    confirmationsAt: [],
    todo: { erase: addMinutes(now, settleMinutes) },
    // The new address may be claimed already; it goes as the former ones do.
    releases: [...releases, ...(moving ? [moving.addressHash] : [])],
    softBounces: [],
    ...(suppressed && { suppressed }),
    createdAt,
    changedAt: now,
  };
}
