import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { z } from "zod";
import type { Site } from "../../core/catalogue.ts";
import type { SignUp } from "../../core/subscriber/sign-up.ts";
import { networkOf } from "./network.ts";

const Field = z.string().max(1000);
/** A signup as a form or a program sends it; what is left out takes the site's default. */
const SignUpFields = z.object({
  email: Field,
  name: Field.optional(),
  zone: Field.optional(),
  course: Field.optional(),
});

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
      message: "Send the fields email, and if you like name, zone and course, as text.",
    });
  }
  const { email, name = "", zone, course } = body.data;
  return {
    email,
    name,
    zone: zone || site.defaults.zone,
    course: course || site.defaults.course,
    source: "form",
    network: networkOf(c),
  };
}
