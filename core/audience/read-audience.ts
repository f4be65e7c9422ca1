import type { Enrolments } from "../ports.ts";
import type { Instant } from "../time/instant.ts";
import { inSegment, standsIn } from "./in-segment.ts";
import type { Roster, RosterPerson } from "./roster-ports.ts";
import type { Segment } from "./segment.ts";

export interface ReadAudienceDeps {
  roster: Roster;
  enrolments: Pick<Enrolments, "ofMany">;
}

/** Who of one page of the roster is in a segment, in its order. */
export interface AudiencePage {
  people: RosterPerson[];
  cursor?: string;
}

/** Reads one page of the roster and keeps who is in a segment; a course is looked up by key, for those alone who are in by all else. */
export async function readAudience(
  { roster, enrolments }: ReadAudienceDeps,
  segment: Segment,
  { cursor, limit, now }: { cursor?: string | undefined; limit: number; now: Instant },
): Promise<AudiencePage> {
  const page = await roster.page(cursor, limit);
  const people = page.people.filter((person) => inSegment(person, segment, now));
  const next = page.cursor === undefined ? {} : { cursor: page.cursor };
  const { course } = segment;
  if (!course || people.length === 0) return { people, ...next };
  const standings = await enrolments.ofMany(
    people.map(({ id }) => id),
    course.name,
  );
  return { people: people.filter(({ id }) => standsIn(standings.get(id), course)), ...next };
}
