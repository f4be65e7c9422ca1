import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "./failure.ts";

/** About two minutes in all. */
const pausesSeconds = [1, 2, 4, 8, 15, 30, 60];

/**
 * Calls again, after a pause that grows, while the failure is one that passes.
 * @throws Failure the last one, when none of the pauses was long enough.
 */
export async function callPatiently<Result>(
  call: () => Promise<Result>,
  wait: (seconds: number) => Promise<unknown> = (seconds) => sleep(seconds * 1000),
): Promise<Result> {
  for (const pause of pausesSeconds) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Failure) || error.againAfterSeconds === undefined) throw error;
      await wait(Math.max(pause, error.againAfterSeconds));
    }
  }
  return call();
}
