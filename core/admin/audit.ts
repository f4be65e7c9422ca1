import * as z from "zod";

/** Something that an admin did, or was refused. No address, no token and nothing of what was sent is in it, but for a reason that was asked for. */
export const AuditEntry = z.object({
  at: z.string(),
  /** The name of a key, or an admin's session. */
  who: z.string(),
  /** The id of the key. */
  keyId: z.string().exactOptional(),
  via: z.enum(["api", "console", "cli"]),
  /** What was done, as `campaigns.pause`. */
  action: z.string(),
  /** The id of what it was done to. */
  subject: z.string().exactOptional(),
  /** Why, where whoever does it has to say so. */
  reason: z.string().exactOptional(),
  /** The status of the answer; absent where none was given. */
  status: z.number().exactOptional(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
