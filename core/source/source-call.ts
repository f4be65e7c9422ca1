import * as z from "zod";

/** What became of a call; all but the first two were refused. */
export const callOutcomes = [
  "accepted",
  "test",
  "replayed",
  "stale",
  "forged",
  "unreadable",
  "invalid",
] as const;
export type CallResult = (typeof callOutcomes)[number];

/** A call that came to a source. It has an id of our own: theirs might hold anything, an address too. */
export const SourceCall = z.object({
  id: z.string(),
  at: z.string(),
  outcome: z.enum(callOutcomes),
  /** Why it was refused: names of fields and of what is wrong with them, nothing that was sent. */
  reason: z.string().exactOptional(),
});
export type SourceCall = z.infer<typeof SourceCall>;

/** Whether nothing was done because of it. */
export function isRefused({ outcome }: Pick<SourceCall, "outcome">): boolean {
  return outcome !== "accepted" && outcome !== "test";
}

/** How many of a source's calls are shown. */
export const sourceCallsShown = 100;
