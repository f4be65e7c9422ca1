import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { checkDmarc } from "../../../cli/doctor/check-dmarc.ts";
import { openProbe } from "../../../cli/doctor/open-probe.ts";
import { type DnsStub, startDnsStub } from "../../helpers/dns-stub.ts";
import { settings } from "./healthy-account.ts";

let dns: DnsStub;
beforeAll(async () => {
  dns = await startDnsStub(new Map());
  vi.stubEnv("AWS_REGION", "eu-west-1");
});
afterAll(() => {
  dns.close();
  vi.unstubAllEnvs();
});

async function asked(records: Record<string, string[] | "silence">, mailDomain = "news.letters.test") {
  dns.records.clear();
  for (const [name, texts] of Object.entries(records)) dns.records.set(name, texts);
  const probe = openProbe({ stage: "production", dns: [dns.address] });
  onTestFinished(() => probe.close());
  const variables = { ...settings, STEPLETTER_MAIL_DOMAIN: mailDomain };
  const [verdict, ...others] = await checkDmarc.run({ ...probe, variables });
  expect(others).toEqual([]);
  return verdict;
}

describe("the check of DMARC", () => {
  it.each([
    ["of its own", "_dmarc.news.letters.test", "v=DMARC1; p=reject; rua=mailto:someone@letters.test"],
    ["of the domain above", "_dmarc.letters.test", "v=DMARC1;p=reject"],
  ])("is content with a policy %s", async (_, name, policy) => {
    expect(await asked({ [name]: ["another=1", policy] })).toEqual({
      level: "ok",
      says: `${name} says p=reject`,
    });
  });

  it.each([
    ["no record at all", {}, "has no policy"],
    ["a name without one", { "_dmarc.news.letters.test": [] }, "has no policy"],
    ["a record of something else", { "_dmarc.letters.test": ["v=DMARC2; p=none"] }, "has no policy"],
    ["one of the top-level domain", { "_dmarc.test": ["v=DMARC1; p=none"] }, "has no policy"],
    ["one that says nothing", { "_dmarc.letters.test": ["v=DMARC1; sp=none"] }, "names no policy"],
  ])("tells the record to add when there is %s", async (_, records, words) => {
    expect(await asked(records)).toEqual({
      level: "advice",
      says: expect.stringContaining(words),
      next: '_dmarc.news.letters.test  TXT  "v=DMARC1; p=none; rua=mailto:YOU@news.letters.test"',
    });
  });

  it("notices two policies, of which mailboxes take none", async () => {
    const records = { "_dmarc.letters.test": ["v=DMARC1; p=none", "v=DMARC1; p=reject"] };
    expect(await asked(records)).toMatchObject({
      level: "advice",
      says: expect.stringContaining("2 policies"),
    });
  });

  it("does not take silence for a missing policy, and ends", async () => {
    expect(await asked({ "_dmarc.news.letters.test": "silence" })).toEqual({
      level: "advice",
      says: "DNS did not tell whether news.letters.test has a policy (ETIMEOUT)",
      next: "dig +short TXT _dmarc.news.letters.test",
    });
  });
});
