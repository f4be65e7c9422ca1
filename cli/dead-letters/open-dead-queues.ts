import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  type FunctionSpec,
  service as manifest,
  ruleDeadLetters,
  type ServiceManifest,
} from "../../infra/service.ts";
import { watch } from "../aws-client.ts";
import { findQueues, urlOf } from "../doctor/find-queues.ts";
import { misuse } from "../failure.ts";
import { cannot } from "../open-environment.ts";
import type { Service } from "../with-service.ts";

const queues: ServiceManifest["queues"] = manifest.queues;
/** The function that mail triggers; Lambda keeps what it could not act on in a queue that has no other before it. */
const [mailReader = ""] = Object.entries<FunctionSpec>(manifest.functions).flatMap(([name, { triggers }]) =>
  triggers.some(({ kind }) => kind === "mail") ? [name] : [],
);
/** What the event rule could not hand on; it has no queue of its own to go back to but that of the events. */
const ruleQueue = ruleDeadLetters.replace(/-dead$/, "");

/** A queue's dead letters, and where they came from. */
export interface DeadQueue {
  name: string;
  /** The dead-letter queue itself. */
  url: string;
  arn: string;
  /** Where its messages go back to; those of mail go nowhere, and are acted on instead. */
  origin: string | undefined;
  /** Whether SQS knows by itself where they came from. */
  movable: boolean;
  /** Whether what it holds is nowhere else: SES tells an event once, and hands a mail over once. */
  irreplaceable: boolean;
}

/** Names under which dead letters are asked for, as in the manifest. */
export const deadQueueNames: readonly string[] = [...Object.keys(queues), ruleQueue, mailReader];

/** Finds dead-letter queues by the policy of the queues that they belong to, and lets go of the clients afterwards. */
export async function withDeadQueues<Result>(
  service: Service,
  wanted: readonly string[],
  work: (sqs: SQSClient, dead: DeadQueue[]) => Promise<Result>,
): Promise<Result> {
  const { environment, settingsFor, local } = service;
  const elsewhere = process.env.AWS_ENDPOINT_URL_SQS ?? process.env.AWS_ENDPOINT_URL;
  // A queue's address names the host to ask, save where another endpoint is meant.
  const useQueueUrlAsEndpoint = !local && !elsewhere;
  const sqs = watch(new SQSClient({ ...settingsFor("sqs"), useQueueUrlAsEndpoint }), "sqs");
  const events = watch(new EventBridgeClient(settingsFor("eventbridge")), "events");
  try {
    const found = await findQueues({ clients: { sqs, events }, environment, local });
    const { eventQueue } = manifest.mail;
    const ofQueues = wanted
      .filter((name) => name !== ruleQueue && name !== mailReader)
      .map(async (name) => deadOf(sqs, name, found.urls.get(name), name === eventQueue));
    const dead = (await Promise.all(ofQueues)).filter((queue) => queue !== undefined);
    const origin = found.urls.get(eventQueue);
    if (wanted.includes(ruleQueue) && found.ruleDead && origin) {
      const url = await urlOf(sqs, found.ruleDead);
      const rest = { arn: found.ruleDead, origin, movable: false, irreplaceable: true };
      if (url) dead.push({ name: ruleQueue, url, ...rest });
    }
    const ofMail = environment.MAIL_DEAD_LETTERS_URL;
    if (wanted.includes(mailReader) && ofMail !== undefined)
      dead.push({
        name: mailReader,
        url: ofMail,
        arn: "",
        origin: undefined,
        movable: false,
        irreplaceable: true,
      });
    return await work(sqs, dead);
  } catch (error) {
    if (error instanceof Error && "$metadata" in error) throw cannot("The queues cannot be reached", error);
    throw error;
  } finally {
    sqs.destroy();
    events.destroy();
  }
}

/** Works on the dead letters of one queue. */
export async function withDeadQueue<Result>(
  service: Service,
  name: string,
  work: (sqs: SQSClient, dead: DeadQueue) => Promise<Result>,
): Promise<Result> {
  if (!deadQueueNames.includes(name))
    throw misuse(`There is no queue ${name}: choose ${deadQueueNames.join(", ")}.`);
  return withDeadQueues(service, [name], async (sqs, [dead]) => {
    if (!dead) throw misuse(`The queue ${name} has no dead letters here.`);
    return work(sqs, dead);
  });
}

async function deadOf(
  sqs: SQSClient,
  name: string,
  origin: string | undefined,
  irreplaceable: boolean,
): Promise<DeadQueue | undefined> {
  if (!origin) return undefined;
  const command = new GetQueueAttributesCommand({ QueueUrl: origin, AttributeNames: ["RedrivePolicy"] });
  const { Attributes = {} } = await sqs.send(command);
  const { deadLetterTargetArn: arn } = JSON.parse(Attributes.RedrivePolicy ?? "{}") as {
    deadLetterTargetArn?: string;
  };
  const url = arn && (await urlOf(sqs, arn));
  return arn && url ? { name, url, arn, origin, movable: true, irreplaceable } : undefined;
}
