import { runSchedule, type Schedule, shrink } from "./run-schedule.ts";

/** Lives through so many schedules; answers the first that breaks a promise, shrunk and told in full. */
export async function findFailure(from: number, count: number): Promise<Schedule | undefined> {
  for (let seed = from; seed < from + count; seed++) {
    const schedule = await runSchedule(seed);
    if (schedule.broken.length > 0) return shrink(schedule);
  }
  return undefined;
}

/** A schedule as somebody reads it who has to find out why it failed. */
export function describeFailure({ seed, broken, story }: Schedule): string {
  return [`Seed ${seed} breaks:`, ...broken.map((line) => `  ${line}`), "What happened:", ...story].join(
    "\n",
  );
}
