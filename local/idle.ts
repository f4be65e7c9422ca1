import { setTimeout as sleep } from "node:timers/promises";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Source } from "./event-sources.ts";
import type { Gateway } from "./gateway.ts";
import { countMessages } from "./queue-messages.ts";
import type { Scheduler } from "./scheduler.ts";
import type { SesEvents } from "./ses-events.ts";

export interface WorkParts {
  sqs: SQSClient;
  gateway: Pick<Gateway, "open">;
  scheduler: Pick<Scheduler, "running">;
  sources: Source[];
  /** Events that the local SES has not seen handled. */
  eventsPending(): number;
  eventQueue: string;
  sesEvents: Pick<SesEvents, "underWay">;
}

/**
 * Waits until nothing is left to do: no function runs, queues are empty, no SES event is pending. A message
 * that failed and waits for its visibility time-out (minutes of real time) does not count: nobody works on it.
 */
export function untilIdle(parts: WorkParts): () => Promise<void> {
  // Twice, because work moves on between two looks: from a queue to a function, from a function to a queue.
  return async () => {
    for (let quiet = 0; quiet < 2; ) {
      quiet = (await isQuiet(parts)) ? quiet + 1 : 0;
      if (quiet < 2) await sleep(quiet > 0 ? 1 : 10);
    }
  };
}

async function isQuiet(parts: WorkParts): Promise<boolean> {
  const { gateway, scheduler, sources } = parts;
  if (gateway.open() > 0 || scheduler.running() > 0) return false;
  if (sources.some(({ poller }) => poller.inHand() > 0)) return false;
  if (!eventsAreQuiet(parts)) return false;
  const quiet = await Promise.all(
    sources.map(async ({ url, poller }) => {
      const { visible, hidden, delayed } = await countMessages(parts.sqs, url);
      return visible === 0 && delayed === 0 && hidden <= poller.resting();
    }),
  );
  return quiet.every(Boolean);
}

function eventsAreQuiet({ eventsPending, sources, eventQueue, sesEvents }: WorkParts): boolean {
  const source = sources.find(({ queue }) => queue === eventQueue);
  const resting = source?.poller.resting() ?? 0;
  return resting > 0 ? sesEvents.underWay() <= resting : eventsPending() === 0;
}
