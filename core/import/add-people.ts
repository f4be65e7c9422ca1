import type { EnrolDeps } from "../course/enrol.ts";
import { enrol } from "../course/enrol.ts";
import { forEvery } from "../every.ts";
import { fastPath } from "../fast-path.ts";
import { type ClaimAddressDeps, claimAddress } from "../person/claim-address.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";
import type { Newcomers } from "./import-ports.ts";
import type { Joining } from "./join-by-import.ts";
import type { Entry, Verdict } from "./judge-addresses.ts";
import { beginnings, importedProfile } from "./newcomer.ts";

export interface AddPeopleDeps extends EnrolDeps, ClaimAddressDeps {
  newcomers: Newcomers;
}

interface Judged {
  entry: Entry;
  verdict: Verdict;
}

/**
 * Writes what was judged, in few calls where people are new. Answers whom it has to be judged for again, since another
 * came first.
 */
export async function addPeople(
  deps: AddPeopleDeps,
  judged: Judged[],
  joining: Joining,
  now: Instant,
): Promise<Entry[]> {
  const again: Entry[] = [];
  const fresh = judged.filter(({ verdict }) => verdict.kind === "new" && verdict.how === "fresh");
  await addFresh(
    deps,
    fresh.map(({ entry }) => entry),
    { joining, now, again },
  );
  const others = judged.filter(({ verdict }) => !(verdict.kind === "new" && verdict.how === "fresh"));
  await onlyFirstFailure(() =>
    forEvery(others, async ({ entry, verdict }) => {
      if (!(await writeOne(deps, entry, verdict, { joining, now }))) again.push(entry);
    }),
  );
  return again;
}

async function addFresh(
  deps: AddPeopleDeps,
  entries: Entry[],
  { joining, now, again }: { joining: Joining; now: Instant; again: Entry[] },
): Promise<void> {
  const newcomers = await Promise.all(
    entries.map((entry) => beginnings(deps, profileOf(deps, entry, deps.ids.next("sub"), joining, now))),
  );
  const added = newcomers.length > 0 ? await deps.newcomers.add(newcomers) : [];
  for (const [index, entry] of entries.entries()) {
    const id = newcomers[index]?.subscriber.id;
    // It may have been us, and the answer was lost: nobody else knows this id.
    if (!added[index] && id !== undefined) again.push({ ...entry, addedAs: id });
  }
}

/** False if somebody else was there first. */
async function writeOne(
  deps: AddPeopleDeps,
  entry: Entry,
  verdict: Verdict,
  { joining, now }: { joining: Joining; now: Instant },
): Promise<boolean> {
  if (verdict.kind === "joined" || verdict.kind === "known") {
    const { subscriber } = verdict;
    if (!subscriber) return true;
    if (!(await deps.subscribers.replace(subscriber))) return false;
    await start(deps, { ...subscriber, rev: subscriber.rev + 1 });
    return true;
  }
  if (verdict.kind !== "new" || verdict.how === "fresh" || verdict.how === "done") return true;
  const id = verdict.how === "adopt" ? verdict.owner : await claimAddress(deps, entry.addressHash, now);
  if (verdict.how === "take-over" && id === verdict.owner) return false;
  // Rows of an earlier attempt may be there, and have been stopped since: the task starts them, or lets them go on.
  const subscriber = { ...profileOf(deps, entry, id, joining, now), todo: { enrol: now } };
  if (!(await deps.subscribers.create(subscriber))) return false;
  await start(deps, subscriber);
  return true;
}

/** At once, so that a large import is no backlog of tasks before those of others; dispatch does what fails here. */
async function start(deps: AddPeopleDeps, subscriber: Subscriber): Promise<void> {
  await fastPath(() => enrol(deps, subscriber));
}

function profileOf(
  deps: AddPeopleDeps,
  entry: Entry,
  id: string,
  joining: Joining,
  now: Instant,
): Subscriber {
  const zone = deps.catalogue.site.defaults.zone;
  return importedProfile({ id, addressHash: entry.addressHash, zone }, entry.candidate, joining, now);
}

/** The caller sends the same rows again, whatever failed of them. */
async function onlyFirstFailure(work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => {
    throw error instanceof AggregateError ? error.errors[0] : error;
  });
}
