import { readFileSync } from "node:fs";
import { domainToASCII } from "node:url";
import { parse } from "csv-parse/sync";
import { Temporal } from "temporal-polyfill";
import { type Instant, toInstant } from "../../core/time/instant.ts";

/** The mails of the course, in the order in which they come. */
export const steps = [
  "welcome",
  "school",
  "training",
  "practice",
  "certification",
  "jobs",
  "continuing-education",
  "farewell",
] as const;
export type StepName = (typeof steps)[number];

const stories = [
  "",
  "one-click",
  "page",
  "bounces",
  "complains",
  "signs-up-twice",
  "never-confirms",
] as const;
export type Story = (typeof stories)[number];

/** One person of the demo: what they do and when, and the local dates on which mail must come, worked out by hand. */
export interface Person {
  name: string;
  email: string;
  /** The address as mailboxes know it: domain in punycode and lower case. */
  mailbox: string;
  zone: string;
  signsUpAt: Instant;
  confirmsAt?: Instant;
  story: Story;
  storyAt?: Instant;
  /** Local date by step; a step that must not come has none. */
  expected: Partial<Record<StepName, string>>;
}

type Line = Record<
  "name" | "email" | "zone" | "signs_up_at" | "confirms_at" | "story" | "story_at" | StepName,
  string
>;

/** Reads the fixture; its README says what the columns mean. */
export function readPeople(path: URL): Person[] {
  const lines = parse(readFileSync(path), { columns: true }) as Line[];
  return lines.map((line) => ({
    name: line.name,
    email: line.email,
    mailbox: mailboxOf(line.email),
    zone: line.zone,
    signsUpAt: instantOf(line.signs_up_at, line.zone),
    ...(line.confirms_at && { confirmsAt: instantOf(line.confirms_at, line.zone) }),
    story: storyOf(line.story),
    ...(line.story_at && { storyAt: instantOf(line.story_at, line.zone) }),
    expected: Object.fromEntries(steps.filter((step) => line[step]).map((step) => [step, line[step]])),
  }));
}

function storyOf(text: string): Story {
  const story = stories.find((candidate) => candidate === text);
  if (story === undefined) throw new Error(`The fixture has the unknown story ${JSON.stringify(text)}`);
  return story;
}

function mailboxOf(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, at)}@${domainToASCII(email.slice(at + 1).toLowerCase())}`;
}

function instantOf(wallClock: string, zone: string): Instant {
  return toInstant(Temporal.PlainDateTime.from(wallClock).toZonedDateTime(zone).epochMilliseconds);
}
