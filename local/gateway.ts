import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Server as NetServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../core/time/clock.ts";
import { toMilliseconds } from "../core/time/instant.ts";
import type { LocalServer } from "./dynamodb.ts";
import { toHttpEvent } from "./http-event.ts";
import { writeGatewayMessage, writeHttpResult } from "./http-response.ts";
import type { Invoke } from "./invoke.ts";
import { listen } from "./loopback.ts";
import { BodyTooLargeError, readBody } from "./whole-requests.ts";

const bodyLimitBytes = 10 * 1024 * 1024;

export interface GatewayOptions {
  port: number;
  clock: Clock;
  invoke: Invoke;
  report: (error: unknown) => void;
  /** How long an HTTP API waits for its function. */
  patienceMs?: number;
}

export interface Gateway extends LocalServer {
  /** Requests that have no answer yet. */
  open(): number;
}

/** An HTTP API on loopback, every request of which goes to one function. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  let open = 0;
  const server = createServer((request, response) => {
    open++;
    // A client that leaves does not end its function, and an answer takes time to leave.
    Promise.all([answer(options, request, response), once(response, "close")]).finally(() => {
      open--;
    });
  });
  const url = await listen(server, options.port);
  return {
    url,
    open: () => open,
    close: async () => {
      const closed = once(server, "close");
      // The close of an HTTP server drops connections whose answer is complete but has not left yet.
      NetServer.prototype.close.call(server);
      while (open > 0) await sleep(10);
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  options: GatewayOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const body = await readBody(request, bodyLimitBytes);
    if (body === undefined) return;
    const event = toHttpEvent(request, body, new Date(toMilliseconds(options.clock.now())));
    writeHttpResult(response, await inTime(options.invoke(event), options.patienceMs ?? 30_000));
  } catch (error) {
    if (error instanceof BodyTooLargeError) {
      response.setHeader("connection", "close");
      return writeGatewayMessage(response, 413, "Request Entity Too Large");
    }
    options.report(error);
    if (error instanceof GatewayTimeoutError)
      return writeGatewayMessage(response, 503, "Service Unavailable");
    writeGatewayMessage(response, 500, "Internal Server Error");
  }
}

class GatewayTimeoutError extends Error {
  override readonly name = "GatewayTimeoutError";
}

async function inTime<T>(work: Promise<T>, patienceMs: number): Promise<T> {
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new GatewayTimeoutError("The function did not answer in time.")),
    patienceMs,
  );
  return Promise.race([work, expired]).finally(() => clearTimeout(timer));
}
