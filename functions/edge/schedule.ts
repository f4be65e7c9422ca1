import type { Connect } from "../../adapters/connect/ground.ts";
import { connected } from "./connected.ts";
import { failuresIn } from "./describe-error.ts";
import { logger } from "./logger.ts";

export type ScheduleHandler = (event: unknown) => Promise<void>;

/** A handler for a schedule. A failure is thrown: the next tick does the work, and the error is counted. */
export function onSchedule<Deps extends object>(
  run: (deps: Deps) => Promise<unknown>,
  connect: Connect<NoInfer<Deps>>,
) {
  return connected(
    connect,
    (getDeps): ScheduleHandler =>
      async () => {
        try {
          const outcome = await run(getDeps());
          logger.debug("schedule handled", { outcome });
        } catch (error) {
          logger.error("schedule failed", { failures: failuresIn(error) });
          throw error;
        }
      },
  );
}
