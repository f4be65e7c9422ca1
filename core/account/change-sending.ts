import { AppError } from "../errors.ts";
import type { Sending } from "./account-ports.ts";
import type { SendingState } from "./sending-state.ts";

const attempts = 5;

/** Changes the state from what is stored; answers what stands then. `undefined` from `change` leaves it. */
export async function changeSending(
  sending: Sending,
  change: (state: SendingState | undefined) => SendingState | undefined,
): Promise<SendingState | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const was = await sending.load();
    const state = change(was);
    if (!state) return was;
    if (await sending.replace(was, state)) return state;
  }
  throw new AppError("unavailable", "sending.contended", "The state of sending keeps changing; try again");
}
