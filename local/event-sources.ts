import type { Message } from "@aws-sdk/client-sqs";
import type { ServiceManifest } from "../infra/service.ts";
import type { Invoke } from "./invoke.ts";
import { type Poller, startPoller } from "./poller.ts";
import type { Schedule } from "./scheduler.ts";
import type { Servers } from "./servers.ts";

/** The function that answers HTTP requests. */
export function httpFunction(manifest: ServiceManifest, functions: Map<string, Invoke>): Invoke {
  const [name] =
    Object.entries(manifest.functions).find(([, { triggers }]) =>
      triggers.some(({ kind }) => kind === "http"),
    ) ?? [];
  return invokeOf(functions, name ?? "http");
}

/** All schedules of the manifest. */
export function schedulesOf(manifest: ServiceManifest, functions: Map<string, Invoke>): Schedule[] {
  return Object.entries(manifest.functions).flatMap(([name, { triggers }]) =>
    triggers
      .filter((trigger) => trigger.kind === "schedule")
      .map(({ expression }) => ({ name, expression, invoke: invokeOf(functions, name) })),
  );
}

export interface PollerTuning {
  duplicates: number;
  seed: string;
  onSettled: (message: Message) => void;
  report: (error: unknown) => void;
}

/** A queue with the poller that empties it. */
export interface Source {
  queue: string;
  url: string;
  poller: Poller;
}

/** Starts a poller for each queue that triggers a function. */
export function startPollers(
  manifest: ServiceManifest,
  servers: Servers,
  functions: Map<string, Invoke>,
  tuning: PollerTuning,
): Source[] {
  return Object.entries(manifest.functions).flatMap(([name, { triggers }]) =>
    triggers
      .filter((trigger) => trigger.kind === "queue")
      .map(({ queue, batchSize, maxConcurrency }): Source => {
        const address = servers.queues.get(queue);
        const spec = manifest.queues[queue];
        if (!address || !spec) throw new Error(`The manifest has no queue ${queue}.`);
        const poller = startPoller({
          client: servers.sqs,
          queue: address,
          batchSize,
          maxConcurrency,
          maxReceives: spec.maxReceives,
          visibilitySeconds: spec.visibilitySeconds,
          invoke: invokeOf(functions, name),
          ...tuning,
          seed: `${tuning.seed} ${queue}`,
        });
        return { queue, url: address.url, poller };
      }),
  );
}

function invokeOf(functions: Map<string, Invoke>, name: string): Invoke {
  const invoke = functions.get(name);
  if (!invoke) throw new Error(`The manifest has no function ${name}.`);
  return invoke;
}
