import type { Course, Site } from "../core/catalogue.ts";
import { courseLength } from "./course-length.ts";

/** What a person agrees to by ticking the digest, apart from the course: a list of its own, joined and left by itself. */
export function digestConsentText(site: Site): string {
  return (
    `If you tick this, you also agree that ${site.name} sends you the digest by mail, at most once a week. ` +
    "It is a list of its own: you can leave it and stay in the course, or the other way round."
  );
}

/** What a person agrees to by signing up, word for word: what the page shows is what can be kept as evidence. */
export function consentText(site: Site, course: Course): string {
  return (
    `By signing up you agree that ${site.name} sends you the course “${course.title}” by mail: ${courseLength(course)}. ` +
    "First we send one mail that asks you to confirm. You can leave at any time with the Unsubscribe link in every mail of the course."
  );
}
