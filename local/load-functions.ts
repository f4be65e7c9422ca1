import type { Clock } from "../core/time/clock.ts";
import type { ServiceManifest } from "../infra/service.ts";
import type { Environment } from "./environment.ts";
import { type Handler, type Invoke, invoker } from "./invoke.ts";

/** Makes a function of the manifest ready to be called. */
export type FunctionLoader = (entry: string, environment: Environment, clock: Clock) => Promise<Handler>;

/** Imports the module that Lambda runs, and connects its handler to the servers that the environment names. */
export const loadFunction: FunctionLoader = async (entry, environment, clock) => {
  const { handler } = await fromRoot<{ handler: { with(deps: unknown): Handler } }>(entry);
  const { connect } = await fromRoot<{
    connect(environment: Environment, given: { clock: Clock }): unknown;
  }>("adapters/connect.ts");
  return handler.with(connect(environment, { clock }));
};

/** All functions of the manifest by name. */
export async function loadFunctions(
  manifest: ServiceManifest,
  environmentOf: (functionName: string) => Environment,
  clock: Clock,
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
