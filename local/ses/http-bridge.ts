import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** How one request ends; a route may set it. */
export interface Exchange {
  connection: "answer" | "hang" | "drop";
  /** Run once the answer is out, or, without one, at once. */
  afterAnswer: (() => void)[];
}

/** A running server. */
export interface Listener {
  port: number;
  close(): Promise<void>;
}

/** Serves a fetch handler on 127.0.0.1, and lets it leave a request without an answer. */
export async function listen(
  port: number,
  handle: (request: Request, exchange: Exchange) => Response | Promise<Response>,
): Promise<Listener> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing, handle).catch(() => outgoing.destroy());
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handle: (request: Request, exchange: Exchange) => Response | Promise<Response>,
): Promise<void> {
  const exchange: Exchange = { connection: "answer", afterAnswer: [] };
  const response = await handle(await readRequest(incoming), exchange);
  const body = Buffer.from(await response.arrayBuffer());
  const finish = () => {
    for (const then of exchange.afterAnswer) then();
  };
  if (exchange.connection === "answer" && !outgoing.closed) {
    outgoing.once("close", finish);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(body);
    return;
  }
  if (exchange.connection === "drop") incoming.socket.destroy();
  finish();
}

async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = "GET", url = "/", headers } = incoming;
  const body = await buffer(incoming);
  const init: RequestInit = { method };
  init.headers = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" ? [[name, value]] : [],
  );
  if (method !== "GET" && method !== "HEAD") init.body = body;
  return new Request(new URL(url, "http://127.0.0.1"), init);
}
