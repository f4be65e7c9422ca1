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
  /** What this person does besides. */
  deeds: Deed[];
  /** Local dates of the mails that are no step of the course. */
  others: { kind: OtherKind; date: string }[];
}

export const otherKinds = ["digest", "campaign", "reminder", "nudge", "confirm-reminder"] as const;
export type OtherKind = (typeof otherKinds)[number];

/** Something that a person does: when, unless it goes with the signup, and with what. */
export interface Deed {
  deed:
    | "wants-digest"
    | "signs-up-by-webhook"
    | "marks-done"
    | "hastens"
    | "sets-pace"
    | "pauses"
    | "sets-date"
    | "removes-date"
    | "logs-hours"
    | "is-done";
  at?: Instant;
  detail: string;
}

type Line = Record<
  "name" | "email" | "zone" | "signs_up_at" | "confirms_at" | "story" | "story_at" | StepName,
  string
>;

/** Reads the fixture's tables; its README says what the columns mean. */
export function readPeople(directory: URL): Person[] {
  const deeds = readTable<Record<"email" | "deed" | "at" | "detail", string>>("deeds.csv", directory);
  const others = readTable<Record<"email" | "kind" | "local_date", string>>("other-mails.csv", directory);
  return readTable<Line>("people.csv", directory).map((line) => ({
    name: line.name,
    email: line.email,
    mailbox: mailboxOf(line.email),
    zone: line.zone,
    signsUpAt: instantOf(line.signs_up_at, line.zone),
    ...(line.confirms_at && { confirmsAt: instantOf(line.confirms_at, line.zone) }),
    story: storyOf(line.story),
    ...(line.story_at && { storyAt: instantOf(line.story_at, line.zone) }),
    expected: Object.fromEntries(steps.filter((step) => line[step]).map((step) => [step, line[step]])),
    deeds: deeds
      .filter(({ email }) => email === line.email)
      .map(({ deed, at, detail }) => ({
        deed: deed as Deed["deed"],
        detail,
        ...(at && { at: instantOf(at, line.zone) }),
      })),
    others: others
      .filter(({ email }) => email === line.email)
      .map(({ kind, local_date: date }) => ({ kind: kind as OtherKind, date })),
  }));
}

function readTable<Row>(name: string, directory: URL): Row[] {
  return parse(readFileSync(new URL(name, directory)), { columns: true }) as Row[];
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
