import * as z from "zod";

/** How a source is called, in URLs and in the evidence of consent. */
export const sourceName = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** Our own form, which needs no row among the sources. */
export const ownSource = "form";

/** Field by field where a payload has it, as a JMESPath expression. */
export const FieldMap = z.object({
  email: z.string(),
  name: z.string().exactOptional(),
  zone: z.string().exactOptional(),
  course: z.string().exactOptional(),
  digest: z.string().exactOptional(),
  reminders: z.string().exactOptional(),
});
export type FieldMap = z.infer<typeof FieldMap>;

/** How a provider signs that does not follow Standard Webhooks. */
export const HmacCheck = z.object({
  /** Header with the signature, in lower case. */
  header: z.string(),
  /** What stands before the signature in it, such as `sha256=`. */
  prefix: z.string(),
  encoding: z.enum(["base64", "hex"]),
  /** What is signed: `{body}`, and if it is signed too `{header:NAME}`. */
  signs: z.string(),
  /** JMESPath to the id of the call, the same one when it is tried again. */
  id: z.string(),
  /** JMESPath to when it was sent first: an ISO instant, or seconds since the epoch. */
  at: z.string(),
});
export type HmacCheck = z.infer<typeof HmacCheck>;

/** Where signups come from, besides our own form: a form on another site, or a webhook of one. */
export const Source = z.object({
  name: z.string(),
  /** `form`: not signed, sent by browsers. `standard`: Standard Webhooks. `hmac`: signed in a way of its own. */
  kind: z.enum(["form", "standard", "hmac"]),
  /** Origins of sites whose scripts may send the form. */
  sites: z.array(z.string()),
  /** Pages to go to after a signup, and after its confirmation; the first unless a call names another of them. */
  thankYou: z.array(z.string()),
  afterConfirm: z.array(z.string()),
  map: FieldMap.exactOptional(),
  hmac: HmacCheck.exactOptional(),
  createdAt: z.string(),
});
export type Source = z.infer<typeof Source>;

/** The page that is meant: the one that a call names if it is allowed, else the first. */
export function allowedPage(pages: readonly string[], named: string | undefined): string | undefined {
  return pages.find((page) => page === named) ?? pages[0];
}
