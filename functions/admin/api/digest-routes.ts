import type { Hono } from "hono";
import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { previewDigest } from "../../../core/digest/preview-digest.ts";
import { readPreview } from "./read-preview.ts";

/** The digest, for admins. `/v1/` is guarded by then. */
export function addDigestRoutes(app: Hono, deps: AdminDeps): void {
  app.get("/v1/digest/preview", async (c) => {
    const read = readPreview(c.req.query());
    if ("problems" in read) {
      const message = "Correct what is asked for.";
      return c.json({ code: "preview.invalid", message, fields: read.problems }, 422);
    }
    const { topics, every } = read.wanted;
    return c.json(await previewDigest(deps, { every, ...(topics && { topics }) }));
  });
}
