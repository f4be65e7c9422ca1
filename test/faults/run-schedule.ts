import { toInstant, toMilliseconds } from "../../core/time/instant.ts";
import { disturbances } from "./disturbances.ts";
import { brokenPromises } from "./properties.ts";
import { seededRandom } from "./random.ts";
import { peopleAndPlans, planDeeds, startAt } from "./scenario.ts";
import { startSimulation } from "./simulation.ts";
import { startWorld } from "./world.ts";

/** What became of one schedule. */
export interface Schedule {
  seed: number;
  broken: string[];
  /** How many disturbances struck, and everything that happened, if it was asked for. */
  struck: number;
  story: string[];
}

const livesForDays = 60;
const mostDisturbances = 24;

/** Lives through the schedule of one seed; `without` leaves out disturbances by number. */
export async function runSchedule(
  seed: number,
  { without = new Set<number>(), telling = false } = {},
): Promise<Schedule> {
  const random = seededRandom(seed);
  const simulation = startSimulation();
  const story: string[] = [];
  const startMs = toMilliseconds(startAt);
  const tell = (what: string) => {
    if (telling) story.push(`${toInstant(startMs + simulation.elapsed())} ${what}`);
  };
  const tables = peopleAndPlans(random);
  const struck = disturbances(random, random.below(mostDisturbances), without, tell);
  const perSecond = random.chance(0.5) ? 14 : 200;
  const pageSize = 4 + random.below(8);
  const deps = { tables, startAt, perSecond, pageSize, random, disturbances: struck, simulation, tell };
  const world = startWorld(deps);
  planDeeds({ ...deps, world });
  await world.live(livesForDays * 86_400_000);
  return { seed, broken: brokenPromises(tables, world.observations), struck: struck.count(), story };
}

/** Leaves out one disturbance after the other, as long as the schedule still fails; answers what is left, told in full. */
export async function shrink(failed: Schedule): Promise<Schedule> {
  const without = new Set<number>();
  for (let number = failed.struck - 1; number >= 0; number--) {
    const { broken } = await runSchedule(failed.seed, { without: new Set([...without, number]) });
    if (broken.length > 0) without.add(number);
  }
  return runSchedule(failed.seed, { without, telling: true });
}
