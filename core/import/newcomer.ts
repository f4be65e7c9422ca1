import { mostTags } from "../audience/tag.ts";
import { type StartJoinedDeps, startJoined } from "../course/enrol.ts";
import type { Enrolment } from "../course/enrolment.ts";
import type { DigestSubscription } from "../digest/digest-subscription.ts";
import type { DueNudge } from "../nudge/nudge.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";
import type { Candidate } from "./import-row.ts";
import { importEvidence, type Joining } from "./join-by-import.ts";

/** Somebody new, and the rows with which what they join begins. */
export interface Newcomer {
  subscriber: Subscriber;
  enrolments: Enrolment[];
  nudges: DueNudge[];
  digests: DigestSubscription[];
}

/** The profile of somebody whom nobody has known before. */
export function importedProfile(
  { id, addressHash, zone }: { id: string; addressHash: string; zone: string },
  candidate: Candidate,
  { lists, tags: further, ...offer }: Joining,
  now: Instant,
): Subscriber {
  const tags = [...new Set([...candidate.tags, ...further])].slice(0, mostTags);
  return {
    id,
    rev: 1,
    address: candidate.address.mailTo,
    addressHash,
    name: candidate.name,
    zone: candidate.zone ?? zone,
    lists: Object.fromEntries(lists.map((list) => [list, { state: "joined", run: 1, since: now }])),
    consent: { ...importEvidence(candidate, offer, now), confirmedAt: candidate.agreedAt ?? now },
    confirmationsAt: [],
    todo: {},
    ...(candidate.topics && { topics: candidate.topics }),
    ...(tags.length > 0 && { tags }),
    softBounces: [],
    createdAt: now,
    changedAt: now,
  };
}

/** What starting would write for somebody of whom there is no row yet: taken down instead, to be written in one go with the profile. */
export async function beginnings(
  { catalogue, clock }: Pick<StartJoinedDeps, "catalogue" | "clock">,
  subscriber: Subscriber,
): Promise<Newcomer> {
  const newcomer: Newcomer = { subscriber, enrolments: [], nudges: [], digests: [] };
  const takeDown =
    <Row>(rows: Row[]) =>
    async (row: Row) => {
      rows.push(row);
      return true;
    };
  await startJoined(
    {
      catalogue,
      clock,
      enrolments: {
        start: takeDown(newcomer.enrolments),
        loadMany: async () => newcomer.enrolments,
        resume: async () => false,
      },
      nudges: { start: takeDown(newcomer.nudges) },
      digests: { start: takeDown(newcomer.digests), load: async () => undefined },
    },
    subscriber,
    subscriber.createdAt,
  );
  return newcomer;
}
