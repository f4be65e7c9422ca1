import {
  BatchExecuteStatementCommand,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DeleteSuppressedDestinationCommand,
  GetAccountCommand,
  GetSuppressedDestinationCommand,
  ListSuppressedDestinationsCommand,
  PutSuppressedDestinationCommand,
  SESv2Client,
  SendBulkEmailCommand,
  SendEmailCommand,
} from "@aws-sdk/client-sesv2";
import {
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { Endpoints } from "../../../local/environment.ts";

/** Clients of all services under one access key. */
export function clientsOf(accessKeyId: string, endpoints: Endpoints) {
  const shared = {
    region: "us-east-1",
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey: "local" },
  };
  return {
    dynamodb: new DynamoDBClient({ ...shared, endpoint: endpoints.dynamodb }),
    sqs: new SQSClient({ ...shared, endpoint: endpoints.sqs, useQueueUrlAsEndpoint: false }),
    ssm: new SSMClient({ ...shared, endpoint: endpoints.ssm }),
    ses: new SESv2Client({ ...shared, endpoint: endpoints.sesv2 }),
  };
}
export type Clients = ReturnType<typeof clientsOf>;

/** A call by a real client, and what IAM would be asked about it. */
export interface Probe {
  name: string;
  action: string;
  /** Undefined: none of the service's. */
  on: string | undefined;
  /** Whether it names rows. */
  keyed?: boolean;
  run(clients: Clients, pk: string): Promise<unknown>;
}

const S = (text: string) => ({ S: text });
const keyOf = (pk: string) => ({ pk: S(pk), sk: S("X") });

function tableProbes(TableName: string, on: string | undefined): Probe[] {
  const probe = (operation: string, run: Probe["run"], keyed = true): Probe => ({
    name: `${operation} of ${TableName}`,
    action: `dynamodb:${operation}`,
    on,
    keyed,
    run,
  });
  return [
    probe("GetItem", ({ dynamodb }, pk) => dynamodb.send(new GetItemCommand({ TableName, Key: keyOf(pk) }))),
    probe("BatchGetItem", ({ dynamodb }, pk) =>
      dynamodb.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [keyOf(pk)] } } })),
    ),
    probe("Query", ({ dynamodb }, pk) =>
      dynamodb.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "#p = :p AND begins_with(sk, :s)",
          ExpressionAttributeNames: { "#p": "pk" },
          ExpressionAttributeValues: { ":p": S(pk), ":s": S("X") },
        }),
      ),
    ),
    probe("PutItem", ({ dynamodb }, pk) =>
      dynamodb.send(new PutItemCommand({ TableName, Item: { ...keyOf(pk), v: { N: "1" } } })),
    ),
    probe("UpdateItem", ({ dynamodb }, pk) =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key: keyOf(pk),
          UpdateExpression: "SET a = :a",
          ExpressionAttributeValues: { ":a": S("1") },
        }),
      ),
    ),
    probe("DeleteItem", ({ dynamodb }, pk) =>
      dynamodb.send(new DeleteItemCommand({ TableName, Key: keyOf(pk) })),
    ),
    probe("BatchWriteItem", ({ dynamodb }, pk) =>
      dynamodb.send(
        new BatchWriteItemCommand({
          RequestItems: { [TableName]: [{ DeleteRequest: { Key: keyOf(pk) } }] },
        }),
      ),
    ),
    probe("PartiQLInsert", ({ dynamodb }, pk) =>
      execute(dynamodb, `INSERT INTO "${TableName}" VALUE {'pk': ?, 'sk': ?}`, pk),
    ),
    probe("PartiQLUpdate", ({ dynamodb }, pk) =>
      execute(dynamodb, `UPDATE "${TableName}" REMOVE "a" WHERE "pk" = ? AND "sk" = ?`, pk),
    ),
    probe("Scan", ({ dynamodb }) => dynamodb.send(new ScanCommand({ TableName })), false),
    probe("DescribeTable", ({ dynamodb }) => dynamodb.send(new DescribeTableCommand({ TableName })), false),
  ];
}

/** A statement's refusal is part of an answer of 200. */
async function execute(dynamodb: DynamoDBClient, Statement: string, pk: string): Promise<void> {
  const statement = { Statement, Parameters: [S(pk), S("X")] };
  const { Responses = [] } = await dynamodb.send(
    new BatchExecuteStatementCommand({ Statements: [statement] }),
  );
  const { Code: name, Message: message } = Responses[0]?.Error ?? {};
  if (name) throw Object.assign(new Error(message), { name });
}

