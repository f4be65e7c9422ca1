import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { previewDigest } from "../../../core/digest/preview-digest.ts";
import { answerFields } from "../../edge/problem.ts";
import { type AdminApp, needs } from "./admit.ts";
import { readPreview } from "./read-preview.ts";

/** The digest, for admins. `/v1/` is guarded by then. */
export function addDigestRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get("/v1/digest/preview", needs("items:read"), async (c) => {
    const read = readPreview(c.req.query());
    if ("problems" in read) return answerFields(c, "preview.invalid", read.problems);
    const { topics, every } = read.wanted;
    return c.json(await previewDigest(deps, { every, ...(topics && { topics }) }));
  });
}
