import { describe, expect, it } from "vitest";
import { useHealthyAccount } from "./examined.ts";
import { deploy, deployedEnvironment, domain, environmentParameter, settings } from "./healthy-account.ts";

const account = useHealthyAccount();
const inbound = "inbound-smtp.eu-west-1.amazonaws.com";
const record = `${domain}  MX  10 ${inbound}`;

/** A stage that was deployed without a rule set. */
function withoutReceiving(): void {
  const { RECEIPT_RULE_SET, MAIL_DEAD_LETTERS_URL, ...rest } = deployedEnvironment(account.aws.url);
  account.parameters.set(environmentParameter, [JSON.stringify(rest)]);
}

function resolver(answer: () => Promise<string[]>) {
  const resolveMx = async () => (await answer()).map((exchange) => ({ exchange, priority: 10 }));
  return { resolver: { resolveTxt: async () => [], resolveMx } };
}

const failing = (code: string) => resolver(() => Promise.reject(Object.assign(new Error(code), { code })));

describe("the check of the unsubscribe mailbox", () => {
  it("warns of mails that somebody has to read, and names mailbox and command", async () => {
    withoutReceiving();
    const variables = { ...settings, STEPLETTER_RECEIPT_RULE_SET: "" };
    const [complaint, ...others] = await account.complaints("mailbox", {}, { variables });
    expect(others).toEqual([]);
    expect(complaint).toMatch(/^advice: mail to leave@letters\.test is yours to read, /);
    expect(complaint).toMatch(/ \| npx stepletter unsubscribe "SUBJECT OF THE MAIL" --stage production$/);
  });

  it("tells of a rule set that is decided on and not deployed", async () => {
    withoutReceiving();
    expect(await account.complaints("mailbox")).toEqual([
      `advice: mail to leave@letters.test is to be received by inbound, once deployed | ${deploy}`,
    ]);
  });

  it("is content with a mailbox whose mail goes to SES", async () => {
    const [finding] = await account.examined(
      "mailbox",
      resolver(async () => [inbound.toUpperCase()]),
    );
    expect(finding).toMatchObject({ level: "ok", says: expect.stringContaining("the rule set inbound") });
  });

  it.each([
    [
      "elsewhere",
      resolver(async () => ["mx.other.test"]),
      `advice: mail to leave@letters.test goes to mx.other.test, not to SES; change in DNS | ${record}`,
    ],
    [
      "nowhere",
      failing("ENODATA"),
      `advice: mail to leave@letters.test goes nowhere, so nobody leaves by mail; add to DNS | ${record}`,
    ],
    [
      "where DNS does not tell",
      failing("ETIMEOUT"),
      `advice: DNS did not tell where mail to ${domain} goes (ETIMEOUT) | dig +short MX ${domain}`,
    ],
  ])("tells of mail that goes %s", async (_, changes, words) => {
    expect(await account.complaints("mailbox", {}, changes)).toEqual([words]);
  });

  it("cannot look without the content", async () => {
    const [finding] = await account.examined("mailbox", { site: undefined });
    expect(finding).toMatchObject({ level: "skipped" });
  });
});
