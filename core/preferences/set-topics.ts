import { type Topic, topics } from "../catalogue.ts";
import { type DigestRhythm, digestRhythms } from "../digest/digest-subscription.ts";
import { fastPath } from "../fast-path.ts";
import { type FindReaderDeps, type FoundReader, findReader } from "../progress/find-reader.ts";
import { type ReplanDeps, replan } from "../rhythm/replan.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";

export type SetTopicsDeps = FindReaderDeps & ReplanDeps;

/** The digest as the form has it; `every` is empty where a form does not ask. */
export interface TypedTopics {
  topics: string[];
  every: string;
}

export type TopicsProblems = Partial<Record<"topics" | "every", string>>;

/** `replanned` is false when the plan waits for the next minute's dispatch. */
export type SetTopicsOutcome =
  | { status: "set"; reader: Subscriber; replanned: boolean }
  | { status: "invalid"; problems: TopicsProblems }
  | Exclude<FoundReader, { status: "found" }>;

/** Keeps which topics a reader's digest has, and how often it comes. Twice is harmless; who wants none leaves its list. */
export async function setTopics(
  deps: SetTopicsDeps,
  { token, ...typed }: TypedTopics & { token: string },
): Promise<SetTopicsOutcome> {
  const found = await findReader(deps, token);
  if (found.status !== "found") return found;
  const wanted = topics.filter((topic) => typed.topics.includes(topic));
  const every = typed.every === "" ? undefined : digestRhythms.find((rhythm) => rhythm === typed.every);
  const problems: TopicsProblems = {
    ...(typed.every !== "" && every === undefined && { every: "Choose every week or every month." }),
    ...(wanted.length === 0 && { topics: "Tick at least one topic, or leave the digest below." }),
  };
  if (Object.keys(problems).length > 0) return { status: "invalid", problems };
  const now = deps.clock.now();
  const reader = await changeSubscriber(deps.subscribers, found.reader.id, (known) => {
    const often = every && withDigestEvery(known, every, now);
    return withTopics(often ?? known, wanted, now) ?? often;
  });
  if (!reader) return { status: "gone" };
  return { status: "set", reader, replanned: await fastPath(() => replan(deps, reader)) };
}

/** The topics that were chosen; all of them is no choice. Undefined if nothing changes. */
export function withTopics(subscriber: Subscriber, wanted: Topic[], now: Instant): Subscriber | undefined {
  const { topics: before, ...rest } = subscriber;
  if ((before ?? topics).join() === wanted.join()) return undefined;
  return { ...rest, ...(wanted.length < topics.length && { topics: wanted }), changedAt: now };
}

/** How often the digest comes, by which its plan is looked at anew. Undefined if nothing changes. */
function withDigestEvery(subscriber: Subscriber, every: DigestRhythm, now: Instant): Subscriber | undefined {
  const { digestEvery: before = "week", ...rest } = subscriber;
  if (before === every) return undefined;
  return {
    ...rest,
    ...(every !== "week" && { digestEvery: every }),
    todo: { ...subscriber.todo, replan: now },
    changedAt: now,
  };
}
