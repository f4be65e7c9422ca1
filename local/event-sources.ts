import type { Message } from "@aws-sdk/client-sqs";
import type { ServiceManifest } from "../infra/service.ts";
import type { Invoke } from "./invoke.ts";
import { type Poller, startPoller } from "./poller.ts";
import type { Schedule } from "./scheduler.ts";
import type { Servers } from "./servers.ts";

/** Hands each HTTP request to the function that has its path, as an HTTP API's routes do. */
export function httpRouter(manifest: ServiceManifest, functions: Map<string, Invoke>): Invoke {
  const routes = Object.entries(manifest.functions).flatMap(([name, { triggers }]) =>
    triggers
      .filter((trigger) => trigger.kind === "http")
      .flatMap(({ paths = [""] }) => paths.map((path) => ({ path, invoke: invokeOf(functions, name) }))),
  );
  const rest = routes.find(({ path }) => path === "");
  return async (event) => {
    const { rawPath } = event as { rawPath: string };
    const route = routes.find(({ path }) => path !== "" && leadsTo(path, rawPath)) ?? rest;
    if (!route) throw new Error(`No function of the manifest answers ${rawPath}.`);
    return route.invoke(event);
  };
}

/** Whether a request is one of a route: `/v1/{proxy+}` has all below `/v1/`. */
function leadsTo(path: string, rawPath: string): boolean {
  const greedy = path.indexOf("{proxy+}");
  if (greedy < 0) return rawPath === path;
  return rawPath.startsWith(path.slice(0, greedy)) && rawPath.length > greedy;
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
