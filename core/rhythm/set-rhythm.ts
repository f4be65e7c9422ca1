import { fastPath } from "../fast-path.ts";
import { type FindReaderDeps, type FoundReader, findReader } from "../progress/find-reader.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { withPause, withRhythm } from "./change-rhythm.ts";
import { type PauseProblems, readPause, type TypedPause } from "./read-pause.ts";
import { type RhythmProblems, readRhythm, type TypedRhythm } from "./read-rhythm.ts";
import { type ReplanDeps, replan } from "./replan.ts";

export type SetRhythmDeps = FindReaderDeps & ReplanDeps;

type Refused = Exclude<FoundReader, { status: "found" }>;

/** `replanned` is false when the plans wait for the next minute's dispatch. */
export type RhythmSet = { status: "set"; reader: Subscriber; replanned: boolean };
export type SetRhythmOutcome = RhythmSet | { status: "invalid"; problems: RhythmProblems } | Refused;
export type SetPauseOutcome = RhythmSet | { status: "invalid"; problems: PauseProblems } | Refused;

/** Keeps how fast and when a reader wants mails; what is planned already goes by it, too. Twice is harmless. */
export async function setRhythm(
  deps: SetRhythmDeps,
  { token, ...typed }: TypedRhythm & { token: string },
): Promise<SetRhythmOutcome> {
  const found = await findReader(deps, token);
  if (found.status !== "found") return found;
  const read = readRhythm(typed);
  if ("problems" in read) return { status: "invalid", problems: read.problems };
  return carryOut(deps, found.reader.id, (known) => withRhythm(known, read.wanted, deps.clock.now()));
}

/** Pauses what can wait, or resumes it; by the link to one's progress or, in place of leaving, by that to unsubscribe. */
export async function setPause(
  deps: SetRhythmDeps,
  { token, purpose, ...typed }: TypedPause & { token: string; purpose: "progress" | "unsubscribe" },
): Promise<SetPauseOutcome> {
  const found = await findReader(deps, token, purpose);
  if (found.status !== "found") return found;
  const now = deps.clock.now();
  const read = readPause(typed, found.reader.zone, now);
  if ("problems" in read) return { status: "invalid", problems: read.problems };
  return carryOut(deps, found.reader.id, (known) => withPause(known, read.wanted, now));
}

async function carryOut(
  deps: SetRhythmDeps,
  id: string,
  change: (known: Subscriber) => Subscriber | undefined,
): Promise<RhythmSet | { status: "gone" }> {
  const reader = await changeSubscriber(deps.subscribers, id, change);
  if (!reader) return { status: "gone" };
  return { status: "set", reader, replanned: await fastPath(() => replan(deps, reader)) };
}
