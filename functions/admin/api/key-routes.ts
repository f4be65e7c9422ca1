import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { createKey, KeyDraft, revokeKey } from "../../../core/admin/create-key.ts";
import { answerDetails, answerFields, problem } from "../../edge/problem.ts";
import { type AdminApp, needs } from "./admit.ts";
import { readJson } from "./read-json.ts";

const missing = problem(
  404,
  "key.missing",
  "There is no such key",
  "There is no key with this id. stepletter keys list tells which there are.",
);
const last = problem(
  409,
  "key.last",
  "It is the last key that can make keys",
  "Without it nobody could make or revoke a key. Make another one of the role owner first.",
);

/** Keys of admins. */
export function addKeyRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get("/v1/keys", needs("keys:read"), async (c) => {
    const keys = await deps.adminKeys.list();
    return c.json({ items: keys.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt)) });
  });

  app.post("/v1/keys", needs("keys:write"), async (c) => {
    const read = await readJson(c, KeyDraft);
    if (read.status === "invalid") return answerFields(c, "key.invalid", read.problems);
    const outcome = await createKey(deps, { draft: read.body, by: c.get("admin") });
    if (outcome.status === "beyond")
      return answerFields(c, "key.invalid", {
        scopes: `The key that asks lacks ${outcome.scopes.join(", ")}, so it cannot give it.`,
      });
    c.set("tellsSecret", true);
    return c.json({ ...outcome.listed, key: outcome.key }, 201);
  });

  app.delete("/v1/keys/:id", needs("keys:write"), async (c) => {
    const id = c.req.param("id");
    const { status } = await revokeKey(deps, { id });
    if (status === "revoked") return c.json({ id, status });
    return answerDetails(c, status === "last" ? last : missing);
  });
}
