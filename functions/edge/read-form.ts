import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";

/** Fields of a posted form as text; one that is missing, or is a file, is empty. */
export async function readForm<Name extends string>(
  c: Context,
  names: Name[],
): Promise<Record<Name, string>> {
  const form: Record<string, unknown> = await c.req.parseBody().catch(refuse);
  const fields = names.map((name) => [name, typeof form[name] === "string" ? form[name] : ""]);
  return Object.fromEntries(fields) as Record<Name, string>;
}

/** All texts that a posted form has under each name, such as of boxes that are ticked. */
export async function readTexts(c: Context): Promise<(name: string) => string[]> {
  const form: Record<string, unknown> = await c.req.parseBody({ all: true }).catch(refuse);
  return (name) => [form[name]].flat().filter((value) => typeof value === "string");
}

/** A form that says it is `multipart/form-data`, and not what stands between its parts. */
function refuse(cause: unknown): never {
  if (cause instanceof HTTPException) throw cause;
  throw new HTTPException(400, {
    message: "Send the form as application/x-www-form-urlencoded, as the page does by itself.",
    cause,
  });
}
