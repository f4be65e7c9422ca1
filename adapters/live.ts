import type { Connect } from "./connect/ground.ts";

/** What a deployed function runs on: connected at the first call, kept for the life of the sandbox. */
export function live<Deps extends object>(connect: Connect<Deps>): () => Deps {
  let deps: Deps | undefined;
  return () => {
    deps ??= connect(process.env);
    return deps;
  };
}