function indexProbe(index: string): Probe {
  return {
    name: `Query of ${index}`,
    action: "dynamodb:Query",
    on: `table/${index}`,
    run: ({ dynamodb }) =>
      dynamodb.send(
        new QueryCommand({
          TableName: "stepletter",
          IndexName: index,
          KeyConditionExpression: "#p = :p",
          ExpressionAttributeNames: { "#p": index },
          ExpressionAttributeValues: { ":p": S("x#1") },
        }),
      ),
  };
}

function queueProbes(queue: string, sqsUrl: string, on: string | undefined): Probe[] {
  const QueueUrl = `${sqsUrl}/000000000000/${queue}`;
  const probe = (operation: string, run: Probe["run"]): Probe => ({
    name: `${operation} of ${queue}`,
    action: `sqs:${operation.replace("Batch", "")}`,
    on,
    run,
  });
  return [
    probe("SendMessage", ({ sqs }) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }))),
    probe("SendMessageBatch", ({ sqs }) =>
      sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: "0", MessageBody: "x" }] })),
    ),
    probe("ReceiveMessage", ({ sqs }) => sqs.send(new ReceiveMessageCommand({ QueueUrl }))),
    probe("PurgeQueue", ({ sqs }) => sqs.send(new PurgeQueueCommand({ QueueUrl }))),
    probe("GetQueueAttributes", ({ sqs }) => sqs.send(new GetQueueAttributesCommand({ QueueUrl }))),
  ];
}

function mailProbes(): Probe[] {
  const mail = { FromEmailAddress: "us@example.org", Destination: { ToAddresses: ["ada@example.com"] } };
  const Simple = { Subject: { Data: "Hello" }, Body: { Text: { Data: "Hello" } } };
  const Template = { TemplateContent: { Subject: "Hello", Text: "Hello" }, TemplateData: "{}" };
  const Raw = { Data: Buffer.from("From: us@example.org\r\nTo: ada@example.com\r\n\r\nHello") };
  const sending = (kind: string, Content: object): Probe => ({
    name: `SendEmail, ${kind}`,
    action: kind,
    on: "mail",
    run: ({ ses }) => ses.send(new SendEmailCommand({ ...mail, Content })),
  });
  return [
    sending("ses:SendEmail", { Simple }),
    sending("ses:SendRawEmail", { Raw }),
    sending("ses:SendTemplatedEmail", { Template }),
    {
      name: "SendBulkEmail",
      action: "ses:SendBulkEmail",
      on: "mail",
      run: ({ ses }) =>
        ses.send(
          new SendBulkEmailCommand({
            FromEmailAddress: "us@example.org",
            DefaultContent: { Template },
            BulkEmailEntries: [{ Destination: mail.Destination }],
          }),
        ),
    },
    {
      name: "GetAccount",
      action: "ses:GetAccount",
      on: "account",
      run: ({ ses }) => ses.send(new GetAccountCommand({})),
    },
    {
      name: "ListSuppressedDestinations",
      action: "ses:ListSuppressedDestinations",
      on: "account",
      run: ({ ses }) => ses.send(new ListSuppressedDestinationsCommand({})),
    },
    {
      name: "GetSuppressedDestination",
      action: "ses:GetSuppressedDestination",
      on: "account",
      run: ({ ses }) => ses.send(new GetSuppressedDestinationCommand({ EmailAddress: "ada@example.com" })),
    },
    {
      name: "PutSuppressedDestination",
      action: "ses:PutSuppressedDestination",
      on: "account",
      run: ({ ses }) =>
        ses.send(new PutSuppressedDestinationCommand({ EmailAddress: "bob@example.com", Reason: "BOUNCE" })),
    },
    {
      name: "DeleteSuppressedDestination",
      action: "ses:DeleteSuppressedDestination",
      on: "account",
      run: ({ ses }) => ses.send(new DeleteSuppressedDestinationCommand({ EmailAddress: "ada@example.com" })),
    },
  ];
}

function keyProbe(Name: string, on: string | undefined): Probe {
  return {
    name: `GetParameter ${Name}`,
    action: "ssm:GetParameter",
    on,
    run: ({ ssm }) => ssm.send(new GetParameterCommand({ Name })),
  };
}

/** Calls of every kind, also such as nothing in the service makes, and on what is not the service's. */
export function allProbes(endpoints: Endpoints, queues: string[]): Probe[] {
  return [
    ...tableProbes("stepletter", "table"),
    ...tableProbes("stepletter-other", undefined),
    ...["due", "roster", "news"].map(indexProbe),
    ...[...queues, "send-now-dead"].flatMap((name) =>
      queueProbes(`stepletter-${name}`, endpoints.sqs, `queue/${name}`),
    ),
    ...queueProbes("send-now", endpoints.sqs, undefined),
    ...mailProbes(),
    keyProbe("/stepletter/local/keys", "keys"),
    keyProbe("/stepletter/other/keys", undefined),
  ];
}
