import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type * as z from "zod";

/** A body of the shape that was asked for, or its fields with what is wrong and what to do. */
export type ReadBody<Body> =
  | { status: "read"; body: Body }
  | { status: "invalid"; problems: Record<string, string> };

/**
 * Reads a JSON object from a request.
 * @throws HTTPException 415 for a body of another type, 400 for one that cannot be read.
 */
export async function readJson<Body>(c: Context, shape: z.ZodType<Body>): Promise<ReadBody<Body>> {
  const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json")
    throw new HTTPException(415, { message: "Send JSON, as application/json." });
  const sent: unknown = await c.req.json().catch(() => undefined);
  if (typeof sent !== "object" || sent === null || Array.isArray(sent))
    throw new HTTPException(400, { message: "Send a JSON object." });
  const read = shape.safeParse(sent);
  return read.success
    ? { status: "read", body: read.data }
    : { status: "invalid", problems: problemsOf(read.error) };
}

/** The first thing that is wrong with each field. */
export function problemsOf({ issues }: z.ZodError): Record<string, string> {
  const problems = issues.flatMap((issue): [string, string][] =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => [
          String(issue.path[0] ?? key),
          `There is no such field${issue.path.length > 0 ? ` as ${key}` : ""}: leave it out.`,
        ])
      : [[String(issue.path[0]), issue.message]],
  );
  return Object.fromEntries(problems.toReversed());
}
