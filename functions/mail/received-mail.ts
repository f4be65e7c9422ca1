import * as z from "zod";

/** A mail that SES has received, as far as it matters: SES hands over headers and its verdicts, never the body. */
export const ReceivedMail = z.object({
  eventSource: z.literal("aws:ses"),
  ses: z.object({
    mail: z.object({
      commonHeaders: z.object({ subject: z.string().optional() }),
      headers: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
    }),
  }),
});
export type ReceivedMail = z.infer<typeof ReceivedMail>;

/** Its subject; empty if it has none. */
export function subjectOf({ ses: { mail } }: ReceivedMail): string {
  const raw = mail.headers?.find(({ name }) => name.toLowerCase() === "subject")?.value;
  return mail.commonHeaders.subject ?? raw ?? "";
}
