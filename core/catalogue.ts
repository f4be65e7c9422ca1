import type { FeedRules } from "./feed/judge-item.ts";
import type { SendWindow } from "./time/window.ts";

/** What the build makes of `content/` and `templates/`: data that the domain receives, read-only at run time. */
export interface Catalogue {
  site: Site;
  courses: Record<string, Course>;
  /** Compiled mails by key: `confirm`, `course/NAME/STEP`, `digest`, `campaign`, `design/NAME`, `deadline`, `nudge`. */
  mails: Record<string, CompiledMail>;
  /** Names of the campaigns that are designed in `content/campaigns/`. */
  designs: string[];
  /** Pieces that a mail's body is put together from at run time, by key: `digest-topic`, `digest-item`, `digest-week`, `digest-more`. */
  fragments: Record<string, CompiledFragment>;
  feeds: FeedSource[];
  feedRules: FeedRules;
  credentials: Credential[];
  /** Reference pages by path: `courses/NAME/glossary`, `courses/NAME/resources`. */
  pages: Record<string, ContentPage>;
  /** The mails of courses, to be read again on a page, by `NAME/STEP`. */
  readings: Record<string, Reading>;
}

/** What an operator sets in `content/site.yaml`. */
export interface Site {
  name: string;
  sender: { name: string; address: string };
  replyTo: string;
  unsubscribeMailbox: string;
  postalAddress: string[];
  defaults: { course: string; zone: string; window: SendWindow };
  tracking: { opens: boolean; clicks: boolean };
  theme: { accent: string; accentDark: string; font: string };
}

/** A course as its steps in order; a step is known by its stable id, never by its position. */
export interface Course {
  name: string;
  title: string;
  summary: string;
  audience: string;
  window: SendWindow;
  late: LateRule;
  steps: Step[];
}

/** The course of that name; names come from outside, so nothing but the catalogue's own may be found. */
export function courseNamed(catalogue: Pick<Catalogue, "courses">, name: string): Course | undefined {
  return Object.hasOwn(catalogue.courses, name) ? catalogue.courses[name] : undefined;
}

/** One mail of a course. `delayDays` counts local calendar days after the step before it was sent. */
export interface Step {
  id: string;
  title: string;
  /** The number a reader sees ("step 3 of 6"); the welcome and the farewell have none. */
  number?: number;
  delayDays: number;
  /** Beside `delayDays: 0`: minutes after the step before was sent, for a course that is tried out. */
  delayMinutes?: number;
  window?: SendWindow | "always";
  checklist: { id: string; text: string }[];
}

/** What happens to a mail that is late by more than `afterHours`. */
export interface LateRule {
  afterHours: number;
  action: "send" | "skip" | "next-window";
}

/** A mail compiled at build time: what is left to do per recipient is to put escaped values in. */
export interface CompiledMail {
  subject: CompiledText;
  html: CompiledText;
  text: CompiledText;
}

/** A piece of a mail's body, in both parts. */
export interface CompiledFragment {
  html: CompiledText;
  text: CompiledText;
}

/** A feed of `content/feeds.yaml`. */
export interface FeedSource {
  id: string;
  title: string;
  url: string;
  topic: Topic;
  everyMinutes: number;
}

/** A credential of `content/credentials.yaml`; a number that nobody could verify is left out. */
export interface Credential {
  id: string;
  /** As in RHIT. */
  name: string;
  fullName: string;
  /** Who awards it, as it calls itself. */
  body: string;
  /** Where that body tells how to keep it. */
  url: string;
  cycleMonths?: number;
  /** Hours of continuing education in a cycle, and where and when that was read. */
  required?: { hours: number; source: string; checkedOn: string };
  /** The part of the hours that must come from the body itself, or who counts as it, in cycles that begin on or after a day. */
  own?: { percent: number; from: string; cyclesFrom: string };
}

/** The credential of that id; ids come from outside. */
export function credentialNamed(
  { credentials }: Pick<Catalogue, "credentials">,
  id: string | undefined,
): Credential | undefined {
  return credentials.find((credential) => credential.id === id);
}

export const topics = ["coding", "privacy", "regulation", "records-technology", "careers"] as const;
export type Topic = (typeof topics)[number];

/** Whether there is such a topic. */
export function isTopic(word: string): word is Topic {
  return topics.some((topic) => topic === word);
}

/** How readers see the topics. */
export const topicTitles: Record<Topic, string> = {
  coding: "Coding",
  privacy: "Privacy and release of information",
  regulation: "Rules and regulation",
  "records-technology": "Records technology",
  careers: "Careers",
};

/** Literal pieces with a slot between each two: `literals.length === slots.length + 1`. */
export interface CompiledText {
  literals: string[];
  slots: Slot[];
}

/** A place for one value, escaped for where it stands. */
export interface Slot {
  name: SlotName;
  /** `block` is a piece that we made, escaped already; every other value is escaped for where it stands. */
  as: "html" | "url" | "text" | "block";
}

/** Every value a mail may ask for; the build refuses any other name. */
export type SlotName = (typeof slotNames)[number];
export const slotNames = [
  "greeting",
  "publicUrl",
  "confirmUrl",
  "unsubscribeUrl",
  "progressUrl",
  "stepUrl",
  "accountUrl",
  "addressUrl",
  "title",
  "summary",
  "source",
  "hours",
  "date",
  "standing",
  "calendar",
  "url",
  "bodyHtml",
  "bodyText",
] as const;

/** What a mail of a course says without its layout; `body` is trusted HTML, made from our own Markdown. */
export interface Reading {
  subject: CompiledText;
  body: CompiledText;
}

/** A page of the course that is the same for every reader; `html` is trusted, made from our own Markdown. */
export interface ContentPage {
  title: string;
  description: string;
  html: string;
}
