import type { DueWork } from "./account/account-ports.ts";
import type { Measures } from "./measures.ts";
import type { Clock } from "./time/clock.ts";
import { toMilliseconds } from "./time/instant.ts";

export interface MeasureLagDeps {
  dueWork: DueWork;
  measures: Measures;
  clock: Clock;
}

/** The look costs as much as all of a minute's others, so it is taken at every fifth minute of the hour. */
const everyMinutes = 5;

/** Tells how far dispatch is behind what is due: 0 when all is done. Silence tells that it does not run. */
export async function measureLag({ dueWork, measures, clock }: MeasureLagDeps): Promise<void> {
  const now = clock.now();
  const nowMs = toMilliseconds(now);
  if (new Date(nowMs).getUTCMinutes() % everyMinutes !== 0) return;
  const oldest = await dueWork.oldest(now);
  measures.note("DispatchLagSeconds", oldest === undefined ? 0 : (nowMs - toMilliseconds(oldest)) / 1000);
}
