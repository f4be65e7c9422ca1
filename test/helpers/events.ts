import type { Context, SQSEvent } from "aws-lambda";
import type { LambdaEvent } from "hono/aws-lambda";

/** An SQS event with these bodies, in the shape that Lambda's event source mapping hands over. */
export function sqsEvent(...bodies: unknown[]): SQSEvent {
  return {
    Records: bodies.map((body, index) => ({
      messageId: `00000000-0000-4000-8000-00000000000${index}`,
      receiptHandle: `receipt-${index}`,
      body: typeof body === "string" ? body : JSON.stringify(body),
      attributes: {
        ApproximateReceiveCount: "1",
        SentTimestamp: "1803902400000",
        SenderId: "AROAEXAMPLE:dispatch",
        ApproximateFirstReceiveTimestamp: "1803902400500",
      },
      messageAttributes: {},
      md5OfBody: "7b270e59b47ff90a553787216d55d91d",
      eventSource: "aws:sqs",
      eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:stepletter-send-bulk",
      awsRegion: "us-east-1",
    })),
  };
}

/** Ids of the messages that a handler gave back. */
export function failedIds(answer: { batchItemFailures: { itemIdentifier: string }[] }): string[] {
  return answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

export interface HttpCall {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
  base64?: boolean;
  /** The address that it comes from. */
  from?: string;
}

/** An event of an HTTP API, payload version 2.0. */
export function httpEvent({
  method = "GET",
  path,
  headers = {},
  body,
  base64 = false,
  from = "192.0.2.7",
}: HttpCall): LambdaEvent {
  const [rawPath = "/", rawQueryString = ""] = path.split("?");
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString,
    headers: { host: "abc123.execute-api.us-east-1.amazonaws.com", "user-agent": "test", ...headers },
    requestContext: {
      accountId: "123456789012",
      apiId: "abc123",
      domainName: "abc123.execute-api.us-east-1.amazonaws.com",
      domainPrefix: "abc123",
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: from, userAgent: "test" },
      requestId: "JKJaXmPLvHcESHA=",
      routeKey: "$default",
      stage: "$default",
      time: "01/Mar/2027:12:00:00 +0000",
      timeEpoch: 1803902400000,
    },
    ...(body !== undefined && { body }),
    isBase64Encoded: base64,
    // Hono's type wants the authorizer that only some APIs have.
  } as unknown as LambdaEvent;
}

/** A POST of form fields. */
export function formPost(
  path: string,
  fields: Record<string, string>,
  call: Pick<HttpCall, "from"> = {},
): LambdaEvent {
  return httpEvent({
    ...call,
    method: "POST",
    path,
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "text/html" },
    body: new URLSearchParams(fields).toString(),
  });
}

/** What EventBridge Scheduler sends by default. */
export const scheduleEvent = {
  version: "0",
  id: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
  "detail-type": "Scheduled Event",
  source: "aws.scheduler",
  account: "123456789012",
  time: "2027-03-01T12:00:00Z",
  region: "us-east-1",
  resources: ["arn:aws:scheduler:us-east-1:123456789012:schedule/default/stepletter-dispatch"],
  detail: "{}",
};

/** The context that Lambda passes along. */
export const context = {
  awsRequestId: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
  functionName: "stepletter",
  functionVersion: "$LATEST",
  getRemainingTimeInMillis: () => 30_000,
} as unknown as Context;
