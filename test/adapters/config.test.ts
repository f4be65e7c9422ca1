import { describe, expect, it } from "vitest";
import { readConfig } from "../../adapters/config.ts";
import { service } from "../../infra/service.ts";

const complete = {
  TABLE_NAME: "stepletter",
  SEND_NOW_QUEUE_URL: "https://sqs.example/now",
  SEND_BULK_QUEUE_URL: "https://sqs.example/bulk",
  FEED_QUEUE_URL: "https://sqs.example/feeds",
  PUBLIC_URL: "https://steps.example/",
  CONFIGURATION_SET: "stepletter",
  KEYS_PARAMETER: "/stepletter/local/keys",
  POWERTOOLS_METRICS_NAMESPACE: "stepletter-local",
  SES_TIMEOUT_SECONDS: "15",
  WORK_SECONDS: "40",
  LEASE_SECONDS: "90",
  AWS_REGION: "us-east-1",
};

describe("the environment", () => {
  it("is read into numbers and addresses", () => {
    expect(readConfig(complete)).toMatchObject({ LEASE_SECONDS: 90, PUBLIC_URL: "https://steps.example" });
  });

  it("names everything that is missing or malformed, at once", () => {
    const { TABLE_NAME: _, LEASE_SECONDS: __, ...partial } = complete;
    expect(() => readConfig({ ...partial, PUBLIC_URL: "steps.example" })).toThrow(
      /TABLE_NAME is missing.*PUBLIC_URL: .*LEASE_SECONDS is missing/,
    );
  });

  it("does not repeat a value, which may be a secret", () => {
    expect(() => readConfig({ ...complete, PUBLIC_URL: "hunter2" })).toThrow(
      expect.not.stringContaining("hunter2"),
    );
  });

  it.each(Object.entries(service.functions))("of %s, as the manifest gives it, is complete", (_, spec) => {
    const given = new Set([...Object.keys(spec.environment), "AWS_REGION"]);
    expect(Object.keys(complete).filter((key) => !given.has(key))).toEqual([]);
  });
});
