import type { Context } from "hono";
import type * as z from "zod";
import type { ReadBody } from "./read-json.ts";
import { problemsOf } from "./read-json.ts";

/** Reads what is asked for in the query of an address. */
export function readQuery<Query>(c: Context, shape: z.ZodType<Query>): ReadBody<Query> {
  const read = shape.safeParse(c.req.query());
  return read.success
    ? { status: "read", body: read.data }
    : { status: "invalid", problems: problemsOf(read.error) };
}
