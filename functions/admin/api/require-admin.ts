import type { MiddlewareHandler } from "hono";
import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { authorize } from "../../../core/admin/authorize.ts";
import { answerProblem, problem } from "../../edge/problem.ts";

const unknown = problem(
  401,
  "key.unknown",
  "Who are you?",
  "Send the header Authorization: Bearer and an admin key; stepletter keys create --first makes the first one.",
);
const viewer = problem(
  403,
  "key.viewer",
  "This key may only look",
  "This key belongs to a viewer. Use an owner's key to change anything.",
);

const reading = new Set(["GET", "HEAD"]);

/** Lets only admins in; a viewer may look, and nothing else. */
export function requireAdmin(deps: AdminDeps): MiddlewareHandler {
  return async (c, next) => {
    const outcome = await authorize(deps, {
      header: c.req.header("authorization"),
      changes: !reading.has(c.req.method),
    });
    if (outcome.status === "viewer") return answerProblem(c, deps, viewer);
    if (outcome.status === "unknown") {
      c.header("WWW-Authenticate", 'Bearer realm="stepletter"');
      return answerProblem(c, deps, unknown);
    }
    return next();
  };
}
