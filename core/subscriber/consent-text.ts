import { createHash } from "node:crypto";
import type { Course, Site } from "../catalogue.ts";
import { digestList } from "../digest/digest-subscription.ts";
import { remindersList } from "../reminder/reminder-date.ts";

/** What is shown to somebody who is asked to agree: `version` names exactly these words. */
export interface ConsentText {
  version: string;
  text: string;
}

/** What the signup page shows: the course's words beside the button, the others beside their boxes. */
export interface SignupConsent extends ConsentText {
  course: string;
  digest: string;
  reminders: string;
}

/** What the page behind the confirmation link shows: each list that the press of its button joins. */
export interface ConfirmConsent extends ConsentText {
  lead: string;
  lists: string[];
  end: string;
}

/** What a person agrees to by signing up, with or without the boxes ticked. */
export function signupConsent(site: Pick<Site, "name">, course: Course): SignupConsent {
  const ownList = "It is a list of its own: you can leave it and stay in the course, or the other way round.";
  const words = {
    course:
      `By signing up you agree that ${site.name} sends you ${courseWords(course)}. ` +
      "First we send one mail that asks you to confirm, and remind you of it once. You can leave at any time with the Unsubscribe link in every mail of the course.",
    digest: `If you tick this, you also agree that ${site.name} sends you ${digestWords}. ${ownList}`,
    reminders: `If you tick this, you also agree that ${site.name} sends you ${reminderWords}. ${ownList}`,
  };
  return { ...words, ...versioned([words.course, words.digest, words.reminders]) };
}

/** What the press of the confirmation's button joins: these lists, each of which can be left by itself. */
export function confirmConsent(
  site: Pick<Site, "name">,
  courses: Record<string, Course>,
  lists: string[],
): ConfirmConsent {
  const words = {
    lead: `By pressing the button you agree that ${site.name} sends you:`,
    lists: inOrder(lists).map((list) => listWords(courses, list)),
    end:
      lists.length > 1
        ? "Each is a list of its own: every mail has a link that leaves its list and no other."
        : "You can leave at any time with the Unsubscribe link in every one of these mails.",
  };
  return { ...words, ...versioned([words.lead, ...words.lists, words.end]) };
}

const digestWords =
  "the digest of news by mail, at most once a week, and none before you are through the course";
const reminderWords = "reminders by mail of the dates that you set on your page, and of nothing else";

/** Courses first, always in the same order, so that the same lists are the same words. */
function inOrder(lists: string[]): string[] {
  const others = [digestList, remindersList];
  const rank = (list: string) => `${others.indexOf(list) + 1} ${list}`;
  return [...new Set(lists)].sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
}

function listWords(courses: Record<string, Course>, list: string): string {
  if (list === digestList) return digestWords;
  if (list === remindersList) return reminderWords;
  const course = Object.hasOwn(courses, list) ? courses[list] : undefined;
  return course ? courseWords(course) : `the mails of the list “${list}”`;
}

function courseWords({ title, steps }: Course): string {
  const days = steps.reduce((sum, { delayDays }) => sum + delayDays, 0);
  const time = days < 14 ? many(Math.max(days, 1), "day") : many(Math.round(days / 7), "week");
  return `the course “${title}” by mail: ${many(steps.length, "mail")} over about ${time}, and at most two nudges where a step stays open`;
}

function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The version is made of the words, so that no change of them can go without a new one. */
function versioned(paragraphs: string[]): ConsentText {
  const text = paragraphs.join("\n");
  return { version: createHash("sha256").update(text).digest("hex").slice(0, 12), text };
}
