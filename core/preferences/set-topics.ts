import { type Topic, topics } from "../catalogue.ts";
import { type FindReaderDeps, type FoundReader, findReader } from "../progress/find-reader.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";

export type SetTopicsOutcome =
  | { status: "set"; reader: Subscriber }
  | { status: "invalid"; problems: { topics: string } }
  | Exclude<FoundReader, { status: "found" }>;

/** Keeps which topics a reader's digest has. Twice is harmless; who wants none of them leaves its list. */
export async function setTopics(
  deps: FindReaderDeps,
  input: { token: string; topics: string[] },
): Promise<SetTopicsOutcome> {
  const found = await findReader(deps, input.token);
  if (found.status !== "found") return found;
  const wanted = topics.filter((topic) => input.topics.includes(topic));
  if (wanted.length === 0)
    return { status: "invalid", problems: { topics: "Tick at least one topic, or leave the digest below." } };
  const reader = await changeSubscriber(deps.subscribers, found.reader.id, (known) =>
    withTopics(known, wanted, deps.clock.now()),
  );
  return reader ? { status: "set", reader } : { status: "gone" };
}

/** The topics that were chosen; all of them is no choice. Undefined if nothing changes. */
export function withTopics(subscriber: Subscriber, wanted: Topic[], now: Instant): Subscriber | undefined {
  const { topics: before, ...rest } = subscriber;
  if ((before ?? topics).join() === wanted.join()) return undefined;
  return { ...rest, ...(wanted.length < topics.length && { topics: wanted }), changedAt: now };
}
