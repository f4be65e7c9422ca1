import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** The only interface that local servers are bound to. */
export const loopback = "127.0.0.1";

/** A port that someone else listens on. */
export class PortTakenError extends Error {
  override readonly name = "PortTakenError";
  readonly port: number;

  constructor(port: number, options?: ErrorOptions) {
    super(
      `Port ${port} is taken by another program: stop it, or choose others with --port (three in a row are needed).`,
      options,
    );
    this.port = port;
  }
}

/** Listens on loopback (port 0 takes any free one) and answers the server's address. */
export async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, loopback, resolve);
  }).catch(throwListenError(port));
  return `http://${loopback}:${(server.address() as AddressInfo).port}`;
}

/** Passes an error of listening on, in words of its own if the port was taken. */
export function throwListenError(port: number): (error: unknown) => never {
  return (error) => {
    const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
    throw taken ? new PortTakenError(port, { cause: error }) : error;
  };
}

/** Stops listening. Requests have a second to end; connections that only wait are dropped. */
export async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
  server.closeIdleConnections();
  // One that was opened ahead of any request counts as busy, and would hold the process for a minute.
  const rest = setTimeout(() => server.closeAllConnections(), 1000);
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  await closed.finally(() => {
    clearTimeout(rest);
    clearInterval(sweep);
  });
}
