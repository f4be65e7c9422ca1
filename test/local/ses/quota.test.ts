import { SendBulkEmailCommand, SendEmailCommand, TooManyRequestsException } from "@aws-sdk/client-sesv2";
import { expect, test } from "vitest";
import { bulkMail, simpleMail } from "./sample-requests.ts";
import { startSes, temporaryDirectory } from "./ses-harness.ts";

const start = Date.parse("2026-03-02T09:30:00Z");
const rateExceeded = { message: "Maximum sending rate exceeded.", $metadata: { httpStatusCode: 429 } };
const dayExceeded = { message: "Daily message quota exceeded.", $metadata: { httpStatusCode: 429 } };

test("the rate counts recipients of one real second", async () => {
  let elapsed = start;
  const { ses, client } = await startSes({
    elapsed: () => elapsed,
    quota: { maxSendRate: 2, max24HourSend: -1 },
  });
  const send = () => client.send(new SendEmailCommand(simpleMail("success@simulator.amazonses.com")));
  await send();
  await send();
  const error = await send().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(TooManyRequestsException);
  expect(error).toMatchObject(rateExceeded);

  elapsed += 1000;
  await send();
  expect(ses.mails()).toHaveLength(3);
});

test("the day counts recipients of 24 calendar hours, over a restart", async () => {
  let now = start;
  const dataDir = await temporaryDirectory();
  const options = { dataDir, now: () => new Date(now), quota: { maxSendRate: 500, max24HourSend: 2 } };
  const first = await startSes(options);
  await first.client.send(new SendEmailCommand(simpleMail("ann@people.example")));
  await first.client.send(new SendEmailCommand(simpleMail("ann@people.example")));
  await first.ses.close();

  const { client } = await startSes(options);
  const send = (to: string) => client.send(new SendEmailCommand(simpleMail(to)));
  await expect(send("ann@people.example")).rejects.toMatchObject(dayExceeded);
  await send("success@simulator.amazonses.com");
  now += 24 * 60 * 60 * 1000;
  await send("ann@people.example");
});

test("a bulk call that fits in part is answered entry by entry", async () => {
  let elapsed = start;
  const { ses, client } = await startSes({
    elapsed: () => elapsed,
    quota: { maxSendRate: 2, max24HourSend: 3 },
  });
  const addresses = ["ann@people.example", "bob@people.example", "carl@people.example"];
  const send = async () => {
    const { BulkEmailEntryResults } = await client.send(new SendBulkEmailCommand(bulkMail(addresses)));
    return BulkEmailEntryResults?.map(({ Status }) => Status);
  };
  expect(await send()).toEqual(["SUCCESS", "SUCCESS", "ACCOUNT_THROTTLED"]);
  await expect(send()).rejects.toMatchObject(rateExceeded);
  elapsed += 1000;
  expect(await send()).toEqual(["SUCCESS", "ACCOUNT_DAILY_QUOTA_EXCEEDED", "ACCOUNT_DAILY_QUOTA_EXCEEDED"]);
  await expect(send()).rejects.toMatchObject(dayExceeded);
  expect(ses.mails()).toHaveLength(3);
});
