import type { Context } from "hono";
import type { LambdaEvent } from "hono/aws-lambda";

/** The address that a request came from, as API Gateway saw it: part of the evidence of consent. */
export function networkOf(c: Context): string {
  const event = (c.env as { event?: LambdaEvent } | undefined)?.event;
  return event && "http" in event.requestContext ? event.requestContext.http.sourceIp : "";
}
