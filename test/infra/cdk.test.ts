import { describe, expect, it } from "vitest";
import { service } from "../../infra/service.ts";
import { factsFromManifest } from "./facts-from-manifest.ts";
import { settingsOf, synthesise } from "./synthesise.ts";

const certificateArn =
  "arn:aws:acm:eu-central-1:123456789012:certificate/0f0e0d0c-0b0a-0908-0706-050403020100";

describe("the CDK app renders what the manifest says", { timeout: 120_000 }, () => {
  it.each([
    ["in production", settingsOf()],
    ["in another stage", settingsOf({ stage: "dev" })],
    ["with a host name", settingsOf({ web: { domain: "news.example.org", certificateArn } })],
    ["with a restored table", settingsOf({ restoredTable: "stepletter-restored" })],
    ["with a mailbox that SES receives for", settingsOf({ receiptRuleSet: "inbound" })],
    ["with a domain that SES has already", settingsOf({ stage: "dev", mailDomainExists: true })],
  ])("%s", (_, settings) => {
    const { template, factsOf } = synthesise(settings);
    expect(factsOf(template)).toEqual(factsFromManifest(service, settings));
  });
});
