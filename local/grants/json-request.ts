import type { IncomingMessage } from "node:http";

/** The operation that a request of the AWS JSON protocol names. */
export function targetOf(request: IncomingMessage): string {
  return String(request.headers["x-amz-target"]).split(".")[1] ?? "";
}

/** The body as an object; an empty one if it is none, which names nothing that could be granted. */
export function parseJson<Shape extends object>(body: Buffer): Partial<Shape> {
  try {
    const parsed: unknown = JSON.parse(body.toString("utf8"));
    return typeof parsed === "object" && parsed !== null ? (parsed as Partial<Shape>) : {};
  } catch {
    return {};
  }
}
