import type { Catalogue } from "../catalogue.ts";
import type { Clock } from "../time/clock.ts";
import { type ReadAudienceDeps, readAudience } from "./read-audience.ts";
import type { Segment } from "./segment.ts";
import { segmentProblem } from "./segment-problem.ts";

export interface CountAudienceDeps extends ReadAudienceDeps {
  catalogue: Pick<Catalogue, "courses">;
  clock: Clock;
}

export type CountAudienceOutcome =
  | { status: "counted"; count: AudienceCount }
  | { status: "invalid"; problem: string };

/** How many are in a segment, of those whom this call has looked at. */
export interface AudienceCount {
  recipients: number;
  /** Recipients by zone, for a campaign at each one's local time. */
  zones: Record<string, number>;
  /** Where to go on counting; absent when all were looked at. */
  next?: string;
}

const peoplePerPage = 2000;
/** Then it answers what it has: the caller of an API waits no longer. */
const patienceMs = 10_000;

/** Counts a segment from the roster; a large one in several calls, to be added up. */
export async function countAudience(
  deps: CountAudienceDeps,
  { segment, cursor: from }: { segment: Segment; cursor?: string | undefined },
): Promise<CountAudienceOutcome> {
  const problem = segmentProblem(segment, deps.catalogue);
  if (problem !== undefined) return { status: "invalid", problem };
  const until = deps.clock.elapsed() + patienceMs;
  const zones: Record<string, number> = {};
  let recipients = 0;
  let cursor = from;
  do {
    const page = await readAudience(deps, segment, { cursor, limit: peoplePerPage, now: deps.clock.now() });
    recipients += page.people.length;
    for (const { zone } of page.people) zones[zone] = (zones[zone] ?? 0) + 1;
    cursor = page.cursor;
  } while (cursor !== undefined && deps.clock.elapsed() < until);
  const count = { recipients, zones, ...(cursor !== undefined && { next: cursor }) };
  return { status: "counted", count };
}
