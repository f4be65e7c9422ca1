import { withoutPerson } from "../person/erase-person.ts";
import { type FinishErasingDeps, sweepPerson } from "../person/finish-erasing.ts";
import type { Instant } from "../time/instant.ts";
import { changeSubscriber } from "./change.ts";
import { listsIn, type Subscriber } from "./subscriber.ts";

/**
 * Forgets a request that nobody confirmed, and with it the person if they never confirmed anything: one write empties
 * the row, which is where a signup or a confirmation of the same moment wins or loses; the address, and all other rows,
 * go as those of an erased person do. Stopped anywhere, it goes on with the next dispatch. Twice is harmless.
 */
export async function forgetRequest(deps: FinishErasingDeps, subscriber: Subscriber): Promise<void> {
  const now = deps.clock.now();
  if (!withoutRequest(subscriber, now)) return;
  const left = await changeSubscriber(deps.subscribers, subscriber.id, (current) =>
    withoutRequest(current, now),
  );
  if (left?.forgottenAt !== undefined) await sweepPerson(deps, left);
}

/** The subscriber as if the open request had never been made; undefined while it is not to be forgotten. */
export function withoutRequest(subscriber: Subscriber, now: Instant): Subscriber | undefined {
  const { confirm: _, remind: _r, forget, ...todo } = subscriber.todo;
  if (forget === undefined || forget > now) return undefined;
  if (subscriber.consent.confirmedAt === undefined && listsIn(subscriber, "joined").length === 0) {
    const nobody = withoutPerson(subscriber, now);
    return nobody && { ...nobody, forgottenAt: now };
  }
  const { asked: _a, ...known } = subscriber;
  const lists = Object.entries(subscriber.lists).flatMap(([list, membership]) => {
    if (membership.state !== "wanted") return [[list, membership] as const];
    const { asked: _, ...former } = membership;
    return former.run > 0 ? [[list, { ...former, state: "left" as const }] as const] : [];
  });
  return { ...known, lists: Object.fromEntries(lists), todo, changedAt: now };
}
