import type { Places } from "../../../core/pace/pace-ports.ts";

/** What the row of the pace does, without a table. */
export function modelPlaces(free = 0): Places {
  return {
    async take(now, lengthMs, withinMs) {
      if (free > now + withinMs && free <= now + 60_000) return { freeAt: free };
      const at = free > now && free <= now + withinMs ? free : now;
      free = at + lengthMs;
      return { at };
    },
  };
}
