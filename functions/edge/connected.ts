import type { Environment } from "../../adapters/config.ts";
import type { Connect, Given } from "../../adapters/connect/ground.ts";
import { live } from "../../adapters/live.ts";

/**
 * A handler as Lambda calls it, on what its own environment names. `on` another environment it runs a service on
 * one machine, `with` other ports a test.
 */
export function connected<Deps extends object, Handler extends object>(
  connect: Connect<Deps>,
  using: (getDeps: () => Deps) => Handler,
) {
  const on = (environment: Environment, given?: Given): Handler => {
    const deps = connect(environment, given);
    return using(() => deps);
  };
  return Object.assign(using(live(connect)), { on, with: (deps: Deps): Handler => using(() => deps) });
}
