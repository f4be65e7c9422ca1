import * as z from "zod";
import type { MailEvent, MailEventType } from "../../core/delivery/record-event.ts";
import { toInstant } from "../../core/time/instant.ts";

const Timed = z.object({ timestamp: z.iso.datetime({ offset: true }) });

/**
 * An SES event as its EventBridge rule puts it on the queue; open to keys that AWS adds.
 * Source: docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ses.html
 */
export const SesEvent = z.object({
  source: z.literal("aws.ses"),
  detail: z.object({
    eventType: z.string(),
    mail: Timed.extend({ messageId: z.string().min(1), tags: z.record(z.string(), z.array(z.string())) }),
    delivery: Timed.optional(),
    bounce: Timed.extend({ bounceType: z.string(), bounceSubType: z.string() }).optional(),
    complaint: Timed.extend({ complaintFeedbackType: z.string().optional() }).optional(),
    deliveryDelay: Timed.optional(),
  }),
});
export type SesEvent = z.infer<typeof SesEvent>;

/** The event in our words; undefined if it is not about a mail of this service. */
export function toMailEvent({ detail }: SesEvent, configurationSet: string): MailEvent | undefined {
  const { tags, messageId } = detail.mail;
  const [mailing] = tags.mailing ?? [];
  const [subscriberId] = tags.subscriber ?? [];
  const type = typeOf(detail);
  if (!tags["ses:configuration-set"]?.includes(configurationSet) || !mailing || !subscriberId || !type)
    return undefined;
  const told = detail.delivery ?? detail.bounce ?? detail.complaint ?? detail.deliveryDelay ?? detail.mail;
  return { mailing, subscriberId, type, messageId, at: toInstant(Date.parse(told.timestamp)) };
}

function typeOf(detail: SesEvent["detail"]): MailEventType | undefined {
  switch (detail.eventType) {
    case "Send":
      return "accepted";
    case "Delivery":
      return "delivered";
    case "DeliveryDelay":
      return "delayed";
    case "Bounce":
      return detail.bounce?.bounceType === "Permanent" ? "bounced" : "soft-bounced";
    case "Complaint":
      return detail.complaint?.complaintFeedbackType === "not-spam" ? "not-spam" : "complained";
    case "Reject":
      return "rejected";
    case "Rendering Failure":
      return "not-rendered";
    default:
      return undefined;
  }
}
