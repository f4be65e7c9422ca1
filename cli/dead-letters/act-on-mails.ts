import { DeleteMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { dynamoSubscribers } from "../../adapters/dynamodb/subscribers.ts";
import { leaveByMail } from "../../core/subscriber/leave-by-mail.ts";
import { subjectOf } from "../../functions/mail/received-mail.ts";
import { withKeys } from "../with-keys.ts";
import type { Service } from "../with-service.ts";
import { deadMail } from "./dead-mail.ts";
import type { DeadQueue } from "./open-dead-queues.ts";
import { countMessages, takeMessages } from "./take-messages.ts";

/**
 * Does here and now what the function could not: leaves the lists that the mails name. A mail is deleted after that; what
 * is no mail stays, and so does one whose token no key has made: the key may come back.
 */
export function actOnMails(
  service: Service,
  sqs: SQSClient,
  dead: DeadQueue,
  id: string | undefined,
): Promise<{ status: "acted"; acted: number; forged: number }> {
  const { table, clock } = service;
  return withKeys(service, async (keys) => {
    const deps = { subscribers: dynamoSubscribers(table), keys, clock, measures: { note: () => {} } };
    let [acted, forged] = [0, 0];
    await takeMessages(sqs, dead.url, await countMessages(sqs, dead.url), async (message) => {
      if (id !== undefined && message.MessageId !== id) return "left";
      const mail = deadMail(parse(message.Body ?? ""));
      if (!mail) return "left";
      const { status } = await leaveByMail(deps, { subject: subjectOf(mail) });
      if (status === "forged") {
        forged++;
        return "left";
      }
      await sqs.send(new DeleteMessageCommand({ QueueUrl: dead.url, ReceiptHandle: message.ReceiptHandle }));
      acted++;
      return id === undefined ? "done" : "enough";
    });
    return { status: "acted", acted, forged };
  });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
