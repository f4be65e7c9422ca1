import { type Catalogue, courseNamed } from "../catalogue.ts";
import { digestList } from "../digest/digest-subscription.ts";
import { remindersList } from "../reminder/reminder-date.ts";
import type { Segment } from "./segment.ts";

/** What of a segment there is not in this service, and what there is; undefined if all is well. */
export function segmentProblem(
  { list, course, zones = [] }: Segment,
  catalogue: Pick<Catalogue, "courses">,
): string | undefined {
  const lists = [...Object.keys(catalogue.courses), digestList, remindersList];
  if (!lists.includes(list))
    return `There is no list ${JSON.stringify(list)}. Choose one of: ${lists.join(", ")}.`;
  if (zones.some((zone) => zone.slice(0, -1).includes("*")))
    return "A star stands at the end of a zone alone, as in America/*.";
  if (!course) return undefined;
  const known = courseNamed(catalogue, course.name);
  if (!known)
    return `There is no course ${JSON.stringify(course.name)}. Choose one of: ${Object.keys(catalogue.courses).join(", ")}.`;
  const steps = known.steps.map((step) => step.id);
  const named = [...(course.last ?? []), ...(course.done ?? []), ...(course.notDone ?? [])];
  const unknown = named.find((step) => !steps.includes(step));
  return unknown === undefined
    ? undefined
    : `The course has no step ${JSON.stringify(unknown)}. Choose of: ${steps.join(", ")}.`;
}
