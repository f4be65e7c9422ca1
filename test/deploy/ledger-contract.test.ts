import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { dynamoDeliveries } from "../../adapters/dynamodb/deliveries.ts";
import { service } from "../../infra/service.ts";
import { ensureTable } from "../../local/dynamodb.ts";
import { deliveriesContract } from "../contracts/deliveries-contract.ts";
import { installMinistack, startMinistack } from "./ministack.ts";
import { removeAtEnd } from "./processes.ts";

/** Which reads PartiQL itself, and not just our statements. */
deliveriesContract("in the emulator's table", async () => {
  await installMinistack();
  const folder = await mkdtemp(join(tmpdir(), "stepletter-ledger-"));
  removeAtEnd(folder);
  const emulator = await startMinistack(folder, { PATH: process.env.PATH ?? "" });
  const client = new DynamoDBClient({
    region: "us-east-1",
    endpoint: emulator.url,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  await ensureTable(client, "stepletter", service.table);
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return {
    deliveries: dynamoDeliveries({ client: documents, name: "stepletter" }),
    async stop() {
      client.destroy();
      await emulator.stop();
    },
  };
});
