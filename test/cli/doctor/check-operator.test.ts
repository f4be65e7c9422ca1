import { describe, expect, it } from "vitest";
import type { Site } from "../../../core/catalogue.ts";
import { site, useHealthyAccount } from "./examined.ts";
import { domain, environmentParameter, settings } from "./healthy-account.ts";

const account = useHealthyAccount();

describe("the check of the", () => {
  it.each([
    [-30, []],
    [45, []],
    [90, ["advice: this machine's clock is 90 seconds fast | sudo timedatectl set-ntp true"]],
    [-90, ["advice: this machine's clock is 90 seconds slow | sudo timedatectl set-ntp true"]],
    [
      400,
      [
        "blocks: this machine's clock is 400 seconds fast: AWS refuses what it signs | sudo timedatectl set-ntp true",
      ],
    ],
  ])("clock that is %i seconds ahead", async (seconds, words) => {
    // A whole second is what the header tells: meet it half way.
    account.aws.behindMs = seconds * 1000 - 500;
    const found = await account.complaints("clock");
    expect(found.map((line) => line.replace(/\d+ seconds/, (said) => near(said, seconds)))).toEqual(words);
  });

  it("settings: each that is missing, which a stage that runs can do without for now", async () => {
    const variables = { ...settings, STEPLETTER_ALARM_EMAIL: "" };
    const words = "STEPLETTER_ALARM_EMAIL is missing: the address that gets the alarms | edit .env";
    expect(await account.complaints("settings", {}, { variables })).toEqual([`advice: ${words}`]);
    account.parameters.delete(environmentParameter);
    expect(await account.complaints("settings", {}, { variables })).toEqual([`blocks: ${words}`]);
    expect(await account.complaints("settings", {}, { variables: {} })).toHaveLength(2);
  });

  const sender = (address: string): Partial<Site> => ({ sender: { name: "A", address } });
  it.each<[string, Partial<Site>, string[]]>([
    ["that stands in the settings", {}, []],
    [
      "of another domain",
      sender("a@other.test"),
      [
        `blocks: mail would come from other.test, but may come from ${domain} only: SES refuses it | make sender.address in content/site.yaml and STEPLETTER_MAIL_DOMAIN in .env agree`,
      ],
    ],
    [
      "of a domain below it, which SES refuses by the role's condition",
      sender(`a@sub.${domain}`),
      [expect.stringContaining("SES refuses it")],
    ],
    [
      "that answers to a sample",
      { replyTo: "hello@stepletter.example" },
      ["blocks: replyTo is still the sample hello@stepletter.example | edit content/site.yaml, then deploy"],
    ],
    [
      "that takes unsubscribe mails at a sample",
      { unsubscribeMailbox: "a@example.com" },
      [expect.stringContaining("unsubscribeMailbox is still the sample")],
    ],
    [
      "without an address of its own",
      { postalAddress: ["100 Sample Street"] },
      [expect.stringContaining("postalAddress is still the sample")],
    ],
  ])("sender %s", async (_, changes, words) => {
    expect(await account.complaints("sender", {}, { site: { ...site, ...changes } })).toEqual(words);
  });

  it("sender, whose file cannot be read", async () => {
    expect(await account.complaints("sender", {}, { site: undefined })).toEqual([
      "blocks: content/site.yaml cannot be read | npm run build   # tells what is wrong",
    ]);
  });

  it.each([
    [1000, []],
    [20, []],
    [
      10,
      [
        "advice: 10 functions of the account may run at once; queues and schedules take up to 10, so pages may be refused | aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000",
      ],
    ],
  ])("concurrency of %i", async (room, words) => {
    const AccountLimit = { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: room };
    expect(
      await account.complaints("concurrency", { "lambda:GetAccountSettings": { AccountLimit } }),
    ).toEqual(words);
  });
});

/** The header is rounded, and a busy machine is slow to read it. */
function near(said: string, seconds: number): string {
  const off = Math.abs(Number.parseInt(said, 10) - Math.abs(seconds));
  return off <= 10 ? `${Math.abs(seconds)} seconds` : said;
}
