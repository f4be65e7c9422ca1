import * as z from "zod";
import type { MailEvent, MailEventType } from "../../core/delivery/record-event.ts";
import { toInstant } from "../../core/time/instant.ts";

const Timed = z.object({ timestamp: z.iso.datetime({ offset: true }) });
const Mail = Timed.extend({
  messageId: z.string().min(1),
  sendingAccountId: z.string(),
  destination: z.array(z.string()),
  tags: z.record(z.string(), z.array(z.string())),
});

/** The types that are kept; each must tell what it is about, or the event is malformed. */
const kept = [
  z.object({ eventType: z.literal("Send"), mail: Mail }),
  z.object({ eventType: z.literal("Delivery"), mail: Mail, delivery: Timed }),
  z.object({ eventType: z.literal("DeliveryDelay"), mail: Mail, deliveryDelay: Timed }),
  z.object({
    eventType: z.literal("Bounce"),
    mail: Mail,
    bounce: Timed.extend({ bounceType: z.string() }),
  }),
  z.object({
    eventType: z.literal("Complaint"),
    mail: Mail,
    complaint: Timed.extend({ complaintFeedbackType: z.string().nullish() }),
  }),
  z.object({ eventType: z.literal("Reject"), mail: Mail }),
  z.object({ eventType: z.literal("Rendering Failure"), mail: Mail }),
] as const;
const keptTypes = new Set<string>(kept.flatMap(({ shape }) => [...shape.eventType.values]));

/** Opens, clicks, subscriptions, and what AWS may add: nothing of ours hangs on them. */
const Other = z
  .object({ eventType: z.string().refine((type) => !keptTypes.has(type)) })
  .transform(() => ({ eventType: "other" as const }));

/**
 * An SES event as its EventBridge rule puts it on the queue; open to keys that AWS adds.
 * Source: docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ses.html
 */
export const SesEvent = z.object({
  source: z.literal("aws.ses"),
  account: z.string(),
  region: z.string(),
  detail: z.union([z.discriminatedUnion("eventType", kept), Other]),
});
export type SesEvent = z.infer<typeof SesEvent>;
type Kept = Exclude<SesEvent["detail"], { eventType: "other" }>;

/** By what a mail of this service is known: its configuration set, and the queue's account and region, from its ARN. */
export interface Home {
  configurationSet: string;
  queueArn: string;
}

/** The event in our words; undefined if it is not about a mail of this service, or of a type that changes nothing. */
export function toMailEvent(event: SesEvent, home: Home): MailEvent | undefined {
  const { detail } = event;
  if (detail.eventType === "other" || !isFrom(home, event, detail)) return undefined;
  const { tags, messageId, destination, timestamp } = detail.mail;
  const [mailing] = tags.mailing ?? [];
  const [subscriberId] = tags.subscriber ?? [];
  if (!mailing || !subscriberId) return undefined;
  const [type, at] = told(detail);
  const acceptedAt = toInstant(Date.parse(timestamp));
  return {
    mailing,
    subscriberId,
    type,
    messageId,
    to: destination,
    acceptedAt,
    at: toInstant(Date.parse(at)),
  };
}

function isFrom(
  { configurationSet, queueArn }: Home,
  { account, region }: SesEvent,
  { mail }: Kept,
): boolean {
  const [, , , ourRegion, ourAccount] = queueArn.split(":");
  return (
    mail.tags["ses:configuration-set"]?.includes(configurationSet) === true &&
    region === ourRegion &&
    account === ourAccount &&
    mail.sendingAccountId === ourAccount
  );
}

/** Bounces other than permanent ones are soft: `Transient` comes once SES has given up, `Undetermined` says nothing. */
function told(detail: Kept): [type: MailEventType, at: string] {
  switch (detail.eventType) {
    case "Send":
      return ["accepted", detail.mail.timestamp];
    case "Delivery":
      return ["delivered", detail.delivery.timestamp];
    case "DeliveryDelay":
      return ["delayed", detail.deliveryDelay.timestamp];
    case "Bounce":
      return [detail.bounce.bounceType === "Permanent" ? "bounced" : "soft-bounced", detail.bounce.timestamp];
    case "Complaint":
      return [
        detail.complaint.complaintFeedbackType === "not-spam" ? "not-spam" : "complained",
        detail.complaint.timestamp,
      ];
    case "Reject":
      return ["rejected", detail.mail.timestamp];
    case "Rendering Failure":
      return ["not-rendered", detail.mail.timestamp];
  }
}
