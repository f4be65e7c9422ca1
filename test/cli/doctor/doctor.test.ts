import { describe, expect, it } from "vitest";
import { Refusal } from "../../helpers/aws-stub.ts";
import { useHealthyAccount } from "./examined.ts";
import { account as sesAccount, stage } from "./healthy-account.ts";

const account = useHealthyAccount();
const environmentParameter = `/stepletter/${stage}/environment`;

describe("the doctor", () => {
  it("finds nothing the matter with a healthy stage", async () => {
    const findings = await account.examined();
    expect(findings.filter(({ level }) => level !== "ok")).toEqual([]);
    expect([...new Set(findings.map(({ check }) => check))]).toEqual([
      "region",
      "credentials",
      "clock",
      "settings",
      "sender",
      "SES account",
      "identity",
      "MAIL FROM",
      "DMARC",
      "mailbox",
      "concurrency",
      "keys",
      "deployment",
      "configuration set",
      "events",
      "table",
      "queues",
      "sending",
      "suppressions",
    ]);
    expect(findings[1]?.says).toBe("account 123456789012, as user/ops");
  });

  it("looks at what the stack makes only after the deployment, which it tells how to do", async () => {
    account.parameters.delete(environmentParameter);
    const findings = await account.examined();
    expect(findings.filter(({ level }) => level === "blocks")).toEqual([]);
    const skipped = findings.filter(({ level }) => level === "skipped");
    expect(skipped.map(({ check, says }) => `${check}: ${says}`)).toEqual([
      "deployment: the stage production is not deployed in this region yet",
      "configuration set: after the deployment",
      "events: after the deployment",
      "table: after the deployment",
      "queues: after the deployment",
      "sending: after the deployment",
      "suppressions: after the deployment",
    ]);
    expect(skipped[0]?.next).toContain("npx sst deploy --stage production");
    expect(skipped[0]?.next).toContain("npx cdk deploy -c stage=production");
  });

  it.each([
    ["ExpiredToken", "credentials: AWS refuses the credentials (ExpiredToken)"],
    ["InvalidClientTokenId", "credentials: AWS refuses the credentials (InvalidClientTokenId)"],
  ])("asks AWS nothing more after %s", async (name, words) => {
    account.aws.answers = { "sts:GetCallerIdentity": new Refusal(name, "no", 403) };
    const findings = await account.examined();
    const blocking = findings.filter(({ level }) => level === "blocks");
    expect(blocking.map(({ check, says }) => `${check}: ${says}`)).toEqual([words]);
    // What needs no AWS is looked at all the same.
    expect(findings.filter(({ level }) => level === "ok").map(({ check }) => check)).toEqual([
      "region",
      "settings",
      "sender",
    ]);
    expect(findings.filter(({ level }) => level === "skipped")).toHaveLength(15);
  });

  it("wants a region", async () => {
    const region = async () => Promise.reject(new Error("Region is missing"));
    const [finding, ...others] = await account.examined(undefined, { region });
    expect(finding).toMatchObject({ check: "region", level: "blocks", says: "no AWS region is set" });
    expect(others[0]).toMatchObject({ check: "credentials", level: "skipped" });
  });

  it.each([
    [
      "as AWS names it",
      "User: x is not authorized to perform: ses:GetSomething on resource: *",
      "ses:GetSomething",
    ],
    ["as the call was, when AWS does not", "", "ses:GetAccount"],
  ])("names the action that the caller lacks, %s", async (_, message, action) => {
    account.aws.answers["ses:GetAccount"] = new Refusal("AccessDeniedException", message, 403);
    expect(await account.examined("SES account")).toEqual([
      {
        check: "SES account",
        level: "advice",
        says: `could not be looked at: your credentials lack ${action}`,
      },
    ]);
  });

  it("says so when the environment may not be read", async () => {
    account.aws.answers["ssm:GetParameter"] = new Refusal("AccessDeniedException", "", 400);
    expect(await account.examined("deployment")).toMatchObject([
      { level: "advice", says: "could not be looked at: your credentials lack ssm:GetParameter" },
    ]);
  });

  it("waits for nobody for ever", async () => {
    account.aws.answers["ses:GetAccount"] = () => new Promise(() => {});
    const findings = await account.examined(undefined, {}, { limitMs: 1_500 });
    expect(findings.filter(({ level }) => level === "blocks")).toEqual([
      { check: "SES account", level: "blocks", says: "no answer came within 1.5 seconds" },
    ]);
  });

  it("tells of an answer that it does not know, in one line", async () => {
    account.aws.answers["ses:GetAccount"] = new Refusal("ImATeapot", `short\nand ${"long ".repeat(60)}`, 418);
    const [finding] = await account.examined("SES account");
    expect(finding).toMatchObject({
      level: "blocks",
      says: expect.stringMatching(/^ImATeapot: short and .*…$/),
    });
    account.aws.answers["ses:GetAccount"] = sesAccount;
    expect(await account.examined("SES account")).toMatchObject([{ level: "ok" }, { level: "ok" }]);
  });
});
