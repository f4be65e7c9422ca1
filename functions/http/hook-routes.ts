import type { Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import type { Site } from "../../core/catalogue.ts";
import type { SignUp } from "../../core/subscriber/sign-up.ts";
import type { SignedCall } from "../../core/webhook/check-call.ts";
import { type CallOutcome, signUpByCall } from "../../core/webhook/sign-up-by-call.ts";
import { logger } from "../edge/logger.ts";
import { networkOf } from "./network.ts";
import { SignUpFields, toSignUp } from "./sign-up-fields.ts";

type Refused = Exclude<CallOutcome["status"], "check-inbox">;

const refusals: Record<Refused, { status: ContentfulStatusCode; code: string; message: string }> = {
  forged: {
    status: 401,
    code: "hook.unauthorized",
    message:
      "This call is not signed by a secret of this source: sign id.timestamp.body, as Standard Webhooks has it.",
  },
  stale: {
    status: 401,
    code: "hook.stale",
    message:
      "The webhook-timestamp is more than five minutes off: sign every attempt anew, by a clock that is right.",
  },
  replayed: { status: 409, code: "hook.replayed", message: "This webhook-id was carried out already." },
  unreadable: {
    status: 400,
    code: "hook.unreadable",
    message:
      "Send a JSON object with email, and if you like name, zone and course as text, and digest as true or false.",
  },
  invalid: { status: 422, code: "signup.invalid", message: "Correct these fields." },
};

/** Signups that other sites hand over by signed webhooks (Standard Webhooks). */
export function addHookRoutes(app: Hono, deps: HttpDeps): void {
  const { site } = deps.catalogue;

  app.post("/hooks/:source", async (c) => {
    const call = await readCall(c, c.req.param("source"));
    const from = { source: call.source, network: networkOf(c) };
    const outcome = await signUpByCall(deps, call, (body) => readBody(body, site, from));
    if (outcome.status === "check-inbox") {
      if (!outcome.enqueued) logger.warn("the confirmation waits for dispatch");
      return c.json({ status: outcome.status }, 202);
    }
    const { status, ...told } = refusals[outcome.status];
    logger.warn("a webhook was refused", { code: told.code });
    return c.json(outcome.status === "invalid" ? { ...told, fields: outcome.problems } : told, status);
  });
}

async function readCall(c: Context, source: string): Promise<SignedCall> {
  const header = (name: string) => c.req.header(name) ?? "";
  return {
    source,
    id: header("webhook-id"),
    timestamp: header("webhook-timestamp"),
    signature: header("webhook-signature"),
    // Byte by byte what was signed: no byte order mark is dropped, as Request.text() would.
    body: Buffer.from(await c.req.arrayBuffer()).toString("utf8"),
  };
}

/** The fields of the signup, at the top or, as payloads of Standard Webhooks have them, in `data`. */
function readBody(body: string, site: Site, from: Pick<SignUp, "source" | "network">): SignUp | undefined {
  const fields = SignUpFields.safeParse(payloadOf(body));
  return fields.success ? toSignUp(fields.data, site, from) : undefined;
}

function payloadOf(body: string): unknown {
  try {
    const payload: unknown = JSON.parse(body);
    return isObject(payload) && isObject(payload.data) ? payload.data : payload;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object";
}
