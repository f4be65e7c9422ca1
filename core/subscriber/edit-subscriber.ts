import * as z from "zod";
import { mostTags, Tag } from "../audience/tag.ts";
import { topics } from "../catalogue.ts";
import { fastPath } from "../fast-path.ts";
import { oneLine } from "../one-line.ts";
import { withTopics } from "../preferences/set-topics.ts";
import { type ReplanDeps, replan } from "../rhythm/replan.ts";
import type { Instant } from "../time/instant.ts";
import { isZone } from "../time/window.ts";
import { changeSubscriber } from "./change.ts";
import { nameProblem } from "./name-problem.ts";
import type { Subscriber } from "./subscriber.ts";

/** What an admin may change of a subscriber. Lists are left by a route of their own, and joined by the reader alone. */
export const SubscriberChange = z
  .strictObject({
    name: z.string("Write a name.").check(({ value, issues }) => {
      const message = nameProblem(value);
      if (message !== undefined) issues.push({ code: "custom", message, input: value });
    }),
    zone: z.string().refine(isZone, "Write a time zone such as America/New_York."),
    tags: z.array(Tag).max(mostTags, `At most ${mostTags} tags.`),
    topics: z.array(z.enum(topics, `Choose of: ${topics.join(", ")}.`)).min(1, "Name at least one topic."),
  })
  .partial();
export type SubscriberChange = z.infer<typeof SubscriberChange>;

export type EditSubscriberOutcome = { status: "changed"; subscriber: Subscriber } | { status: "missing" };

/** Changes what an admin may; what is planned by another zone is looked at anew. Twice is harmless. */
export async function editSubscriber(
  deps: ReplanDeps,
  { id, change }: { id: string; change: SubscriberChange },
): Promise<EditSubscriberOutcome> {
  const now = deps.clock.now();
  const changed = await changeSubscriber(deps.subscribers, id, (known) =>
    known.todo.erase === undefined ? withChange(known, change, now) : undefined,
  );
  if (!changed || changed.todo.erase !== undefined) return { status: "missing" };
  await fastPath(() => replan(deps, changed));
  return { status: "changed", subscriber: changed };
}

function withChange(known: Subscriber, change: SubscriberChange, now: Instant): Subscriber | undefined {
  const { name = known.name, zone = known.zone, tags: wanted = known.tags ?? [] } = change;
  const { tags: before = [], ...rest } = known;
  const tags = [...new Set(wanted)].sort();
  const wantedTopics = topics.filter((topic) => change.topics?.includes(topic));
  const chosen = change.topics ? withTopics(known, wantedTopics, now) : undefined;
  const moved = zone !== known.zone;
  const same = oneLine(name) === known.name && !moved && tags.join() === before.join() && !chosen;
  if (same) return undefined;
  const { topics: kept, ...others } = chosen ?? rest;
  const { tags: _, ...untagged } = others as Subscriber;
  return {
    ...untagged,
    name: oneLine(name),
    zone,
    ...(kept && { topics: kept }),
    ...(tags.length > 0 && { tags }),
    ...(moved && { todo: { ...known.todo, replan: now } }),
    changedAt: now,
  };
}
