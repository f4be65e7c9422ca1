import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Site } from "../../core/catalogue.ts";
import type { SignUp } from "../../core/subscriber/sign-up.ts";
import { networkOf } from "./network.ts";
import { SignUpFields, toSignUp } from "./sign-up-fields.ts";

const readers: Record<string, (c: Context) => Promise<unknown>> = {
  "application/json": (c) => c.req.json(),
  "application/x-www-form-urlencoded": (c) => c.req.parseBody(),
  "multipart/form-data": (c) => c.req.parseBody(),
};

/**
 * Reads a signup from a request.
 * @throws HTTPException 415 for a body of another type, 400 for one that cannot be read.
 */
export async function readSignUp(c: Context, site: Site): Promise<SignUp> {
  const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (!read) {
    throw new HTTPException(415, {
      message: "Send the form as application/x-www-form-urlencoded, or JSON as application/json.",
    });
  }
  const body = SignUpFields.safeParse(await read(c).catch(() => undefined));
  if (!body.success) {
    throw new HTTPException(400, {
      message:
        "Send the fields email, and if you like name, zone and course, as text, and digest as true or false.",
    });
  }
  return toSignUp(body.data, site, { source: "form", network: networkOf(c) });
}
