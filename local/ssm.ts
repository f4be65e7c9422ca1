import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { newKeyRing } from "../core/token/key-ring.ts";
import type { LocalServer } from "./dynamodb.ts";
import { close, listen } from "./loopback.ts";
import { type Guard, readBody } from "./whole-requests.ts";

/** As much of SSM as the service uses: GetParameter for the one parameter that holds its keys. */
export async function startSsm(dataDir: string, parameter: string, guard?: Guard): Promise<LocalServer> {
  const value = keptKeys(dataDir);
  const server = createServer(async (request, response) => {
    const body = await readBody(request, 64 * 1024).catch(() => undefined);
    const answer = (status: number, content: object) =>
      response
        .writeHead(status, { "content-type": "application/x-amz-json-1.1" })
        .end(JSON.stringify(content));
    if (body === undefined) return response.destroy();
    const refusal = guard?.(request, body);
    if (refusal) return response.writeHead(refusal.status, refusal.headers).end(refusal.body);
    if (request.headers["x-amz-target"] !== "AmazonSSM.GetParameter")
      return answer(400, { __type: "InvalidAction" });
    if (requestedName(body) !== parameter) return answer(400, { __type: "ParameterNotFound" });
    return answer(200, { Parameter: { Name: parameter, Type: "SecureString", Value: value, Version: 1 } });
  });
  const url = await listen(server, 0);
  return { url, close: () => close(server) };
}

function requestedName(body: Buffer): unknown {
  try {
    return (JSON.parse(body.toString("utf8")) as { Name?: unknown }).Name;
  } catch {
    return undefined;
  }
}

/** The keys of this data directory, made once: links in mails that were sent before a restart go on working. */
function keptKeys(dataDir: string): string {
  const path = join(dataDir, "keys.json");
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(path, freshKeys(), { flag: "wx", mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(path, "utf8");
}

function freshKeys(): string {
  const webhooks = { demo: [`whsec_${randomBytes(32).toString("base64")}`] };
  return JSON.stringify({ ...newKeyRing(), webhooks });
}
