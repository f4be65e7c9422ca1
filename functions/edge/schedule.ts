import type { Deps } from "../../adapters/connect.ts";
import { live } from "../../adapters/live.ts";
import { failuresIn } from "./describe-error.ts";
import { logger } from "./logger.ts";

export type ScheduleHandler = (event: unknown) => Promise<void>;

/** A handler for a schedule. A failure is thrown: the next tick does the work, and the error is counted. */
export function onSchedule(run: (deps: Deps) => Promise<unknown>) {
  const using =
    (getDeps: () => Deps): ScheduleHandler =>
    async () => {
      try {
        const outcome = await run(getDeps());
        logger.debug("schedule handled", { outcome });
      } catch (error) {
        logger.error("schedule failed", { failures: failuresIn(error) });
        throw error;
      }
    };
  return Object.assign(using(live), { with: (deps: Deps) => using(() => deps) });
}
