import * as z from "zod";
import { ReceivedMail } from "../../functions/mail/received-mail.ts";

/** What Lambda puts away when a function has failed for good: what it was called with, and why it was given up. */
const GivenUp = z.object({ requestPayload: z.object({ Records: z.array(ReceivedMail).min(1) }) });

/** The mail that a dead letter holds; undefined if it holds none. SES hands over one at a time. */
export function deadMail(message: unknown): ReceivedMail | undefined {
  return GivenUp.safeParse(message).data?.requestPayload.Records[0];
}
