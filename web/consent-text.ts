import type { Course, Site } from "../core/catalogue.ts";
import { courseLength } from "./course-length.ts";

/** What a person agrees to by signing up, word for word: what the page shows is what can be kept as evidence. */
export function consentText(site: Site, course: Course): string {
  return (
    `By signing up you agree that ${site.name} sends you the course “${course.title}” by mail: ${courseLength(course)}. ` +
    "First we send one mail that asks you to confirm. You can leave at any time with the Unsubscribe link in every mail of the course."
  );
}
