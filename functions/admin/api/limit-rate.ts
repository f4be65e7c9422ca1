import type { MiddlewareHandler } from "hono";
import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { secondsLeft } from "../../../core/limit/seconds-left.ts";
import { answerDetails, problem } from "../../edge/problem.ts";
import type { AdminEnv } from "./admit.ts";

/** What one key may ask for; a program that imports sends a few requests a second. */
const limit = { most: 600, seconds: 60 };

const tooMany = problem(
  429,
  "key.too-many",
  "Too many requests",
  `A key has ${limit.most} requests a minute. Wait as long as the header Retry-After says.`,
);

/** Limits what a key may ask for, and tells how much is left (draft-ietf-httpapi-ratelimit-headers). */
export function limitRate({ rates, clock }: Pick<AdminDeps, "rates" | "clock">): MiddlewareHandler<AdminEnv> {
  return async (c, next) => {
    const now = clock.now();
    const left = await rates.spend(`key#${c.get("admin").keyId}`, limit, now);
    const wait = secondsLeft(limit, now);
    if (left !== undefined) await next();
    const answer = left === undefined ? answerDetails(c, tooMany) : c.res;
    answer.headers.set("RateLimit-Policy", `"key";q=${limit.most};w=${limit.seconds}`);
    answer.headers.set("RateLimit", `"key";r=${left ?? 0};t=${wait}`);
    if (left === undefined) answer.headers.set("Retry-After", String(wait));
    return answer;
  };
}
