import { createHash } from "node:crypto";

/** What a request asks, as a hash by which the same request is known again. */
export function hashRequest(method: string, path: string, body: string): string {
  return createHash("sha256")
    .update(JSON.stringify([method, path, body]))
    .digest("base64url");
}
