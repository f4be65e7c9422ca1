import { describe, expect, it } from "vitest";
import { type Answer, Refusal } from "../../helpers/aws-stub.ts";
import { useHealthyAccount } from "./examined.ts";
import {
  deploy,
  destination,
  domain,
  environmentParameter,
  identity,
  rule,
  account as sesAccount,
  settings,
  target,
} from "./healthy-account.ts";

const account = useHealthyAccount();

describe("the check of the", () => {
  const quota = (changes: object) => ({ SendQuota: { ...sesAccount.SendQuota, ...changes } });
  it.each([
    [
      "in the sandbox",
      { ProductionAccessEnabled: false },
      [
        expect.stringMatching(
          /^blocks: in the sandbox.* \| aws sesv2 put-account-details --production-access/,
        ),
      ],
    ],
    [
      "whose sending is paused",
      { SendingEnabled: false },
      [
        "blocks: sending is paused for the whole account | aws sesv2 put-account-sending-attributes --sending-enabled",
      ],
    ],
    [
      "under review",
      { EnforcementStatus: "PROBATION" },
      [expect.stringContaining("advice: SES has the account under review")],
    ],
    [
      "that was shut down",
      { EnforcementStatus: "SHUTDOWN", SendingEnabled: false },
      [expect.stringContaining("blocks: SES has shut the account's sending down")],
    ],
    [
      "that is nearly spent",
      quota({ SentLast24Hours: 49_000 }),
      ["advice: 1,000 of 50,000 mails of 24 hours are left, at 14 mails a second"],
    ],
    [
      "that is spent",
      quota({ SentLast24Hours: 50_000 }),
      [expect.stringContaining("blocks: 0 of 50,000 mails of 24 hours are left")],
    ],
    ["without a daily limit", quota({ Max24HourSend: -1 }), []],
  ])("SES account %s", async (_, changes, words) => {
    expect(
      await account.complaints("SES account", { "ses:GetAccount": { ...sesAccount, ...changes } }),
    ).toEqual(words);
  });

  it.each([
    [
      "is paused",
      { SendingOptions: { SendingEnabled: false } },
      "blocks: sending is paused for stepletter-production",
    ],
    [
      "counts nothing",
      { ReputationOptions: { ReputationMetricsEnabled: false } },
      "advice: stepletter-production counts",
    ],
    ["is gone", new Refusal("NotFoundException", "", 404), "blocks: SES does not know stepletter-production"],
  ])("configuration set that %s", async (_, answer, words) => {
    const [found] = await account.complaints("configuration set", { "ses:GetConfigurationSet": answer });
    expect(found).toContain(words);
  });

  const goesTo = (changes: object) => ({
    "ses:GetConfigurationSetEventDestinations": { EventDestinations: [{ ...destination, ...changes }] },
  });
  const rules = (changes: object) => ({ "events:ListRules": { Rules: [{ ...rule, ...changes }] } });
  const targets = (...Targets: object[]) => ({ "events:ListTargetsByRule": { Targets } });
  it.each<[string, Record<string, Answer>, string]>([
    ["that SES keeps", goesTo({ Enabled: false }), "blocks: SES hands no events to EventBridge"],
    [
      "of which some are missing",
      goesTo({ MatchingEventTypes: ["SEND", "DELIVERY", "REJECT", "RENDERING_FAILURE", "DELIVERY_DELAY"] }),
      "blocks: SES keeps BOUNCE, COMPLAINT to itself",
    ],
    [
      "that go to another bus",
      goesTo({ EventBridgeDestination: { EventBusArn: "arn:aws:events:eu-west-1:1:event-bus/other" } }),
      "blocks: SES hands no events to EventBridge",
    ],
    ["without a rule", { "events:ListRules": { Rules: [] } }, "blocks: no rule hands them on"],
    [
      "whose rule is another stage's",
      rules({ EventPattern: rule.EventPattern.replace("production", "test") }),
      "blocks: no rule hands them on",
    ],
    [
      "whose rule is off",
      rules({ State: "DISABLED" }),
      "blocks: the rule production-rule is switched off | aws events enable-rule --name production-rule",
    ],
    ["without a target", targets(), "blocks: the rule production-rule hands them to no queue"],
    [
      "without a dead-letter queue",
      targets({ ...target, DeadLetterConfig: undefined }),
      "advice: the rule production-rule keeps nothing that the queue refuses",
    ],
  ])("events %s", async (_, answers, words) => {
    const found = await account.complaints("events", answers);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
  });
});

