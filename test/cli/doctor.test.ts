import { PutSuppressedDestinationCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import {
  DeleteQueueCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { writeEnvironment } from "../../local/environment-file.ts";
import { startAwsStub } from "../helpers/aws-stub.ts";
import { startDnsStub } from "../helpers/dns-stub.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { tempDir } from "../local/temp-dir.ts";
import { deployedParameters, healthyAccount, settings } from "./doctor/healthy-account.ts";
import { runCli } from "./run-cli.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

async function doctor(...more: string[]) {
  const data = tempDir();
  writeEnvironment(data, service.environment);
  return runCli(["doctor", "--data", data, ...more]);
}

function clientSettings(service: TestService) {
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_REGION = "" } = service.environment;
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  return { region: AWS_REGION, credentials };
}

describe("stepletter doctor, of a service on this machine", () => {
  it("finds nothing that blocks, and says what exists on AWS only", async () => {
    const ran = await doctor();
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toMatch(/^Stepletter in \/.*, on this machine\n\n✓ SES account {8}out of the sandbox/);
    expect(ran.stdout).toContain("✓ table              stepletter is there, with due, roster, news\n");
    expect(ran.stdout).toMatch(/– not looked at +region, credentials, clock,/);
    expect(ran.stdout).toMatch(/\n\d+ checks: nothing blocks, \d+ not looked at\.\n$/);
  });

  it("counts what SES suppresses and we do not, and what lies in dead-letter queues", async () => {
    const ses = new SESv2Client({
      ...clientSettings(service),
      endpoint: service.environment.AWS_ENDPOINT_URL_SESV2 ?? "",
    });
    const sqs = new SQSClient({
      ...clientSettings(service),
      endpoint: service.environment.AWS_ENDPOINT_URL_SQS ?? "",
      useQueueUrlAsEndpoint: false,
    });
    onTestFinished(() => {
      ses.destroy();
      sqs.destroy();
    });
    await ses.send(
      new PutSuppressedDestinationCommand({ EmailAddress: "gone@people.test", Reason: "BOUNCE" }),
    );
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: "stepletter-ses-events-dead" }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "{}" }));
    const ran = await doctor("--json");
    expect(ran.code).toBe(0);
    const advice = JSON.parse(ran.stdout).filter(({ level }: { level: string }) => level === "advice");
    expect(advice).toEqual([
      { check: "queues", level: "advice", says: expect.stringMatching(/^1 message lies in ses-events-dead/) },
      { check: "suppressions", level: "advice", says: expect.stringMatching(/^1 of 1 on SES's list is not/) },
    ]);
    expect(ran.stdout).not.toContain("people.test");
  });

  it("fails when something is broken", async () => {
    const broken = await startService();
    onTestFinished(() => broken.stop());
    const sqs = new SQSClient({
      ...clientSettings(broken),
      endpoint: broken.environment.AWS_ENDPOINT_URL_SQS ?? "",
      useQueueUrlAsEndpoint: false,
    });
    const { QueueUrls = [] } = await sqs.send(
      new ListQueuesCommand({ QueueNamePrefix: "stepletter-send-bulk" }),
    );
    for (const QueueUrl of QueueUrls) await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    sqs.destroy();
    const data = tempDir();
    writeEnvironment(data, {
      ...broken.environment,
      TABLE_NAME: "other",
      AWS_ENDPOINT_URL_SESV2: "http://127.0.0.1:1",
    });
    const ran = await runCli(["doctor", "--data", data]);
    expect(ran).toMatchObject({ code: 1, stderr: "" });
    expect(ran.stdout).toContain("✗ SES account        no answer came (ECONNREFUSED)\n");
    expect(ran.stdout).toContain("✗ table              the table other does not exist\n");
    expect(ran.stdout).toContain("✗ queues             the queue send-bulk does not exist\n");
    expect(ran.stdout).toMatch(/checks: \d blocking, \d+ not looked at\.\n$/);
  });

  it("says so when none runs there", async () => {
    expect(await runCli(["doctor", "--data", tempDir()])).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining("No service runs in"),
    });
  });
});

describe("stepletter doctor, of a stage", () => {
  it("looks at the operator's account, and fails for a fresh checkout's samples", async () => {
    const aws = await startAwsStub({});
    aws.answers = healthyAccount(deployedParameters(aws.url));
    const dns = await startDnsStub(new Map([["_dmarc.letters.test", ["v=DMARC1; p=reject"]]]));
    onTestFinished(() => {
      dns.close();
      return aws.close();
    });
    const ran = await runCli(["doctor", "--dns", dns.address], {
      ...settings,
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_ENDPOINT_URL: aws.url,
    });
    expect(ran).toMatchObject({ code: 1, stderr: "" });
    expect(ran.stdout).toMatch(/^Stepletter, stage production\n\n✓ region {13}eu-west-1\n/);
    expect(ran.stdout).toContain("✓ DMARC              _dmarc.letters.test says p=reject\n");
    const marks = ran.stdout.split("\n").filter((line) => /^[✗!–]/.test(line));
    expect(marks.map((line) => line.slice(21).split(" ")[0])).toEqual([
      "sender.address",
      "replyTo",
      "unsubscribeMailbox",
      "postalAddress",
      "mail",
    ]);
  });

  it("ends without credentials, and wants name servers that have addresses", async () => {
    const environment = { AWS_REGION: "eu-west-1", AWS_EC2_METADATA_DISABLED: "true", HOME: tempDir() };
    const ran = await runCli(["doctor"], environment);
    expect(ran).toMatchObject({ code: 1, stderr: "" });
    expect(ran.stdout).toContain("✗ credentials    no AWS credentials are found\n  → aws sso login");
    expect(await runCli(["doctor", "--dns", "here"], environment)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--dns takes addresses"),
    });
  });
});
