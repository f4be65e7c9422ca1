import * as z from "zod";
import type { Site } from "../../core/catalogue.ts";
import type { SignUp } from "../../core/subscriber/sign-up.ts";

const Field = z.string().max(1000);
const yes = ["on", "true"];
/** A ticked box of a form sends `on`. */
const Flag = z.union([z.boolean(), z.enum([...yes, "off", "false", ""])]);

/** A signup as a form, a program or a webhook sends it; what is left out takes the site's default. */
export const SignUpFields = z.object({
  email: Field,
  name: Field.optional(),
  zone: Field.optional(),
  course: Field.optional(),
  digest: Flag.optional(),
  reminders: Flag.optional(),
});
type Flag = z.infer<typeof Flag>;

/** What an open door takes besides. */
export const DoorFields = SignUpFields.extend({
  /** The address is meant as it is. */
  asTyped: Flag.optional(),
  /** Pages to go to, of those that the source allows. */
  thankYou: Field.optional(),
  afterConfirm: Field.optional(),
});

/** Whether a box is ticked. */
export function isTicked(flag: Flag | undefined): boolean {
  return flag === true || yes.includes(String(flag));
}

/** The signup that these fields ask for. */
export function toSignUp(
  { email, name = "", zone, course, digest, reminders }: z.infer<typeof SignUpFields>,
  site: Site,
  from: Pick<SignUp, "source" | "network">,
): SignUp {
  return {
    email,
    name,
    zone: zone || site.defaults.zone,
    course: course || site.defaults.course,
    digest: isTicked(digest),
    reminders: isTicked(reminders),
    ...from,
  };
}