describe("the check of the mail domain's", () => {
  const known = (changes: object) => ({ "ses:GetEmailIdentity": { ...identity, ...changes } });
  const dkim = (changes: object) => known({ DkimAttributes: { ...identity.DkimAttributes, ...changes } });

  it("identity: the records of DKIM to add, in the region's zone", async () => {
    const pending = { Status: "PENDING", SigningHostedZone: "abc.dkim.eu-west-1.amazonses.com" };
    const answers = known({
      VerifiedForSendingStatus: false,
      DkimAttributes: { ...identity.DkimAttributes, ...pending },
    });
    const found = await account.complaints("identity", answers);
    expect(found[0]).toContain(`blocks: ${domain} is not verified`);
    expect(found[1]?.split(" | ").slice(1)).toEqual(
      ["t1", "t2", "t3"].map(
        (token) => `${token}._domainkey.${domain}  CNAME  ${token}.abc.dkim.eu-west-1.amazonses.com`,
      ),
    );
  });

  it.each([
    ["in the old zone", { Status: "FAILED" }, `t1._domainkey.${domain}  CNAME  t1.dkim.amazonses.com`],
    ["switched off", { SigningEnabled: false }, "put-email-identity-dkim-attributes"],
    [
      "with a key of one's own",
      { Status: "FAILED", SigningAttributesOrigin: "EXTERNAL" },
      "get-email-identity",
    ],
  ])("DKIM %s", async (_, changes, words) => {
    const found = await account.complaints("identity", dkim(changes));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
  });

  it("identity that SES does not know: the deployment's, the operator's, or gone", async () => {
    const unknown = { "ses:GetEmailIdentity": new Refusal("NotFoundException", "", 404) };
    expect(await account.complaints("identity", unknown)).toEqual([
      `blocks: SES does not know ${domain} in this region | ${deploy}`,
    ]);
    expect((await account.complaints("MAIL FROM"))[0]).toMatch(/^skipped: /);
    account.parameters.delete(environmentParameter);
    expect(await account.complaints("identity")).toEqual([
      `skipped: the deployment registers ${domain} with SES`,
    ]);
    const variables = { ...settings, STEPLETTER_MAIL_DOMAIN_EXISTS: "true" };
    expect((await account.complaints("identity", {}, { variables }))[0]).toContain(
      `aws sesv2 create-email-identity --email-identity ${domain}`,
    );
    expect(await account.complaints("identity", {}, { variables: {}, site: undefined })).toEqual([
      "skipped: needs STEPLETTER_MAIL_DOMAIN in .env",
    ]);
  });

  it("MAIL FROM that is missing, or waits for its records", async () => {
    expect(await account.complaints("MAIL FROM", known({ MailFromAttributes: {} }))).toEqual([
      expect.stringContaining(`--mail-from-domain mail.${domain}`),
    ]);
    const MailFromAttributes = { MailFromDomain: `mail.${domain}`, MailFromDomainStatus: "PENDING" };
    expect(await account.complaints("MAIL FROM", known({ MailFromAttributes }))).toEqual([
      `advice: mail.${domain} is not ready (PENDING); add to DNS | mail.${domain}  MX   10 feedback-smtp.eu-west-1.amazonses.com | mail.${domain}  TXT  "v=spf1 include:amazonses.com ~all"`,
    ]);
  });
});
