import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Table } from "../adapters/dynamodb/table.ts";
import { environmentFile } from "../local/environment-file.ts";
import { Failure } from "./failure.ts";

const Written = z.object({
  TABLE_NAME: z.string(),
  AWS_REGION: z.string(),
  AWS_ENDPOINT_URL_DYNAMODB: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.string().optional(),
});

/** The table of the service that runs in a data directory, or of an AWS account as the environment names it. */
export function openTable(where: { data?: string | undefined; table: string }): Table & { close(): void } {
  const local = where.data === undefined ? undefined : readWritten(where.data);
  const client = new DynamoDBClient({ maxAttempts: 2, ...(local && clientOf(local)) });
  return {
    client: DynamoDBDocumentClient.from(client),
    name: local?.TABLE_NAME ?? where.table,
    close: () => client.destroy(),
  };
}

function clientOf(written: z.infer<typeof Written>): DynamoDBClientConfig {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = written;
  return {
    region: written.AWS_REGION,
    endpoint: written.AWS_ENDPOINT_URL_DYNAMODB,
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
    },
  };
}

function readWritten(data: string): z.infer<typeof Written> {
  try {
    return Written.parse(JSON.parse(readFileSync(join(data, environmentFile), "utf8")));
  } catch (cause) {
    throw new Failure(
      "service.not-running",
      `No service runs in ${data}. Start it there with npm start -- --data ${data}, and try again.`,
      { cause },
    );
  }
}
