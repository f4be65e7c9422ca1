import * as z from "zod";
import type { Site } from "../../core/catalogue.ts";
import type { SignUp } from "../../core/subscriber/sign-up.ts";

const Field = z.string().max(1000);
const yes = ["on", "true"];

/** A signup as a form, a program or a webhook sends it; what is left out takes the site's default. */
export const SignUpFields = z.object({
  email: Field,
  name: Field.optional(),
  zone: Field.optional(),
  course: Field.optional(),
  /** A ticked box of a form sends `on`. */
  digest: z.union([z.boolean(), z.enum([...yes, "off", "false", ""])]).optional(),
});

/** The signup that these fields ask for. */
export function toSignUp(
  { email, name = "", zone, course, digest }: z.infer<typeof SignUpFields>,
  site: Site,
  from: Pick<SignUp, "source" | "network">,
): SignUp {
  return {
    email,
    name,
    zone: zone || site.defaults.zone,
    course: course || site.defaults.course,
    digest: digest === true || yes.includes(String(digest)),
    ...from,
  };
}
