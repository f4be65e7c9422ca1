import type { Enrolment } from "../course/enrolment.ts";
import { addDays, type Instant } from "../time/instant.ts";
import type { RosterPerson } from "./roster-ports.ts";
import type { Segment } from "./segment.ts";

/** Whether a person of the roster is in a segment, but for what their way through a course decides. */
export function inSegment(person: RosterPerson, segment: Segment, now: Instant): boolean {
  const membership = person.lists[segment.list];
  if (membership?.state !== "joined" || person.suppressed) return false;
  return (
    hasTags(person.tags ?? [], segment.tags) &&
    reads(person.topics, segment.topics) &&
    isIn(person.zone, segment.zones) &&
    isBetween(membership.since.slice(0, 10), segment.joined) &&
    isEngaged(person.engagedAt ?? membership.since, segment.engaged, now) &&
    hasDate(person.dates, segment.date, now)
  );
}

/** Whether somebody stands in a course as a segment asks for. */
export function standsIn(enrolment: Enrolment | undefined, wanted: NonNullable<Segment["course"]>): boolean {
  if (!enrolment) return false;
  const { state, previous, done = {} } = enrolment;
  return (
    (wanted.state === undefined || wanted.state === state) &&
    (wanted.last === undefined || (previous !== undefined && wanted.last.includes(previous))) &&
    (wanted.done ?? []).every((step) => Object.hasOwn(done, step)) &&
    !(wanted.notDone ?? []).some((step) => Object.hasOwn(done, step))
  );
}

function hasTags(tags: string[], wanted: Segment["tags"]): boolean {
  const has = (tag: string) => tags.includes(tag);
  return (
    (wanted?.all ?? []).every(has) &&
    (wanted?.any === undefined || wanted.any.some(has)) &&
    !(wanted?.none ?? []).some(has)
  );
}

/** Who never chose topics reads all of them. */
function reads(topics: RosterPerson["topics"], wanted: Segment["topics"]): boolean {
  return wanted === undefined || topics === undefined || wanted.some((topic) => topics.includes(topic));
}

function isIn(zone: string, wanted: Segment["zones"]): boolean {
  if (wanted === undefined) return true;
  return wanted.some((name) => (name.endsWith("*") ? zone.startsWith(name.slice(0, -1)) : zone === name));
}

function isBetween(day: string, between: Segment["joined"]): boolean {
  return (between?.from ?? "") <= day && day <= (between?.to ?? "9999");
}

/** Joining the list counts: nobody is called silent who has only just come. */
function isEngaged(at: Instant, wanted: Segment["engaged"], now: Instant): boolean {
  const since = (days: number) => at >= addDays(now, -days);
  return (
    (wanted?.withinDays === undefined || since(wanted.withinDays)) &&
    (wanted?.notWithinDays === undefined || !since(wanted.notWithinDays))
  );
}

function hasDate(dates: RosterPerson["dates"], wanted: Segment["date"], now: Instant): boolean {
  if (wanted === undefined) return true;
  const from = addDays(now, wanted.fromDays).slice(0, 10);
  const to = addDays(now, wanted.toDays).slice(0, 10);
  return dates.some(
    ({ kind, date, doneAt }) =>
      doneAt === undefined &&
      (wanted.kind === undefined || kind === wanted.kind) &&
      from <= date &&
      date <= to,
  );
}
