/** What is stopped before what: nothing loses the server that it still works with. */
const stages = [
  "calendar",
  "requests",
  "sending",
  "mail",
  "events",
  "status",
  "servers",
  "directory",
] as const;
export type Stage = (typeof stages)[number];

/** What has been started and has to be stopped. */
export interface Closers {
  add(stage: Stage, close: () => Promise<void> | void): void;
  /** Stops all stages up to one, or to the end; each thing once, and each although another one fails. */
  close(upTo?: Stage): Promise<void>;
}

/** Nothing to stop yet. */
export function closers(): Closers {
  const waiting = new Map(stages.map((stage) => [stage, [] as (() => Promise<void> | void)[]]));
  let closing = Promise.resolve();

  async function closeStage(stage: Stage): Promise<unknown[]> {
    const closes = waiting.get(stage)?.splice(0) ?? [];
    const results = await Promise.allSettled(closes.map(async (close) => close()));
    return results.filter((result) => result.status === "rejected").map(({ reason }) => reason);
  }

  async function closeStages(upTo: Stage): Promise<void> {
    const errors: unknown[] = [];
    for (const stage of stages.slice(0, stages.indexOf(upTo) + 1)) errors.push(...(await closeStage(stage)));
    if (errors.length > 0) throw new AggregateError(errors, "Not everything could be stopped.");
  }

  return {
    add: (stage, close) => waiting.get(stage)?.push(close),
    close: (upTo = "directory") => {
      closing = closing.catch(() => {}).then(() => closeStages(upTo));
      return closing;
    },
  };
}
