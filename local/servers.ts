import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { namesOf, type ServiceManifest } from "../infra/service.ts";
import { ensureTable, type LocalServer, startDynamoDb } from "./dynamodb.ts";
import { type Environment, endpointVariables, identityOf, regionOf } from "./environment.ts";
import { guardsOf } from "./grants/guards.ts";
import { repairIndexes } from "./repair-indexes.ts";
import { ensureQueues, type QueueAddress, startSqs } from "./sqs.ts";
import { startSsm } from "./ssm.ts";

/** Storage, queues and keys, and what was made there. */
export interface Servers {
  endpoints: { dynamodb: string; sqs: string; ssm: string };
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
  queues: Map<string, QueueAddress>;
}

/** Starts what no `AWS_ENDPOINT_URL_…` names elsewhere, and makes table and queues there. */
export async function startServers(
  manifest: ServiceManifest,
  dataDir: string,
  outer: Environment,
  onClose: (close: () => Promise<void>) => void,
): Promise<Servers> {
  const region = regionOf(outer);
  const guards = guardsOf(manifest, outer);
  const use = async (service: "dynamodb" | "sqs" | "ssm", start: () => Promise<LocalServer>) => {
    const elsewhere = outer[endpointVariables[service]];
    if (elsewhere) return elsewhere;
    const server = await start();
    onClose(server.close);
    return server.url;
  };
  const endpoints = {
    dynamodb: await use("dynamodb", () => startDynamoDb(join(dataDir, "dynamodb"), guards.dynamodb)),
    sqs: await use("sqs", () => startSqs(region, guards.sqs)),
    ssm: await use("ssm", () => startSsm(dataDir, namesOf(manifest, "local").keysParameter, guards.ssm)),
  };
  const client = { region, credentials: credentialsOf(outer) };
  const dynamodb = new DynamoDBClient({ ...client, endpoint: endpoints.dynamodb });
  const sqs = new SQSClient({ ...client, endpoint: endpoints.sqs, useQueueUrlAsEndpoint: false });
  onClose(async () => {
    dynamodb.destroy();
    sqs.destroy();
  });
  await ensureTable(dynamodb, manifest.name, manifest.table);
  if (!outer[endpointVariables.dynamodb]) await repairIndexes(dynamodb, manifest.name, manifest.table);
  const queues = await ensureQueues(sqs, manifest.name, manifest.queues);
  return { endpoints, dynamodb, sqs, queues };
}

function credentialsOf(outer: Environment) {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY = "", AWS_SESSION_TOKEN } = identityOf("runtime", outer);
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
}
