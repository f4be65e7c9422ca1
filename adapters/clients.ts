import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Config } from "./config.ts";

const connectMs = 3_000;
const answerMs = 10_000;

/** Clients of one function. Each has a hard time-out; the defaults wait for ever. */
export function createClients(config: Config) {
  const shared = { region: config.AWS_REGION, ...credentialsOf(config) };
  const requestHandler = {
    connectionTimeout: connectMs,
    requestTimeout: answerMs,
    throwOnRequestTimeout: true,
  };
  return {
    dynamodb: DynamoDBDocumentClient.from(
      new DynamoDBClient({ ...shared, requestHandler, ...endpoint(config.AWS_ENDPOINT_URL_DYNAMODB) }),
      { marshallOptions: { removeUndefinedValues: true } },
    ),
    sqs: new SQSClient({
      ...shared,
      requestHandler,
      useQueueUrlAsEndpoint: !config.AWS_ENDPOINT_URL_SQS,
      ...endpoint(config.AWS_ENDPOINT_URL_SQS),
    }),
    ssm: new SSMClient({ ...shared, requestHandler, ...endpoint(config.AWS_ENDPOINT_URL_SSM) }),
    // One attempt: the SDK counts a lost answer as worth repeating, and a repeated send is a second mail.
    ses: new SESv2Client({
      ...shared,
      maxAttempts: 1,
      requestHandler: { ...requestHandler, requestTimeout: config.SES_TIMEOUT_SECONDS * 1000 },
      ...endpoint(config.AWS_ENDPOINT_URL_SESV2),
    }),
  };
}

function endpoint(url: string | undefined) {
  return url ? { endpoint: url } : {};
}

function credentialsOf(config: Config) {
  if (!config.AWS_ACCESS_KEY_ID || !config.AWS_SECRET_ACCESS_KEY) return {};
  return {
    credentials: {
      accessKeyId: config.AWS_ACCESS_KEY_ID,
      secretAccessKey: config.AWS_SECRET_ACCESS_KEY,
      ...(config.AWS_SESSION_TOKEN && { sessionToken: config.AWS_SESSION_TOKEN }),
    },
  };
}
