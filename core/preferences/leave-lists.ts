import { type FindReaderDeps, type FoundReader, findReader } from "../progress/find-reader.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { leave, leaveAll } from "../subscriber/unsubscribe.ts";

export type LeaveListsOutcome =
  | { status: "left"; reader: Subscriber }
  | Exclude<FoundReader, { status: "found" }>;

/** Leaves one list or all of them, by the link to one's progress. Nothing here joins any. Twice is harmless. */
export async function leaveLists(
  deps: FindReaderDeps,
  { token, lists }: { token: string; lists: "all" | { name: string } },
): Promise<LeaveListsOutcome> {
  const found = await findReader(deps, token);
  if (found.status !== "found") return found;
  const now = deps.clock.now();
  const reader = await changeSubscriber(deps.subscribers, found.reader.id, (known) =>
    lists === "all" ? leaveAll(known, now) : leave(known, lists.name, now),
  );
  return reader ? { status: "left", reader } : { status: "gone" };
}
