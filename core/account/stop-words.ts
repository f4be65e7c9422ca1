import type { Stop, StopCause } from "./stop.ts";

const causes: Record<StopCause, string> = {
  quota: "SES's daily quota is used up",
  pause: "SES has paused or suspended sending",
  identity: "SES does not let this sender send, or only to verified addresses",
  setup: "something that sending needs is not as it should be",
};

/** A stop in words: its cause, since when, and when one packet will try again. */
export function stopWords({ cause, code, since, probeAt }: Stop): string {
  return `${causes[cause]} (${code}), since ${since}; the next probe is due at ${probeAt}`;
}
