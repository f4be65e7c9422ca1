import type { Context } from "hono";
import { readForm } from "../edge/read-form.ts";

/** The token in a posted form; empty if there is none, which is a forged one. */
export async function readToken(c: Context): Promise<string> {
  return (await readForm(c, ["token"])).token;
}
