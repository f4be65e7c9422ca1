import { addMinutes, type Instant } from "../time/instant.ts";
import type { Settlement } from "./delivery.ts";
import { evidenceMinutes } from "./policy.ts";

/** May or may not have been accepted: events have some minutes to tell, before the policy of its kind acts. */
export function unknownFor(reason: string, now: Instant): Settlement & { state: "unknown" } {
  return { state: "unknown", reason, dueAt: addMinutes(now, evidenceMinutes) };
}
