import type { Roster } from "../audience/roster-ports.ts";
import type { Course } from "../catalogue.ts";
import type { Enrolments } from "../ports.ts";
import type { Clock } from "../time/clock.ts";

export interface CourseFunnelDeps {
  roster: Roster;
  enrolments: Pick<Enrolments, "ofMany">;
  clock: Clock;
}

/** A step of a course, and how many stand there, of those whom this call has looked at. */
export interface FunnelStep {
  id: string;
  title: string;
  /** Whose newest step it is, or who have come past it, in the run that they are on. */
  reached: number;
  /** Whose newest step it is, and who walk on. */
  here: number;
  /** Who stopped at it: they left, or were stopped. */
  stopped: number;
  /** Who marked it as done. */
  done: number;
}

export interface CourseFunnel {
  course: string;
  enrolled: number;
  finished: number;
  steps: FunnelStep[];
  next?: string;
}

const peoplePerPage = 500;
const patienceMs = 8_000;

/** Where the readers of a course are, and where they stop: by their enrolments, read by key for everybody who ever joined. */
export async function courseFunnel(
  deps: CourseFunnelDeps,
  { course, cursor: from }: { course: Course; cursor?: string | undefined },
): Promise<CourseFunnel> {
  const until = deps.clock.elapsed() + patienceMs;
  const steps = course.steps.map(({ id, title }) => ({
    id,
    title,
    reached: 0,
    here: 0,
    stopped: 0,
    done: 0,
  }));
  const funnel: CourseFunnel = { course: course.name, enrolled: 0, finished: 0, steps };
  let cursor = from;
  do {
    const page = await deps.roster.page(cursor, peoplePerPage);
    const joined = page.people.filter(({ lists }) => (lists[course.name]?.run ?? 0) > 0).map(({ id }) => id);
    const enrolments = joined.length > 0 ? await deps.enrolments.ofMany(joined, course.name) : new Map();
    for (const { state, previous, done = {} } of enrolments.values()) {
      funnel.enrolled++;
      if (state === "finished") funnel.finished++;
      const at = steps.findIndex(({ id }) => id === previous);
      for (const step of steps.slice(0, at + 1)) step.reached++;
      for (const step of steps) if (Object.hasOwn(done, step.id)) step.done++;
      const newest = steps[at];
      if (newest && state === "walking") newest.here++;
      if (newest && state === "stopped") newest.stopped++;
    }
    cursor = page.cursor;
  } while (cursor !== undefined && deps.clock.elapsed() < until);
  return { ...funnel, ...(cursor !== undefined && { next: cursor }) };
}
