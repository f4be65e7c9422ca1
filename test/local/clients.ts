import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { onTestFinished } from "vitest";
import { loopback } from "../../local/loopback.ts";

/** What every client of a local server is made of. */
export const local = { region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };

export function dynamoDbClient(endpoint: string): DynamoDBClient {
  const client = new DynamoDBClient({ ...local, endpoint });
  onTestFinished(() => client.destroy());
  return client;
}

export function sqsClient(endpoint: string): SQSClient {
  const client = new SQSClient({ ...local, endpoint });
  onTestFinished(() => client.destroy());
  return client;
}

/** Begins a request, and goes away before it has been sent. */
export async function abandonRequest(url: string): Promise<void> {
  const { connect } = await import("node:net");
  const socket = connect(Number(new URL(url).port), loopback);
  await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
  await new Promise<void>((resolve) => {
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nhalf`, () => resolve());
  });
  // Whatever the server does about it, it does before it answers the next request.
  await fetch(url).catch(() => {});
  socket.destroy();
  await fetch(url).catch(() => {});
}
