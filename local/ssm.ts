import { createServer } from "node:http";
import type { LocalServer } from "./dynamodb.ts";
import { openKeysFile } from "./keys-file.ts";
import { close, listen } from "./loopback.ts";
import { type Guard, readBody } from "./whole-requests.ts";

/** What the standard tier takes. */
const longest = 4_096;

interface Answer {
  status: number;
  content: object;
}

/** As much of SSM as the service and its commands use: GetParameter and PutParameter for the one that holds its keys. */
export async function startSsm(dataDir: string, parameter: string, guard?: Guard): Promise<LocalServer> {
  const answerTo = keysParameter(dataDir, parameter);
  const server = createServer(async (request, response) => {
    const body = await readBody(request, 64 * 1024).catch(() => undefined);
    if (body === undefined) return response.destroy();
    const refusal = guard?.(request, body);
    if (refusal) return response.writeHead(refusal.status, refusal.headers).end(refusal.body);
    const { status, content } = answerTo(String(request.headers["x-amz-target"]), asked(body));
    return response
      .writeHead(status, { "content-type": "application/x-amz-json-1.1" })
      .end(JSON.stringify(content));
  });
  const url = await listen(server, 0);
  return { url, close: () => close(server) };
}

function keysParameter(dataDir: string, parameter: string) {
  const file = openKeysFile(dataDir);
  let version = 1;
  const refused = (__type: string): Answer => ({ status: 400, content: { __type } });
  return (target: string, { Name, Value, Type, Overwrite }: Record<string, unknown>): Answer => {
    if (target === "AmazonSSM.GetParameter") {
      if (Name !== parameter) return refused("ParameterNotFound");
      const Parameter = { Name, Type: "SecureString", Value: file.read(), Version: version };
      return { status: 200, content: { Parameter } };
    }
    if (target !== "AmazonSSM.PutParameter") return refused("InvalidAction");
    const fits = Name === parameter && Type === "SecureString" && typeof Value === "string";
    if (!fits || Value.length > longest) return refused("ValidationException");
    if (Overwrite !== true) return refused("ParameterAlreadyExists");
    file.replace(Value);
    return { status: 200, content: { Version: ++version, Tier: "Standard" } };
  };
}

function asked(body: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(body.toString("utf8")) as Record<string, unknown>;
  } catch {
    return {};
  }
}
