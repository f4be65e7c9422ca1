import { setTimeout } from "node:timers/promises";
import type { Clock } from "../core/time/clock.ts";
import { toInstant } from "../core/time/instant.ts";

/** Both clocks show the time of the machine. */
export const systemClock: Clock = {
  now: () => toInstant(Date.now()),
  elapsed: () => Date.now(),
  sleep: (milliseconds) => setTimeout(milliseconds),
};
