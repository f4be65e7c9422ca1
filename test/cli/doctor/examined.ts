import { afterAll, beforeAll, beforeEach, vi } from "vitest";
import { examine } from "../../../cli/doctor/examine.ts";
import type { Finding } from "../../../cli/doctor/finding.ts";
import { openProbe } from "../../../cli/doctor/open-probe.ts";
import type { Probe } from "../../../cli/doctor/probe.ts";
import type { Site } from "../../../core/catalogue.ts";
import { type AwsStub, startAwsStub } from "../../helpers/aws-stub.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import type { Parameters } from "../../helpers/parameters-stub.ts";
import { deployedParameters, domain, healthyAccount, settings, stage } from "./healthy-account.ts";

/** The site of somebody who has replaced all samples. */
export const site: Site = {
  ...catalogue.site,
  sender: { name: "Letters", address: `steps@${domain}` },
  replyTo: `hello@${domain}`,
  unsubscribeMailbox: `leave@${domain}`,
  postalAddress: ["Letters", "1 Real Road"],
};

/** An account in which nothing is the matter, to break in one place. */
export interface Account {
  aws: AwsStub;
  parameters: Parameters;
  /** All findings, or those of one check. */
  examined(check?: string, changes?: Partial<Probe>, limits?: { limitMs?: number }): Promise<Finding[]>;
  /** What is not well with these answers, each finding in one line. */
  complaints(check: string, answers?: AwsStub["answers"], changes?: Partial<Probe>): Promise<string[]>;
}

/** Makes one for a test file; it is healthy again for each test. */
export function useHealthyAccount(): Account {
  let aws: AwsStub;
  beforeAll(async () => {
    aws = await startAwsStub({});
    vi.stubEnv("AWS_ENDPOINT_URL", aws.url);
    vi.stubEnv("AWS_REGION", "eu-west-1");
    vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  });
  beforeEach(() => {
    account.parameters = deployedParameters(aws.url);
    aws.answers = healthyAccount(account.parameters);
    aws.behindMs = 0;
    account.aws = aws;
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await aws.close();
  });
  const account = {
    async examined(check?: string, changes: Partial<Probe> = {}, limits: { limitMs?: number } = {}) {
      const probe = openProbe({ stage });
      try {
        const policy = async () => [["v=DMARC1; p=none"]];
        const inbound = async () => [{ exchange: "inbound-smtp.eu-west-1.amazonaws.com", priority: 10 }];
        const resolver = { resolveTxt: policy, resolveMx: inbound };
        const given = { variables: settings, site, resolver, ...changes };
        const findings = await examine({ ...probe, ...given }, limits);
        return findings.filter((finding) => check === undefined || finding.check === check);
      } finally {
        probe.close();
      }
    },
    async complaints(check: string, answers: AwsStub["answers"] = {}, changes: Partial<Probe> = {}) {
      Object.assign(aws.answers, answers);
      const findings = await account.examined(check, changes);
      return findings
        .filter(({ level }) => level !== "ok")
        .map(({ level, says, next }) => [`${level}: ${says}`, ...(next?.split("\n") ?? [])].join(" | "));
    },
  } as Account;
  return account;
}
