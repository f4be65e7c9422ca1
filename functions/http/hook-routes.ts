import type { Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import type { Site } from "../../core/catalogue.ts";
import type { SignUp } from "../../core/subscriber/sign-up.ts";
import { type CallOutcome, signUpByCall } from "../../core/webhook/sign-up-by-call.ts";
import type { Call } from "../../core/webhook/webhook-ports.ts";
import { logger } from "../edge/logger.ts";
import { networkOf } from "./network.ts";
import { SignUpFields, toSignUp } from "./sign-up-fields.ts";

type Refused = Exclude<CallOutcome["status"], "check-inbox" | "test">;

const refusals: Record<Refused, { status: ContentfulStatusCode; code: string; message: string }> = {
  forged: {
    status: 401,
    code: "hook.unauthorized",
    message:
      "This call is not signed by a secret of this source: check the name, the secret, and what is signed.",
  },
  stale: {
    status: 401,
    code: "hook.stale",
    message:
      "The time of this call is too far off. A webhook-timestamp may be five minutes off: sign every attempt anew. " +
      "A payload that says itself when it was sent may be 72 hours old.",
  },
  replayed: { status: 409, code: "hook.replayed", message: "The call of this id was carried out already." },
  unreadable: {
    status: 400,
    code: "hook.unreadable",
    message:
      "Send a JSON object with email, and if you like name, zone and course as text, and digest and reminders as true or false.",
  },
  invalid: { status: 422, code: "signup.invalid", message: "Correct these fields." },
};

/** Signups that other sites hand over by signed webhooks. */
export function addHookRoutes(app: Hono, deps: HttpDeps): void {
  const { site } = deps.catalogue;

  app.post("/hooks/:source", async (c) => {
    const call = await readCall(c, c.req.param("source"));
    const from = { source: call.source, network: networkOf(c) };
    const outcome = await signUpByCall(deps, call, (fields) => readFields(fields, site, from));
    if (outcome.status === "test") return c.json({ status: outcome.status }, 200);
    if (outcome.status === "check-inbox") {
      if (!outcome.enqueued) logger.warn("the confirmation waits for dispatch");
      return c.json({ status: outcome.status }, 202);
    }
    const { status, ...told } = refusals[outcome.status];
    logger.warn("a webhook was refused", { code: told.code });
    if (outcome.status === "invalid") return c.json({ ...told, fields: outcome.problems }, status);
    return c.json("reason" in outcome ? { ...told, reason: outcome.reason } : told, status);
  });
}

async function readCall(c: Context, source: string): Promise<Call> {
  return {
    source,
    headers: c.req.header(),
    // Byte by byte what was signed: no byte order mark is dropped, as Request.text() would.
    body: Buffer.from(await c.req.arrayBuffer()).toString("utf8"),
  };
}

function readFields(
  given: unknown,
  site: Site,
  from: Pick<SignUp, "source" | "network">,
): SignUp | undefined {
  const fields = SignUpFields.safeParse(given);
  return fields.success ? toSignUp(fields.data, site, from) : undefined;
}
