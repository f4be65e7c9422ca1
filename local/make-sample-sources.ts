import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { dynamoSources } from "../adapters/dynamodb/sources.ts";
import { parseKeyRing } from "../adapters/ssm/keys.ts";
import { secretsOf } from "../core/source/source-secrets.ts";
import type { Instant } from "../core/time/instant.ts";
import type { Environment } from "./environment.ts";
import { readKeysFile } from "./keys-file.ts";
import { sampleSources } from "./sample-sources.ts";

/** Makes the rows of the sample sources. One whose secrets are gone was removed, and stays away. */
export async function makeSampleSources(
  dataDir: string,
  environment: Environment,
  now: Instant,
): Promise<void> {
  const keys = readKeysFile(dataDir);
  if (keys === undefined) return;
  const ring = parseKeyRing(keys);
  const { AWS_REGION = "", AWS_ENDPOINT_URL_DYNAMODB = "", TABLE_NAME = "" } = environment;
  const client = new DynamoDBClient({
    region: AWS_REGION,
    endpoint: AWS_ENDPOINT_URL_DYNAMODB,
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? "",
      ...(environment.AWS_SESSION_TOKEN && { sessionToken: environment.AWS_SESSION_TOKEN }),
    },
  });
  try {
    const sources = dynamoSources({ client: DynamoDBDocumentClient.from(client), name: TABLE_NAME });
    for (const sample of sampleSources) {
      if (secretsOf(ring, sample.name).length === 0) continue;
      await sources.create({ ...sample, sites: [], thankYou: [], afterConfirm: [], createdAt: now });
    }
  } finally {
    client.destroy();
  }
}
