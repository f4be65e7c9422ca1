import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type Deployment, now } from "./deployment.ts";
import { confirm, signUp } from "./people.ts";
import type { World } from "./world.ts";

/** Someone who reads the digest and is on no course: no form offers that, so the row is changed before it is confirmed. */
export async function readDigestAlone(
  deployment: Deployment,
  world: World,
  email: string,
  idOf: (email: string) => Promise<string>,
): Promise<string> {
  await signUp(world, email, { digest: "on" });
  const id = await idOf(email);
  await change(deployment, { pk: `SUB#${id}`, sk: "PROFILE" }, "REMOVE #lists.#course", {
    names: { "#lists": "lists", "#course": "minutes" },
  });
  await confirm(world, email);
  return id;
}

/** Makes this edition due for a reader, as if its Monday had come. */
export async function makeDue(deployment: Deployment, subscriberId: string, edition: string): Promise<void> {
  await change(
    deployment,
    { pk: `SUB#${subscriberId}`, sk: "DIGEST" },
    "SET #edition = :edition, #dueAt = :now",
    { names: { "#edition": "edition", "#dueAt": "dueAt" }, values: { ":edition": edition, ":now": now() } },
  );
}

async function change(
  { clients, environment }: Deployment,
  Key: { pk: string; sk: string },
  UpdateExpression: string,
  { names, values }: { names: Record<string, string>; values?: Record<string, string> },
): Promise<void> {
  await clients.table.send(
    new UpdateCommand({
      TableName: environment.TABLE_NAME,
      Key,
      UpdateExpression,
      ConditionExpression: "attribute_exists(pk)",
      ExpressionAttributeNames: names,
      ...(values && { ExpressionAttributeValues: values }),
    }),
  );
}
