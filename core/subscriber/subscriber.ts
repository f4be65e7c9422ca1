import * as z from "zod";

/** A list: a course's list bears the course's name. `left` stays on record, so that a return is a new run. */
const Membership = z.object({
  state: z.enum(["wanted", "joined", "left"]),
  /** How often the list was joined; each return walks the course anew as the next run. */
  run: z.number(),
  since: z.string(),
});

/** What was shown to whom, and when they asked. */
const Evidence = z.object({
  textVersion: z.string(),
  source: z.string(),
  network: z.string(),
  askedAt: z.string(),
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
  consent: Evidence.extend({ confirmedAt: z.string().optional(), confirmedFrom: z.string().optional() }),
  /** A request on top of a consent: anybody can type an address, so it replaces nothing until it is confirmed. */
  asked: Evidence.extend({ name: z.string(), zone: z.string() }).optional(),
  /** When confirmations were asked for within the last month, newest last. */
  confirmationsAt: z.array(z.string()),
  /** What is still to be done for this person, and since when. Written with the change that needs it, so no crash loses it. */
  todo: z.object({ confirm: z.string().optional(), enrol: z.string().optional() }),
  /** When mail bounced softly within the last three months, newest last. */
  softBounces: z.array(z.string()),
  suppressed: z.object({ reason: z.enum(["bounce", "complaint"]), since: z.string() }).optional(),
  createdAt: z.string(),
  changedAt: z.string(),
});
export type Subscriber = z.infer<typeof Subscriber>;

/** `suppressed` bounced or complained; `pending` waits for the confirmation; `left` has no list any more. */
export type SubscriberStatus = "pending" | "active" | "left" | "suppressed";

/** Where a person stands as a whole. */
export function statusOf(subscriber: Subscriber): SubscriberStatus {
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
