/** How grave a finding is; only what `blocks` makes the command fail. */
export type Level = "ok" | "advice" | "blocks" | "skipped";

/** One thing that was found; `next` is the next command to run, or the record to add. */
export interface Finding {
  check: string;
  level: Level;
  says: string;
  next?: string;
}

/** A finding of a check that knows its own name. */
export type Verdict = Omit<Finding, "check">;

/** All is well. */
export const ok = (says: string): Verdict => ({ level: "ok", says });

/** It works, and could be better; or it cannot be told. */
export const advice = (says: string, next?: string): Verdict => withNext({ level: "advice", says }, next);

/** Mail will not go out, or what becomes of it will not be known. */
export const blocks = (says: string, next?: string): Verdict => withNext({ level: "blocks", says }, next);

/** It was not looked at, for a reason. */
export const skipped = (says: string, next?: string): Verdict => withNext({ level: "skipped", says }, next);

function withNext(verdict: Verdict, next: string | undefined): Verdict {
  return next === undefined ? verdict : { ...verdict, next };
}
