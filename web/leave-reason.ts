import type { LeaveReason } from "../core/subscriber/subscriber.ts";
import type { Html } from "./page-layout.ts";
import { radioGroup } from "./radio-group.ts";

const words: Record<LeaveReason, string> = {
  "too-many": "Too many mails",
  "not-for-me": "It is not for me",
  "have-what-i-need": "I have what I need",
  "never-asked": "I never asked for it",
  other: "Something else",
};

/** Asks why somebody leaves, or has left; nobody has to say. */
export function leaveReason(legend: string): Html {
  return radioGroup({
    name: "reason",
    legend,
    chosen: undefined,
    choices: Object.entries(words).map(([value, label]) => ({ value, label })),
  });
}
