import { GetQueueAttributesCommand, QueueDoesNotExist, type SQSClient } from "@aws-sdk/client-sqs";
import { deadLetterOf, ruleDeadLetters, type ServiceManifest, service } from "../../infra/service.ts";
import { deployCommands } from "../open-environment.ts";
import { findQueues, urlOf } from "./find-queues.ts";
import { advice, blocks, ok, type Verdict } from "./finding.ts";
import { type DeployedProbe, deployedCheck } from "./probe.ts";

const queues: ServiceManifest["queues"] = service.queues;

/** Whether the queues are as the manifest says, and nothing lies in a dead-letter queue. */
export const checkQueues = deployedCheck({
  name: "queues",
  async run(probe) {
    const { urls, ruleDead } = await findQueues(probe);
    const perQueue = Object.keys(queues).map((name) => lookAt(probe, name, urls.get(name)));
    const dead = [lookAtRuleDead(probe, ruleDead), lookAtMails(probe)];
    const found = (await Promise.all([...perQueue, ...dead])).flat();
    return found.length > 0
      ? found
      : [ok(`all ${Object.keys(queues).length} are there, and nothing lies in their dead-letter queues`)];
  },
});

async function lookAt(probe: DeployedProbe, name: string, url: string | undefined): Promise<Verdict[]> {
  const deploy = deployCommands(probe.stage);
  if (!url) return [blocks(`the queue ${name} cannot be found`, deploy)];
  const attributes = await attributesOf(probe.clients.sqs, url);
  if (!attributes) return [blocks(`the queue ${name} does not exist`, deploy)];
  const found: Verdict[] = [];
  const { visibilitySeconds, maxReceives } = queues[name] ?? {};
  if (Number(attributes.VisibilityTimeout) !== visibilitySeconds)
    found.push(
      blocks(
        `messages of ${name} are hidden for ${attributes.VisibilityTimeout} s, not ${visibilitySeconds}`,
        deploy,
      ),
    );
  const redrive = JSON.parse(attributes.RedrivePolicy ?? "{}") as Redrive;
  if (Number(redrive.maxReceiveCount) !== maxReceives || !redrive.deadLetterTargetArn)
    return [...found, blocks(`${name} does not move messages away after ${maxReceives} receives`, deploy)];
  return [...found, ...(await lookAtDead(probe, name, redrive.deadLetterTargetArn))];
}

interface Redrive {
  maxReceiveCount?: number | string;
  deadLetterTargetArn?: string;
}

async function lookAtDead(probe: DeployedProbe, name: string, arn: string): Promise<Verdict[]> {
  const dead = deadLetterOf(name);
  const waiting = await waitingIn(probe.clients.sqs, arn);
  if (waiting === undefined) return [blocks(`the queue ${dead} does not exist`, deployCommands(probe.stage))];
  if (waiting === 0) return [];
  const next = probe.local ? undefined : `npx stepletter dead-letters redrive ${name} --stage ${probe.stage}`;
  return [advice(`${messages(waiting)} in ${dead}, to be put back once the cause is mended`, next)];
}

/** SQS moves nothing back for a rule: its messages carry the reason as attributes. */
async function lookAtRuleDead(
  { clients, stage }: DeployedProbe,
  arn: string | undefined,
): Promise<Verdict[]> {
  if (!arn) return [];
  const waiting = await waitingIn(clients.sqs, arn);
  if (!waiting) return [];
  const next = `npx stepletter dead-letters redrive ${ruleDeadLetters.replace(/-dead$/, "")} --stage ${stage}`;
  return [advice(`${messages(waiting)} in ${ruleDeadLetters}: events that never reached their queue`, next)];
}

/** Where SES receives for the unsubscribe mailbox: mails that the function could not act on. */
async function lookAtMails({ clients, environment, stage }: DeployedProbe): Promise<Verdict[]> {
  const url = environment.MAIL_DEAD_LETTERS_URL;
  if (url === undefined) return [];
  const attributes = await attributesOf(clients.sqs, url);
  if (!attributes) return [blocks("the queue for mails that failed does not exist", deployCommands(stage))];
  const waiting = Number(attributes.ApproximateNumberOfMessages ?? 0);
  if (waiting === 0) return [];
  const next = `npx stepletter dead-letters redrive receive-leave --stage ${stage}`;
  return [advice(`${messages(waiting)} in receive-leave-dead: readers who want to leave`, next)];
}

async function waitingIn(sqs: SQSClient, arn: string): Promise<number | undefined> {
  const url = await urlOf(sqs, arn).catch(unlessMissing);
  const attributes = url ? await attributesOf(sqs, url) : undefined;
  return attributes && Number(attributes.ApproximateNumberOfMessages ?? 0);
}

async function attributesOf(sqs: SQSClient, QueueUrl: string): Promise<Record<string, string> | undefined> {
  const call = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] });
  return (await sqs.send(call).catch(unlessMissing))?.Attributes;
}

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof QueueDoesNotExist)) throw error;
}

function messages(count: number): string {
  return count === 1 ? "1 message lies" : `${count} messages lie`;
}
