import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Config } from "./config.ts";

// Each client by a function of its own, so that a bundle holds only those that its handler connects.

/** Every client has hard time-outs; the defaults wait for ever. */
const requestHandler = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** The table's client. */
export function dynamodbClient(config: Config): DynamoDBDocumentClient {
  const endpoint = endpointOf(config.AWS_ENDPOINT_URL_DYNAMODB);
  return DynamoDBDocumentClient.from(new DynamoDBClient({ ...shared(config), requestHandler, ...endpoint }), {
    marshallOptions: { removeUndefinedValues: true },
  });
}

/** The queues' client. */
export function sqsClient(config: Config): SQSClient {
  const endpoint = endpointOf(config.AWS_ENDPOINT_URL_SQS);
  const useQueueUrlAsEndpoint = !config.AWS_ENDPOINT_URL_SQS;
  return new SQSClient({ ...shared(config), requestHandler, useQueueUrlAsEndpoint, ...endpoint });
}

/** The client of the parameters that hold keys. */
export function ssmClient(config: Config): SSMClient {
  return new SSMClient({ ...shared(config), requestHandler, ...endpointOf(config.AWS_ENDPOINT_URL_SSM) });
}

/** The mails' client. One attempt: the SDK counts a lost answer as worth repeating, and a repeated send is a second mail. */
export function sesClient(config: Config): SESv2Client {
  return new SESv2Client({
    ...shared(config),
    maxAttempts: 1,
    requestHandler: { ...requestHandler, requestTimeout: config.SES_TIMEOUT_SECONDS * 1000 },
    ...endpointOf(config.AWS_ENDPOINT_URL_SESV2),
  });
}

function shared(config: Config) {
  return { region: config.AWS_REGION, ...credentialsOf(config) };
}

function endpointOf(url: string | undefined) {
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
