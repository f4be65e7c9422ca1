import { Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, it, vi } from "vitest";
import type { Settings } from "../../infra/settings.ts";
import { settingsOf, synthesise } from "./synthesise.ts";

const certificateArn = "arn:aws:acm:eu-central-1:123456789012:certificate/1";

describe("cdk-nag, with the rules of AWS Solutions", { timeout: 120_000 }, () => {
  it.each([
    ["production", settingsOf()],
    ["another stage", settingsOf({ stage: "dev" })],
    ["a host name", settingsOf({ web: { domain: "news.example.org", certificateArn } })],
    ["a restored table", settingsOf({ restoredTable: "stepletter-restored" })],
    ["a mailbox that SES receives for", settingsOf({ receiptRuleSet: "inbound" })],
  ])("finds nothing in the stack of %s that is not accounted for", (_, settings) => {
    expect(findingsOf(settings)).toEqual([]);
  });

  it("finds, where nothing is accounted for, what is accounted for, and only that", () => {
    const acknowledge = vi.spyOn(Validations.prototype, "acknowledge").mockImplementation(() => {});
    try {
      expect(findingsOf(settingsOf({ receiptRuleSet: "inbound" }))).toEqual([
        "AwsSolutions-APIG1 stepletter-production/Api/DefaultStage/Resource",
        "AwsSolutions-APIG4 stepletter-production/Route-admin-2/Resource",
        "AwsSolutions-APIG4 stepletter-production/Route-admin-3/Resource",
        "AwsSolutions-APIG4 stepletter-production/Route-admin/Resource",
        "AwsSolutions-APIG4 stepletter-production/Route-http/Resource",
        "AwsSolutions-IAM5[Resource::*] stepletter-production/Role-admin/Resource",
        "AwsSolutions-IAM5[Resource::*] stepletter-production/Role-send-packet/Resource",
        "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*] stepletter-production/Role-send-packet/Resource",
        "AwsSolutions-SQS3 stepletter-production/Queue-receive-leave-dead/Resource",
        "AwsSolutions-SQS3 stepletter-production/Queue-ses-rule-dead/Resource",
      ]);
      const reasons = acknowledge.mock.calls.flat().map(({ reason }) => reason);
      expect(reasons).toHaveLength(10);
      for (const reason of reasons) expect(reason).toMatch(/^[^\n]{20,}$/);
    } finally {
      acknowledge.mockRestore();
    }
  });
});

function findingsOf(settings: Settings): string[] {
  const { violations } = new AwsSolutionsChecks().validateScope(synthesise(settings).stack);
  return violations
    .flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    )
    .sort();
}
