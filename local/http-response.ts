import type { ServerResponse } from "node:http";

interface StructuredResponse {
  statusCode: number;
  headers?: Record<string, string | number | boolean>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
}

/** Writes what a handler returned as an HTTP API would; throws, before anything is written, if it cannot be understood. */
export function writeHttpResult(response: ServerResponse, result: unknown): void {
  const { statusCode, headers = {}, cookies = [], body = "", isBase64Encoded = false } = structured(result);
  response.setHeader("content-type", "text/plain;charset=UTF-8");
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  if (cookies.length > 0) response.setHeader("set-cookie", cookies);
  response.statusCode = statusCode;
  response.end(Buffer.from(body, isBase64Encoded ? "base64" : "utf8"));
}

/** Writes one of the gateway's own answers. */
export function writeGatewayMessage(response: ServerResponse, statusCode: number, message: string): void {
  if (response.headersSent) return;
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  response.writeHead(statusCode, { "content-type": "application/json" }).end(JSON.stringify({ message }));
}

/** An answer without `statusCode` is the body of a 200, as JSON. */
function structured(result: unknown): StructuredResponse {
  if (typeof result === "string") return { statusCode: 200, headers: json, body: result };
  if (!hasStatusCode(result)) return { statusCode: 200, headers: json, body: JSON.stringify(result ?? null) };
  const { statusCode, body } = result;
  if (!Number.isInteger(statusCode) || statusCode < 100 || statusCode > 599) {
    throw new TypeError(`The handler answered with the status ${statusCode}.`);
  }
  if (body !== undefined && body !== null && typeof body !== "string") {
    throw new TypeError("The handler answered with a body that is not a string.");
  }
  return { ...result, body: body ?? "" };
}

const json = { "content-type": "application/json" };

function hasStatusCode(result: unknown): result is StructuredResponse {
  return typeof result === "object" && result !== null && "statusCode" in result;
}
