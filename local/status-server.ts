import { createServer } from "node:http";
import type { LocalServer } from "./dynamodb.ts";
import { close, listen } from "./loopback.ts";

/** Serves what the runtime knows of itself at `/status.json`: ids and numbers only. */
export async function startStatusServer(port: number, status: () => Promise<object>): Promise<LocalServer> {
  const server = createServer(async (request, response) => {
    const answer = (code: number, content: object): void => {
      response
        .writeHead(code, { "content-type": "application/json" })
        .end(`${JSON.stringify(content, null, 2)}\n`);
    };
    if (request.url !== "/status.json") return answer(404, { message: "Only /status.json is here." });
    try {
      answer(200, await status());
    } catch (error) {
      answer(500, { message: String(error) });
    }
  });
  const url = await listen(server, port);
  return { url, close: () => close(server) };
}
