import type { Context } from "hono";

/** Fields of a posted form as text; one that is missing, or is a file, is empty. */
export async function readForm<Name extends string>(
  c: Context,
  names: Name[],
): Promise<Record<Name, string>> {
  const form = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>);
  const fields = names.map((name) => [name, typeof form[name] === "string" ? form[name] : ""]);
  return Object.fromEntries(fields) as Record<Name, string>;
}
