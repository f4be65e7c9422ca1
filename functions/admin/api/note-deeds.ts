import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { logger } from "../../edge/logger.ts";
import type { AdminEnv } from "./admit.ts";

const verbs: Record<string, string> = { POST: "create", PATCH: "change", PUT: "change", DELETE: "remove" };

/** Requests that change nothing though they are posted, by the end of their route. */
const looks = new Set(["audience", "find", "preview"]);

/** Notes every deed in the audit log before it is done, and then what became of it. */
export function noteDeeds({ audit, clock }: Pick<AdminDeps, "audit" | "clock">): MiddlewareHandler<AdminEnv> {
  return async (c, next) => {
    const route = routePath(c, -1);
    const action = actionOf(c.req.method, route);
    if (action === undefined) return next();
    const { name: who, keyId } = c.get("admin");
    const end = await audit.begin({ at: clock.now(), who, keyId, via: "api", action });
    await next();
    const subject = subjectIn(route, c.req.path) ?? (await idIn(c.res));
    // The deed is done, and noted: that its end is not must not make it look undone.
    const reason = c.get("reason");
    await end({
      status: c.res.status,
      ...(subject !== undefined && { subject }),
      ...(reason !== undefined && { reason }),
    }).catch((error: unknown) =>
      logger.error("the end of a deed was not noted", { action, name: String((error as Error).name) }),
    );
    return undefined;
  };
}

/** What requests to a route do, as `campaigns.pause`; undefined where they only look, or where there is none. */
function actionOf(method: string, route: string): string | undefined {
  const verb = verbs[method];
  if (verb === undefined || route.includes("*")) return undefined;
  const [area = "", ...rest] = route.replace(/^\/v1\//, "").split("/");
  const deed = rest.findLast((part) => !part.startsWith(":")) ?? verb;
  return looks.has(deed) || looks.has(area) ? undefined : `${area}.${deed}`;
}

/** What stands in a path where its route has a parameter, if it is an id: nothing else goes into the log. */
function subjectIn(route: string, path: string): string | undefined {
  const at = route.split("/").findIndex((part) => part.startsWith(":"));
  const part = at < 0 ? undefined : path.split("/")[at];
  return part !== undefined && /^[\w.-]{1,80}$/.test(part) ? part : undefined;
}

/** Of what was made, its id. */
async function idIn(response: Response): Promise<string | undefined> {
  if (!response.ok) return undefined;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  const id = (body as { id?: unknown } | undefined)?.id;
  return typeof id === "string" ? id : undefined;
}
