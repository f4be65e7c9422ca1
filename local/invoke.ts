import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";

/** A function as Lambda calls it. */
export type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** Calls a handler with an event, within its time. */
export type Invoke = (event: unknown) => Promise<unknown>;

/** A function was still running when its time was over. Lambda would have stopped it; here it is left behind. */
export class FunctionTimeoutError extends Error {
  override readonly name = "FunctionTimeoutError";
}

/** Calls a handler as Lambda does: with a context, and no longer than its time-out. */
export function invoker(
  name: string,
  spec: { timeoutSeconds: number; memoryMb: number },
  handler: Handler,
): Invoke {
  return async (event) => {
    const deadline = Date.now() + spec.timeoutSeconds * 1000;
    const { promise: expired, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => reject(new FunctionTimeoutError(`${name} timed out after ${spec.timeoutSeconds} s.`)),
      spec.timeoutSeconds * 1000,
    );
    try {
      // Lambda passes the event as JSON, so a handler may change it and never sees an undefined or a Date.
      const copy: unknown = JSON.parse(JSON.stringify(event));
      return await Promise.race([handler(copy, contextOf(name, spec.memoryMb, deadline)), expired]);
    } finally {
      clearTimeout(timer);
    }
  };
}

function contextOf(name: string, memoryMb: number, deadline: number): Context {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
    memoryLimitInMB: String(memoryMb),
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: "local",
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
