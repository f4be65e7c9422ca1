import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  QueryCommand,
  TransactGetItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { GetAccountCommand, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { service } from "../../../infra/service.ts";
import { guardsOf } from "../../../local/grants/guards.ts";
import { isLetThrough, startGuarded } from "./servers.ts";

const user = (name: string) => `arn:aws:sts::000000000000:assumed-role/${name}/${name}`;
const denied = (name: string, action: string, arn: string) =>
  `User: ${user(name)} is not authorized to perform: ${action} on resource: ${arn} because no identity-based policy allows the ${action} action`;
const S = (text: string) => ({ S: text });
const row = (pk: string) => ({ pk: S(pk), sk: S("STATE") });

describe("a refusal is worded as the service words it", () => {
  it("by DynamoDB", async () => {
    const { as } = await startGuarded();
    const query = new QueryCommand({
      TableName: "stepletter",
      IndexName: "due",
      KeyConditionExpression: "due = :due",
      ExpressionAttributeValues: { ":due": S("due#course#0") },
    });
    await expect(as("http").dynamodb.send(query)).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: denied(
        "http",
        "dynamodb:Query",
        "arn:aws:dynamodb:us-east-1:000000000000:table/stepletter/index/due",
      ),
      $metadata: { httpStatusCode: 400 },
    });
    expect((await as("dispatch").dynamodb.send(query)).Items).toEqual([]);
  });

  it("by SQS, which asks about single messages, in small letters", async () => {
    const { as, endpoints } = await startGuarded();
    const batch = new SendMessageBatchCommand({
      QueueUrl: `${endpoints.sqs}/000000000000/stepletter-send-bulk`,
      Entries: [{ Id: "0", MessageBody: "x" }],
    });
    await expect(as("http").sqs.send(batch)).rejects.toMatchObject({
      name: "AccessDenied",
      message: denied("http", "sqs:sendmessage", "arn:aws:sqs:us-east-1:000000000000:stepletter-send-bulk"),
      $metadata: { httpStatusCode: 403 },
    });
    expect((await as("dispatch").sqs.send(batch)).Successful).toHaveLength(1);
  });

  it("by SQS in its older protocol", async () => {
    const { endpoints } = await startGuarded();
    const send = async (key: string) => {
      const answer = await fetch(endpoints.sqs, {
        method: "POST",
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=${key}/20270301/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=00`,
          "content-type": "application/x-www-form-urlencoded",
        },
        body: new URLSearchParams({
          Action: "SendMessage",
          QueueUrl: `${endpoints.sqs}/000000000000/stepletter-send-bulk`,
          MessageBody: "x",
        }),
      });
      return { status: answer.status, text: await answer.text() };
    };
    const refused = await send("http");
    expect(refused.status).toBe(403);
    expect(refused.text).toContain("<Code>AccessDenied</Code>");
    expect((await send("nobody")).text).toContain("<Code>InvalidClientTokenId</Code>");
    expect(await send("dispatch")).toMatchObject({ status: 200, text: expect.stringContaining("MessageId") });
  });

  it("by SES", async () => {
    const { as } = await startGuarded();
    const mail = new SendEmailCommand({
      FromEmailAddress: "Us <us@example.org>",
      Destination: { ToAddresses: ["ada@example.com"] },
      Content: { Simple: { Subject: { Data: "Hello" }, Body: { Text: { Data: "Hello" } } } },
    });
    await expect(as("dispatch").ses.send(mail)).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: `User \`${user("dispatch")}' is not authorized to perform \`ses:SendEmail' on resource \`arn:aws:ses:us-east-1:000000000000:identity/us@example.org'`,
      $metadata: { httpStatusCode: 403 },
    });
    await expect(as("dispatch").ses.send(new GetAccountCommand({}))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  });

  it("by SSM", async () => {
    const { as } = await startGuarded();
    const get = new GetParameterCommand({ Name: "/stepletter/local/keys", WithDecryption: true });
    await expect(as("dispatch").ssm.send(get)).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: denied(
        "dispatch",
        "ssm:GetParameter",
        "arn:aws:ssm:us-east-1:000000000000:parameter/stepletter/local/keys",
      ),
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe("a grant on rows of one kind", () => {
  it("holds for a batch only if each of its rows is of that kind, and not for what names no row", async () => {
    const { manifest, as } = await startGuarded();
    const actions = ["BatchGetItem", "BatchWriteItem", "Query", "Scan"].map((name) => `dynamodb:${name}`);
    manifest.functions["poll-feed"]?.permissions.push({ on: "table", actions, rowsOf: "FEED#" });
    const { dynamodb } = as("poll-feed");
    const get = (...pks: string[]) =>
      dynamodb.send(new BatchGetItemCommand({ RequestItems: { stepletter: { Keys: pks.map(row) } } }));
    const write = (...pks: string[]) => {
      const stepletter = pks.map((pk, nth) =>
        nth % 2 ? { PutRequest: { Item: row(pk) } } : { DeleteRequest: { Key: row(pk) } },
      );
      return dynamodb.send(new BatchWriteItemCommand({ RequestItems: { stepletter } }));
    };
    expect(await isLetThrough(get("FEED#a", "FEED#b"))).toBe(true);
    expect(await isLetThrough(get("FEED#a", "SUB#b"))).toBe(false);
    expect(await isLetThrough(write("FEED#a", "FEED#b"))).toBe(true);
    expect(await isLetThrough(write("FEED#a", "SUB#b"))).toBe(false);
    expect(await isLetThrough(write("SUB#a", "FEED#b"))).toBe(false);
    const query = (when: string, pk: string) =>
      dynamodb.send(
        new QueryCommand({
          TableName: "stepletter",
          KeyConditionExpression: when,
          ExpressionAttributeValues: { ":one": S(pk), ":other": S("STATE") },
        }),
      );
    expect(await isLetThrough(query("pk = :one AND sk > :other", "FEED#a"))).toBe(true);
    expect(await isLetThrough(query("sk > :other AND pk = :one", "SUB#a"))).toBe(false);
    expect(await isLetThrough(query("sk = :other AND pk = :one", "FEED#a"))).toBe(true);
    expect(await isLetThrough(query("sk = :other AND pk = :one", "SUB#a"))).toBe(false);
  });
});

describe("what nothing grants", () => {
  it("is a batch that also reads another table", async () => {
    const { as } = await startGuarded();
    const Keys = [row("SUB#a")];
    const both = new BatchGetItemCommand({ RequestItems: { stepletter: { Keys }, other: { Keys } } });
    expect(await isLetThrough(as("http").dynamodb.send(both))).toBe(false);
  });

  it("is a transaction, which the local table does not know", async () => {
    const { as } = await startGuarded();
    const read = new TransactGetItemsCommand({
      TransactItems: [{ Get: { TableName: "stepletter", Key: row("SUB#a") } }],
    });
    expect(await isLetThrough(as("http").dynamodb.send(read))).toBe(false);
  });

  it("is a request that nobody signed", async () => {
    const { endpoints } = await startGuarded();
    const post = (url: string, target: string) =>
      fetch(url, { method: "POST", headers: { "x-amz-target": target }, body: "{}" });
    expect((await post(endpoints.dynamodb, "DynamoDB_20120810.ListTables")).status).toBe(400);
    expect((await post(endpoints.sqs, "AmazonSQS.ListQueues")).status).toBe(403);
    expect((await post(endpoints.ssm, "AmazonSSM.GetParameter")).status).toBe(400);
    expect((await fetch(`${endpoints.sesv2}/v2/email/account`)).status).toBe(403);
  });

  it("does not keep anyone from the inbox page", async () => {
    const { endpoints } = await startGuarded();
    expect((await fetch(endpoints.sesv2)).status).toBe(200);
  });
});

it("nothing is checked where the functions call with the operator's own key", () => {
  const elsewhere = { AWS_ENDPOINT_URL_SESV2: "http://127.0.0.1:9" };
  expect(Object.keys(guardsOf(service, elsewhere))).toHaveLength(4);
  expect(guardsOf(service, { ...elsewhere, AWS_ACCESS_KEY_ID: "AKIA" })).toEqual({});
});
