import type { Subscribers } from "../ports.ts";
import type { Clock } from "../time/clock.ts";
import { changeSubscriber } from "./change.ts";
import { leave, leaveAll } from "./unsubscribe.ts";

export interface TakeOffListsDeps {
  subscribers: Subscribers;
  clock: Clock;
}

/** `lists` are those that were left just now; none, where there was nothing to leave. */
export type TakeOffListsOutcome = { status: "left"; lists: string[] } | { status: "missing" };

/** Takes somebody off one list, or off all, because they have asked a person to. */
export async function takeOffLists(
  deps: TakeOffListsDeps,
  { subscriberId, list }: { subscriberId: string; list?: string | undefined },
): Promise<TakeOffListsOutcome> {
  const now = deps.clock.now();
  let lists: string[] = [];
  const known = await changeSubscriber(deps.subscribers, subscriberId, (before) => {
    const after = list === undefined ? leaveAll(before, now) : leave(before, list, now);
    lists = Object.keys(after?.lists ?? {}).filter((name) => before.lists[name]?.state !== "left");
    if (list !== undefined) lists = lists.filter((name) => name === list);
    return after;
  });
  return known ? { status: "left", lists: lists.sort() } : { status: "missing" };
}
