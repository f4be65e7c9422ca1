import type { Hono, MiddlewareHandler } from "hono";
import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { type Admin, authenticate, may } from "../../../core/admin/authorize.ts";
import type { Scope } from "../../../core/admin/scopes.ts";
import { answerDetails, problem } from "../../edge/problem.ts";

/** The app of admins: by the time that a route runs, it is known who calls. */
export type AdminApp = Hono<AdminEnv>;
export interface AdminEnv {
  Variables: {
    admin: Admin;
    /** The answer tells what is told once and kept nowhere. */
    tellsSecret?: true;
    /** Why it is done, where whoever does it has to say so: kept in the audit log. */
    reason?: string;
  };
}

const unknown = problem(
  401,
  "key.unknown",
  "Who are you?",
  "Send the header Authorization: Bearer and an admin key; stepletter keys create --first makes the first one.",
);

/** Lets in only who has a key. */
export function admit(deps: Pick<AdminDeps, "adminKeys">): MiddlewareHandler<AdminEnv> {
  return async (c, next) => {
    const admin = await authenticate(deps, c.req.header("authorization"));
    if (!admin) {
      c.header("WWW-Authenticate", 'Bearer realm="stepletter"');
      return answerDetails(c, unknown);
    }
    c.set("admin", admin);
    return next();
  };
}

/** Lets through only whose key has the scope of a route. */
export function needs(scope: Scope): MiddlewareHandler<AdminEnv> {
  const refusal = problem(
    403,
    "key.scope",
    "This key may not do that",
    `This key lacks the scope ${scope}. Use another key; stepletter keys list tells what each may do.`,
  );
  return async (c, next) => (may(c.get("admin"), scope) ? next() : answerDetails(c, refusal));
}
