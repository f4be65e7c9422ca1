import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { ask, replay } from "./replay.ts";

/** Largest request of any AWS service that runs here. */
const limitBytes = 16 * 1024 * 1024;

/** An answer that needs no server. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Looks at a request before its server does; what it answers goes out instead. */
export type Guard = (request: IncomingMessage, body: Buffer) => Answer | undefined;

/** Has the server carry out a request, and tells what it answers. */
export type CarryOut = (request: IncomingMessage) => Promise<Answer>;

/** Answers a request, undefined if it is none of its own, by others that the server knows. It asks the guard itself. */
export type Door = (
  request: IncomingMessage,
  body: Buffer,
  carryOut: CarryOut,
) => Promise<Answer> | undefined;

/**
 * Gives a server's own listener only requests that have arrived whole, and that the guard lets through. dynalite
 * throws out of the process when a client goes away while it is still sending.
 */
export function onlyWholeRequests(server: Server, guard: Guard = () => undefined, door?: Door): void {
  const [answer] = server.listeners("request") as RequestListener[];
  if (!answer) throw new Error("The server has no listener to guard.");
  server.removeAllListeners("request");
  const carryOut: CarryOut = (request) => ask(answer, request);
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    readBody(request, limitBytes).then(
      async (body) => {
        if (!body) return;
        const instead = await (door?.(request, body, carryOut) ?? guard(request, body));
        if (instead) response.writeHead(instead.status, instead.headers).end(instead.body);
        else answer(replay(request, body), response as Parameters<RequestListener>[1]);
      },
      () => response.destroy(),
    );
  });
}

/** The whole body; undefined if the client left before its end. Throws when it is larger than the limit. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += chunk.length;
      // Read on to the end without keeping it: a client that is cut off never sees the answer.
      if (size <= limit) chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  if (size > limit) throw new BodyTooLargeError();
  return request.complete ? Buffer.concat(chunks) : undefined;
}

/** A body over the limit. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
}
