import { connect, type Deps } from "./connect.ts";

let deps: Deps | undefined;

/** What the deployed functions run on: connected at the first call, kept for the life of the sandbox. */
export function live(): Deps {
  deps ??= connect(process.env);
  return deps;
}
