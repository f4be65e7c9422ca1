import type { Places } from "../../../core/pace/pace-ports.ts";
import type { SyncPort } from "./sync-port.ts";

/** The account's rate: the row tells until when it is given away. */
export function modelPlaces(row: { freeAt: number }): SyncPort<Places> {
  return {
    take(now, lengthMs, withinMs) {
      const at = Math.max(row.freeAt, now);
      if (at - now > withinMs) return { freeAt: row.freeAt };
      row.freeAt = at + lengthMs;
      return { at };
    },
  };
}
