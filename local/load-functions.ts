import type { Given } from "../adapters/connect/ground.ts";
import type { ServiceManifest } from "../infra/service.ts";
import type { RuntimeClock } from "./clock.ts";
import type { Environment } from "./environment.ts";
import { type Handler, type Invoke, invoker } from "./invoke.ts";

/** Makes a function of the manifest ready to be called. */
export type FunctionLoader = (
  entry: string,
  environment: Environment,
  clock: RuntimeClock,
) => Promise<Handler>;

/**
 * Imports the module that Lambda runs, and connects its handler to the servers that the environment names.
 * `given` replaces what a run brings along itself, such as the feeds of a demo.
 */
export function functionLoader(given: Omit<Given, "clock"> = {}): FunctionLoader {
  return async (entry, environment, clock) => {
    const { handler } = await fromRoot<{ handler: { on(environment: Environment, given: Given): Handler } }>(
      entry,
    );
    return handler.on(environment, { ...given, clock });
  };
}

/** All functions of the manifest by name. */
export async function loadFunctions(
  manifest: ServiceManifest,
  environmentOf: (functionName: string) => Environment,
  clock: RuntimeClock,
  load: FunctionLoader,
): Promise<Map<string, Invoke>> {
  const loaded = Object.entries(manifest.functions).map(async ([name, spec]): Promise<[string, Invoke]> => {
    return [name, invoker(name, spec, await load(spec.entry, environmentOf(name), clock))];
  });
  return new Map(await Promise.all(loaded));
}

async function fromRoot<Module>(path: string): Promise<Module> {
  return import(new URL(`../${path}`, import.meta.url).href);
}
