import type { Context } from "hono";

/** The token in a posted form; empty if there is none, which is a forged one. */
export async function readToken(c: Context): Promise<string> {
  const form = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>);
  return typeof form.token === "string" ? form.token : "";
}
