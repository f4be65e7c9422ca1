import { Resolver } from "node:dns/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";
import { readYaml } from "../../build/read-yaml.ts";
import { SiteFile } from "../../build/site-schema.ts";
import type { Site } from "../../core/catalogue.ts";
import { namesOf, service } from "../../infra/service.ts";
import { watch } from "../aws-client.ts";
import { misuse } from "../failure.ts";
import { openPlace } from "../open-environment.ts";
import type { Where } from "../where-options.ts";
import type { Probe } from "./probe.ts";

const root = join(import.meta.dirname, "../..");

/** Opens what the checks look at; `dns` names the servers to ask, the machine's own otherwise. */
export function openProbe(where: Where & { dns?: string[] }): Probe & { close(): void } {
  const place = openPlace(where);
  let aheadMs: number | undefined;
  const onDate = (date: Date) => {
    aheadMs = Date.now() - date.getTime();
  };
  const elsewhere = process.env.AWS_ENDPOINT_URL_SQS ?? process.env.AWS_ENDPOINT_URL;
  const clients = {
    dynamodb: watch(new DynamoDBClient(place.settingsFor("dynamodb")), "dynamodb"),
    // A queue's address names the host to ask, save where another endpoint is meant.
    sqs: watch(
      new SQSClient({ ...place.settingsFor("sqs"), useQueueUrlAsEndpoint: !place.data && !elsewhere }),
      "sqs",
    ),
    ssm: watch(new SSMClient(place.settingsFor("ssm")), "ssm"),
    ses: watch(new SESv2Client(place.settingsFor("sesv2")), "ses"),
    sts: watch(new STSClient(place.settingsFor("sts")), "sts", onDate),
    lambda: watch(new LambdaClient(place.settingsFor("lambda")), "lambda"),
    events: watch(new EventBridgeClient(place.settingsFor("eventbridge")), "events"),
  };
  const resolver = new Resolver({ timeout: 1_500, tries: 2 });
  if (where.dns) askServers(resolver, where.dns);
  return {
    stage: place.stage,
    local: place.data !== undefined,
    names: namesOf(service, place.stage),
    place,
    clients,
    region: () => clients.sts.config.region(),
    clockAheadMs: () => aheadMs,
    variables: process.env,
    site: readSite(),
    resolver,
    environment: undefined,
    close() {
      resolver.cancel();
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

function askServers(resolver: Resolver, servers: string[]): void {
  try {
    resolver.setServers(servers);
  } catch {
    throw misuse(`--dns takes addresses of name servers, such as 9.9.9.9; not ${servers.join(" ")}.`);
  }
}

/** The source, not what was built of it: this command runs without a build. */
function readSite(): Site | undefined {
  const file = join(root, "content/site.yaml");
  try {
    let flawless = true;
    const { value } = readYaml(SiteFile, { file, text: readFileSync(file, "utf8") }, () => {
      flawless = false;
    });
    return flawless ? value : undefined;
  } catch {
    return undefined;
  }
}
