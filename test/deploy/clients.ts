import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** What the test asks the emulator, as an operator would. */
export type Clients = ReturnType<typeof createClients>;

/** An event as SES puts it on the bus. */
export interface BusEvent {
  source: string;
  "detail-type": string;
  detail: object;
  resources?: string[];
}

/** Clients of one emulator. */
export function createClients(endpoint: string) {
  const config = {
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const dynamodb = new DynamoDBClient(config);
  const eventBridge = new EventBridgeClient(config);
  const lambda = new LambdaClient(config);
  const sqs = new SQSClient({ ...config, useQueueUrlAsEndpoint: false });
  const ssm = new SSMClient(config);
  return {
    table: DynamoDBDocumentClient.from(dynamodb),
    lambda,
    sqs,
    /** Puts an event on the default bus; on AWS only SES itself may say that it is from SES. */
    async putEvent({ source, "detail-type": DetailType, detail, resources = [] }: BusEvent): Promise<void> {
      const entry = { Source: source, DetailType, Detail: JSON.stringify(detail), Resources: resources };
      const { FailedEntryCount } = await eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
      if (FailedEntryCount) throw new Error("The event bus refused an event");
    },
    async parameter(name: string): Promise<string> {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
      return Parameter?.Value ?? "";
    },
    destroy() {
      for (const client of [dynamodb, eventBridge, lambda, sqs, ssm]) client.destroy();
    },
  };
}
