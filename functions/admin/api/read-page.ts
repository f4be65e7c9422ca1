import * as z from "zod";

const limitHint = "Write a number from 1 to 100.";

/** Which page of a list: `cursor` is what the page before told as `next`. */
export const PageQuery = z.object({
  limit: z.coerce.number(limitHint).int(limitHint).min(1, limitHint).max(100, limitHint).default(50),
  cursor: z
    .string()
    .max(300, "Send the cursor as the page before told it.")
    .transform((text, context) => {
      const read = Buffer.from(text, "base64url").toString("utf8");
      if (/^[\w.:#-]+$/.test(read) && toCursor(read) === text) return read;
      context.addIssue("Send the cursor as the page before told it.");
      return z.NEVER;
    })
    .optional(),
});

/** The cursor of the page behind a place in a list, for the caller to send back as it is. */
export function toCursor(place: string): string {
  return Buffer.from(place).toString("base64url");
}

/** A page of a list as it is answered. */
export function pageBody<Item>(items: Item[], place: string | undefined) {
  return { items, ...(place !== undefined && { next: toCursor(place) }) };
}
