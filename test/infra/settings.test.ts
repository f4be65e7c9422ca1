import { describe, expect, it } from "vitest";
import { readSettings } from "../../infra/settings.ts";

const enough = { STEPLETTER_MAIL_DOMAIN: "example.org", STEPLETTER_ALARM_EMAIL: "operator@example.org" };
const web = {
  STEPLETTER_WEB_DOMAIN: "news.example.org",
  STEPLETTER_CERTIFICATE_ARN: "arn:aws:acm:eu-central-1:123456789012:certificate/0f0e-0d0c",
};

function problemsOf(environment: Record<string, string | undefined>, stage = "production"): string[] {
  try {
    readSettings(environment, stage);
  } catch (error) {
    return String((error as Error).message)
      .split("\n")
      .slice(1);
  }
  return [];
}

describe("the settings of a deployment", () => {
  it("need a domain and an address, and nothing else", () => {
    expect(readSettings(enough, "production")).toEqual({
      stage: "production",
      production: true,
      mailDomain: "example.org",
      mailDomainExists: false,
      alarmEmail: "operator@example.org",
    });
  });

  it("are those of production in the stage of that name alone", () => {
    expect(readSettings(enough, "dev").production).toBe(false);
    expect(readSettings(enough, "production-2").production).toBe(false);
  });

  it("may name a host, a domain that SES has already, a restored table, and a rule set for incoming mail", () => {
    const environment = {
      ...enough,
      ...web,
      STEPLETTER_MAIL_DOMAIN_EXISTS: "true",
      STEPLETTER_TABLE: "stepletter-restored",
      STEPLETTER_RECEIPT_RULE_SET: "default-rule-set",
    };
    expect(readSettings(environment, "dev")).toMatchObject({
      mailDomainExists: true,
      web: { domain: "news.example.org", certificateArn: web.STEPLETTER_CERTIFICATE_ARN },
      restoredTable: "stepletter-restored",
      receiptRuleSet: "default-rule-set",
    });
  });

  it("come with the blanks that a file leaves around them, and blank is not given", () => {
    const environment = { STEPLETTER_MAIL_DOMAIN: " example.org ", STEPLETTER_ALARM_EMAIL: "a@b.org" };
    expect(readSettings({ ...environment, STEPLETTER_TABLE: "  " }, "dev")).toMatchObject({
      mailDomain: "example.org",
    });
    expect(readSettings({ ...environment, STEPLETTER_TABLE: "  " }, "dev")).not.toHaveProperty(
      "restoredTable",
    );
    expect(problemsOf({ ...environment, STEPLETTER_MAIL_DOMAIN: " " })).toHaveLength(1);
  });

  it("are told of all at once when they are missing, and what each is for", () => {
    const problems = problemsOf({});
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain("STEPLETTER_MAIL_DOMAIN is missing: the domain that SES sends from");
    expect(problems[1]).toContain("STEPLETTER_ALARM_EMAIL is missing: the address that gets the alarms");
  });

  it.each([
    ["STEPLETTER_MAIL_DOMAIN", "news@example.org"],
    ["STEPLETTER_MAIL_DOMAIN", "localhost"],
    ["STEPLETTER_MAIL_DOMAIN", "https://example.org"],
    ["STEPLETTER_MAIL_DOMAIN", "-example.org"],
    ["STEPLETTER_MAIL_DOMAIN_EXISTS", "yes"],
    ["STEPLETTER_ALARM_EMAIL", "operator"],
    ["STEPLETTER_WEB_DOMAIN", "news.example.org/"],
    ["STEPLETTER_CERTIFICATE_ARN", "arn:aws:iam::123456789012:server-certificate/x"],
    ["STEPLETTER_TABLE", "a table"],
    ["STEPLETTER_RECEIPT_RULE_SET", "default rule set"],
  ])("%s is not %j", (name, value) => {
    const problems = problemsOf({ ...enough, ...web, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${name} does not look like`);
  });

  it("name a host with its certificate or neither", () => {
    const { STEPLETTER_WEB_DOMAIN, STEPLETTER_CERTIFICATE_ARN } = web;
    expect(problemsOf({ ...enough, STEPLETTER_WEB_DOMAIN })[0]).toContain("STEPLETTER_CERTIFICATE_ARN");
    expect(problemsOf({ ...enough, STEPLETTER_CERTIFICATE_ARN })[0]).toContain("STEPLETTER_WEB_DOMAIN");
  });

  it.each(["local", "", "Dev", "1st", "dev_1", "a-stage-with-a-long-name", "dev/../production"])(
    "know no stage %j",
    (stage) => {
      expect(problemsOf(enough, stage)[0]).toContain("the stage");
    },
  );
});
