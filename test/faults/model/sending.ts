import type { Sending } from "../../../core/account/account-ports.ts";
import type { SendingState } from "../../../core/account/sending-state.ts";
import type { Stop } from "../../../core/account/stop.ts";
import type { SyncPort } from "./sync-port.ts";

/** The rows of sending: one of the account, one for each mailing that is stopped. */
export interface SendingRows {
  state?: SendingState;
  stops: Map<string, Stop>;
}

/** The state of sending, each change stored over the one that was read. */
export function modelSending(table: string, rows: SendingRows): SyncPort<Sending> {
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  return {
    table,
    load: () => rows.state,
    replace(was, state) {
      if (!same(was, rows.state)) return false;
      rows.state = state;
      return true;
    },
    loadFor(mailing) {
      const stop = rows.stops.get(mailing);
      return { ...(rows.state && { state: rows.state }), ...(stop && { stop }) };
    },
    replaceStop(mailing, was, stop) {
      if (!same(was, rows.stops.get(mailing))) return false;
      if (stop) rows.stops.set(mailing, stop);
      else rows.stops.delete(mailing);
      return true;
    },
    stoppedMailings: () => [...rows.stops].map(([mailing, stop]) => ({ mailing, stop })),
  };
}
