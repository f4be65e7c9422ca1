import * as z from "zod";
import { itemTitle, sourceTitle, topic, webAddress } from "./feed-draft.ts";

const hoursHint = "Write hours in quarters, up to 100, such as 1.5.";
const summaryHint = "Write at most 300 characters.";

/** An item that an admin enters, of a source without a feed. */
export const ItemDraft = z.strictObject({
  link: webAddress("Write the https:// address of the page."),
  title: itemTitle,
  source: sourceTitle,
  topic,
  summary: z
    .string(summaryHint)
    .trim()
    .transform((text) => text.replace(/\s+/g, " "))
    .pipe(z.string().max(300, summaryHint))
    .default(""),
  ceHours: z
    .number(hoursHint)
    .positive(hoursHint)
    .max(100, hoursHint)
    .multipleOf(0.25, hoursHint)
    .exactOptional(),
  date: z.iso.date("Write the day that it is of as YYYY-MM-DD.").exactOptional(),
});
export type ItemDraft = z.infer<typeof ItemDraft>;
