import * as z from "zod";
import { topics } from "../catalogue.ts";
import { digestRhythms } from "../digest/digest-subscription.ts";
import { Rhythm } from "../rhythm/rhythm.ts";
import { suppressionReasons } from "../suppression/suppression.ts";

/** What a reader may answer who is asked why they leave. */
export const leaveReasons = ["too-many", "not-for-me", "have-what-i-need", "never-asked", "other"] as const;
export type LeaveReason = (typeof leaveReasons)[number];

/** What was shown to whom, and when they asked. */
const Evidence = z.object({
  textVersion: z.string(),
  source: z.string(),
  network: z.string(),
  askedAt: z.string(),
  /** A page of the source's site to go to once it is confirmed. */
  afterConfirm: z.string().exactOptional(),
});

/** A list: a course's list bears the course's name. `left` stays on record, so that a return is a new run. */
const Membership = z.object({
  state: z.enum(["wanted", "joined", "left"]),
  /** How often the list was joined; each return walks the course anew as the next run. */
  run: z.number(),
  since: z.string(),
  /** The step at which the reader started the course again; absent on a run that was joined. */
  from: z.string().exactOptional(),
  /** Evidence of the request for this list, if that came on top of one that was open; else that of the person holds. */
  asked: Evidence.exactOptional(),
  /** Why it was left, if the reader chose to say. */
  reason: z.enum(leaveReasons).exactOptional(),
});

/** A person, from the first signup on. */
export const Subscriber = z.object({
  id: z.string(),
  /** Grows with every change; a change is stored only over the revision that it was made from. */
  rev: z.number(),
  address: z.string(),
  addressHash: z.string(),
  name: z.string(),
  zone: z.string(),
  lists: z.record(z.string(), Membership),
  /** Evidence of the newest consent; before the first confirmation, of the request for it. */
  consent: Evidence.extend({
    confirmedAt: z.string().optional(),
    confirmedFrom: z.string().optional(),
    /** What stood beside the button that confirmed. */
    confirmedTextVersion: z.string().exactOptional(),
  }),
  /** A request on top of a consent: anybody can type an address, so it replaces nothing until it is confirmed. */
  asked: Evidence.extend({ name: z.string(), zone: z.string() }).optional(),
  /** When confirmations were asked for within the last month, newest last. */
  confirmationsAt: z.array(z.string()),
  /** Which of them was the newest reminder: it is written in other words. */
  remindedAt: z.string().exactOptional(),
  /** What is still to be done for this person, and since when. Written with the change that needs it, so no crash loses it. */
  todo: z.object({
    /** The confirmation that was asked for goes. */
    confirm: z.string().optional(),
    /** Who has not confirmed is reminded, once for each request. */
    remind: z.string().optional(),
    /** A request that was never confirmed is forgotten; with it the person, if they never confirmed anything. */
    forget: z.string().optional(),
    /** What was joined starts: courses, the digest. */
    enrol: z.string().optional(),
    /** Plans made by an earlier rhythm, zone or window are looked at anew. */
    replan: z.string().optional(),
    /** The link to one's data goes. */
    access: z.string().optional(),
    /** The link to confirm a new address goes there. */
    move: z.string().optional(),
    /** Addresses that were given up are given free. */
    release: z.string().optional(),
    /** All rows of the person go. */
    erase: z.string().optional(),
  }),
  /** How fast and when, and whether nudges come; absent is the course's own. */
  rhythm: Rhythm.exactOptional(),
  /** Topics of the digest that are wanted; absent is all. */
  topics: z.array(z.enum(topics)).exactOptional(),
  /** Words that admins put on people, to choose audiences by; never shown to the person by themselves. */
  tags: z.array(z.string()).exactOptional(),
  /** How often the digest comes; absent is every week. */
  digestEvery: z.enum(digestRhythms).exactOptional(),
  /** When links to one's data were asked for within the last day, newest last. */
  accessAt: z.array(z.string()).exactOptional(),
  /** A new address that waits for its confirmation. */
  moving: z.object({ address: z.string(), addressHash: z.string(), askedAt: z.string() }).exactOptional(),
  /** When confirmations of new addresses were asked for within the last month, newest last. */
  movesAt: z.array(z.string()).exactOptional(),
  /** When the address was changed last. */
  movedAt: z.string().exactOptional(),
  /** Hashes of addresses that were given up and are still claimed. */
  releases: z.array(z.string()).exactOptional(),
  /** When mail bounced softly within the last three months, newest last. */
  softBounces: z.array(z.string()),
  suppressed: z.object({ reason: z.enum(suppressionReasons), since: z.string() }).optional(),
  /** When a request was forgotten that nobody had confirmed: the address is free again, without a trace. */
  forgottenAt: z.string().exactOptional(),
  createdAt: z.string(),
  changedAt: z.string(),
});
export type Subscriber = z.infer<typeof Subscriber>;

/** `suppressed` bounced, complained, or is not to be written to by an operator's word; `pending` waits for the confirmation; `left` has no list any more. */
export const subscriberStatuses = ["pending", "active", "left", "suppressed"] as const;
export type SubscriberStatus = (typeof subscriberStatuses)[number];

/** Where a person stands as a whole. */
export function statusOf(subscriber: Pick<Subscriber, "lists" | "suppressed">): SubscriberStatus {
  if (subscriber.suppressed) return "suppressed";
  const states = Object.values(subscriber.lists).map((list) => list.state);
  if (states.includes("joined")) return "active";
  return states.includes("wanted") ? "pending" : "left";
}

/** Names of the lists in one state. */
export function listsIn(subscriber: Subscriber, state: "wanted" | "joined" | "left"): string[] {
  return Object.keys(subscriber.lists).filter((list) => subscriber.lists[list]?.state === state);
}

/** The subscriber with a task struck off, or undefined if that task is no longer the one due at `dueAt`. */
export function strikeOff(
  subscriber: Subscriber,
  task: keyof Subscriber["todo"],
  dueAt: string,
): Subscriber | undefined {
  if (subscriber.todo[task] !== dueAt) return undefined;
  const { [task]: _, ...todo } = subscriber.todo;
  return { ...subscriber, todo };
}

/** The tasks that stay when nothing may be mailed any more: those that take away. */
export function keptTasks({ todo: { forget, release, erase } }: Subscriber): Subscriber["todo"] {
  return {
    ...(forget !== undefined && { forget }),
    ...(release !== undefined && { release }),
    ...(erase !== undefined && { erase }),
  };
}
