import type { MiddlewareHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { hashRequest } from "../../../core/admin/hash-request.ts";
import { answerDetails, problem } from "../../edge/problem.ts";
import type { AdminEnv } from "./admit.ts";

const shape = /^[\x21-\x7e]{1,200}$/;
/** An answer that is longer is not kept: the same request is carried out again, which is harmless. */
const longestBytes = 200 * 1024;

const malformed = problem(
  400,
  "idempotency.malformed",
  "The Idempotency-Key cannot be read",
  "Send one of 1 to 200 visible ASCII characters, such as a UUID, or none.",
);
const inProgress = problem(
  409,
  "idempotency.in-progress",
  "The first request is still being carried out",
  "Wait a few seconds, then send the same again.",
);
const reused = problem(
  422,
  "idempotency.reused",
  "The Idempotency-Key was used for another request",
  "Send another key with another request; the same key only with the same request.",
);
const onceTold = problem(
  409,
  "idempotency.once",
  "The answer was told once",
  "It was done, and its answer holds a secret that is kept nowhere. If that is lost, revoke the key and make another.",
);

/** Answers a request that comes again under the same `Idempotency-Key` as the first time, for a day, without doing it again. */
export function replay({ replays }: Pick<AdminDeps, "replays">): MiddlewareHandler<AdminEnv> {
  return async (c, next) => {
    const key = c.req.header("idempotency-key");
    if (c.req.method !== "POST" || key === undefined) return next();
    if (!shape.test(key)) return answerDetails(c, malformed);
    const { keyId: who } = c.get("admin");
    const request = hashRequest(c.req.method, c.req.path, await c.req.text());
    const claimed = await replays.claim(who, key, request);
    if (claimed === "in-progress") return answerDetails(c, inProgress);
    if (claimed === "other") return answerDetails(c, reused);
    if (claimed !== "mine") {
      const status = claimed.status as ContentfulStatusCode;
      const type = status < 400 ? "application/json" : "application/problem+json";
      return c.body(claimed.body, status, { "content-type": type, "Idempotent-Replayed": "true" });
    }
    await next();
    if (c.get("tellsSecret")) {
      const told = answerDetails(c, onceTold);
      await replays.keep(who, key, { status: told.status, body: await told.text() });
      return undefined;
    }
    const body = await c.res.clone().text();
    const keeps = c.res.status < 500 && c.res.status !== 429 && Buffer.byteLength(body) <= longestBytes;
    if (keeps) await replays.keep(who, key, { status: c.res.status, body });
    else await replays.drop(who, key);
    return undefined;
  };
}
