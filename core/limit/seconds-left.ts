import { type Instant, toMilliseconds } from "../time/instant.ts";
import type { Limit } from "./limit-ports.ts";

/** Whole seconds until the span that `now` is in is over, and one may try again: at least 1. */
export function secondsLeft({ seconds }: Limit, now: Instant): number {
  const passed = (toMilliseconds(now) / 1000) % seconds;
  return Math.ceil(seconds - passed);
}
