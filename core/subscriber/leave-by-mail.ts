import type { Measures } from "../measures.ts";
import { tokenInSubject } from "./token-in-subject.ts";
import { type UnsubscribeDeps, unsubscribe } from "./unsubscribe.ts";

export type LeaveByMailDeps = UnsubscribeDeps & { measures: Measures };

export type LeaveByMailOutcome = { status: "left"; list: string } | { status: "forged" | "no-token" };

/**
 * Leaves the list that the subject of an unsubscribe mail names. The token in it is all the proof there is, and enough:
 * whoever has it could press the button on the page as well. Who the mail is from does not matter, nor what a filter thinks of it.
 */
export async function leaveByMail(
  deps: LeaveByMailDeps,
  input: { subject: string },
): Promise<LeaveByMailOutcome> {
  const token = tokenInSubject(input.subject);
  if (token === undefined) return { status: "no-token" };
  const outcome = await unsubscribe(deps, { token });
  if (outcome.status === "left") return { status: "left", list: outcome.list };
  // Several are a key that was taken out of use: readers who want to go cannot.
  deps.measures.note("LeaveMailsForged", 1);
  return { status: "forged" };
}
