import type { Places } from "../../../core/pace/pace-ports.ts";
import type { SyncPort } from "./sync-port.ts";

/** Nobody takes a place so far ahead: a clock went wrong, and the row is written anew. */
const absurdMs = 60_000;

/** The account's rate: the row tells until when it is given away. */
export function modelPlaces(row: { freeAt: number }): SyncPort<Places> {
  return {
    take(now, lengthMs, withinMs) {
      const ahead = row.freeAt > now;
      if (ahead && row.freeAt > now + withinMs && row.freeAt <= now + absurdMs) return { freeAt: row.freeAt };
      const at = ahead && row.freeAt <= now + withinMs ? row.freeAt : now;
      row.freeAt = at + lengthMs;
      return { at };
    },
  };
}
