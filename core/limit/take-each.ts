import type { Instant } from "../time/instant.ts";
import type { Limit, Limits } from "./limit-ports.ts";

/**
 * Takes one of each limit, in their order; the one that is spent, or undefined. Memory is asked for all first: who is
 * refused by one limit must not go on using up the others.
 */
export async function takeEach(
  limits: Limits,
  each: { name: string; limit: Limit }[],
  now: Instant,
): Promise<Limit | undefined> {
  const spent = each.find(({ name, limit }) => limits.isSpent(name, limit, now));
  if (spent) return spent.limit;
  for (const { name, limit } of each) if (!(await limits.take(name, limit, now))) return limit;
  return undefined;
}
