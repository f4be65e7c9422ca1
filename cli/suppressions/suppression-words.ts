import * as z from "zod";
import { suppressionReasons } from "../../core/suppression/suppression.ts";

/** Why an address is not written to, as the API tells it. */
export const Reason = z.enum(suppressionReasons);

/** A suppression, as the API tells of it. */
export const Suppression = z.object({
  reason: Reason,
  since: z.string(),
  subscriberId: z.string().exactOptional(),
});

/** The reasons in words. */
export const reasonWords: Record<z.infer<typeof Reason>, string> = {
  complaint: "after a complaint",
  bounce: "after a bounce",
  manual: "by an operator's word",
};
