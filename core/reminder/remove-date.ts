import { type FindReaderDeps, type FoundReader, findReader } from "../progress/find-reader.ts";
import { isDateId } from "./reminder-date.ts";
import type { ReminderDates } from "./reminder-ports.ts";

export interface RemoveDateDeps extends FindReaderDeps {
  dates: Pick<ReminderDates, "remove">;
}

export type RemoveDateOutcome = { status: "removed" } | Exclude<FoundReader, { status: "found" }>;

/** Takes a date back; its reminder does not go, even when it is queued. Twice is harmless. */
export async function removeDate(
  deps: RemoveDateDeps,
  input: { token: string; id: string },
): Promise<RemoveDateOutcome> {
  const found = await findReader(deps, input.token);
  if (found.status !== "found") return found;
  if (isDateId(input.id)) await deps.dates.remove(found.reader.id, input.id);
  return { status: "removed" };
}
