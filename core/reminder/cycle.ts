import { Temporal } from "temporal-polyfill";
import type { Credential } from "../catalogue.ts";

/** The day on which the cycle before the one that a date ends came to its end. */
export function cycleStart(date: string, { cycleMonths }: Credential): string | undefined {
  if (cycleMonths === undefined) return undefined;
  return Temporal.PlainDate.from(date).subtract({ months: cycleMonths }).toString();
}

/** The same day so many months later, or the last of that month where it has no such day. */
export function dayAfterCycle(date: string, months: number): string {
  return Temporal.PlainDate.from(date).add({ months }).toString();
}
