import * as z from "zod";
import { topics } from "../../../core/catalogue.ts";
import { digestRhythms } from "../../../core/digest/digest-subscription.ts";

/** Which digest to preview: topics parted by commas, all without; how often, every week without. */
export const PreviewQuery = z.object({
  topics: z
    .string()
    .transform((list) => list.split(",").filter((name) => name !== ""))
    .pipe(z.array(z.enum(topics)).min(1))
    .optional(),
  every: z.enum(digestRhythms).default("week"),
});
export type PreviewQuery = z.infer<typeof PreviewQuery>;

/** Reads which digest to preview, or tells field by field what to do. */
export function readPreview(
  query: Record<string, string>,
): { wanted: PreviewQuery } | { problems: Record<string, string> } {
  const read = PreviewQuery.safeParse(query);
  if (read.success) return { wanted: read.data };
  const wrong = new Set(read.error.issues.map(({ path }) => path[0]));
  return {
    problems: {
      ...(wrong.has("topics") && { topics: `Name topics of these, parted by commas: ${topics.join(", ")}.` }),
      ...(wrong.has("every") && { every: `Choose one of: ${digestRhythms.join(", ")}.` }),
    },
  };
}
