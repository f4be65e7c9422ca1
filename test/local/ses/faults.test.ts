import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  MessageRejected,
  type SESv2Client,
  SendBulkEmailCommand,
  SendEmailCommand,
  SendingPausedException,
} from "@aws-sdk/client-sesv2";
import { expect, test, vi } from "vitest";
import type { Fault, SendRequest } from "../../../local/ses/fault.ts";
import { bulkMail, simpleMail } from "./sample-requests.ts";
import { clientOf, startSes, temporaryDirectory } from "./ses-harness.ts";

const rejected = { status: 400, errorType: "MessageRejected", message: "Email address is not verified." };
const send = (client: SESv2Client) =>
  client.send(new SendEmailCommand(simpleMail("ann@people.example"))).catch((error: unknown) => error);

test("the script sees each call and its mails", async () => {
  const seen: SendRequest[] = [];
  const { client } = await startSes({ faults: (request) => void seen.push(request) });
  await send(client);
  await client.send(new SendBulkEmailCommand(bulkMail(["bob@people.example", "zoë@people.example"])));
  expect(seen).toEqual([
    {
      operation: "SendEmail",
      nth: 1,
      mails: [{ recipients: ["ann@people.example"], tags: { mailing: "course_records_run-1_step-1" } }],
    },
    {
      operation: "SendBulkEmail",
      nth: 2,
      mails: [
        { recipients: ["bob@people.example"], tags: { mailing: "digest_7", subscriber: "sub_0" } },
        { recipients: [], tags: {} },
      ],
    },
  ]);
});

test("an error before: nothing is accepted", async () => {
  const { ses, client } = await startSes({
    faults: ({ nth }) => (nth === 1 ? { before: rejected } : undefined),
  });
  const error = await send(client);
  expect(error).toBeInstanceOf(MessageRejected);
  expect(error).toMatchObject({ message: rejected.message });
  expect(ses.mails()).toEqual([]);

  await send(client);
  expect(ses.mails()).toHaveLength(1);
});

test("an error after: the mail is accepted all the same, with its events", async () => {
  const { ses, client, events, settled } = await startSes({
    faults: () => ({ after: { status: 400, errorType: "SendingPausedException" } }),
  });
  expect(await send(client)).toBeInstanceOf(SendingPausedException);
  await settled();
  expect(ses.mails()).toHaveLength(1);
  expect(events).toHaveLength(2);
});

test("a gateway's answer has a status and no error type", async () => {
  const { ses, client } = await startSes({ faults: () => ({ after: { status: 503 } }) });
  expect(await send(client)).toMatchObject({ $metadata: { httpStatusCode: 503 }, $fault: "server" });
  expect(ses.mails()).toHaveLength(1);
});

const cut: [what: string, fault: Fault, error: RegExp, accepted: number][] = [
  ["broken off before", { before: "drop" }, /ECONNRESET|socket hang up/, 0],
  ["broken off after", { after: "drop" }, /ECONNRESET|socket hang up/, 1],
  ["not answered before", { before: "hang" }, /timed? ?out|did not (establish|complete)/i, 0],
  ["not answered after", { after: "hang" }, /timed? ?out|did not (establish|complete)/i, 1],
];

test.each(cut)("a call that is %s", async (_what, fault, message, accepted) => {
  const { ses, events, settled } = await startSes({ faults: () => fault });
  const error = await send(clientOf(ses.url, 200));
  expect(`${error} ${(error as { code?: string }).code}`).toMatch(message);
  await settled();
  expect(ses.mails()).toHaveLength(accepted);
  expect(events).toHaveLength(accepted * 2);
});

test("a mail can be accepted after its sender gave up", async () => {
  const { ses, events, settled } = await startSes({ faults: () => ({ delayBeforeMs: 400 }) });
  const error = await send(clientOf(ses.url, 100));
  expect(error).toMatchObject({ name: "TimeoutError" });
  await expect.poll(() => ses.mails().length).toBe(1);
  await settled();
  expect(events).toHaveLength(2);
});

test("bulk entries are refused by position", async () => {
  const { ses, client } = await startSes({
    faults: () => ({
      entries: { 0: { status: "TRANSIENT_FAILURE", error: "Try again." }, 2: { status: "FAILED" } },
    }),
  });
  const addresses = ["ann@people.example", "bob@people.example", "carl@people.example"];
  const { BulkEmailEntryResults } = await client.send(new SendBulkEmailCommand(bulkMail(addresses)));
  expect(BulkEmailEntryResults).toEqual([
    { Status: "TRANSIENT_FAILURE", Error: "Try again." },
    { Status: "SUCCESS", MessageId: ses.mails()[0]?.messageId },
    { Status: "FAILED", Error: "Scripted fault." },
  ]);
  expect(ses.mails().map(({ to }) => to)).toEqual([["bob@people.example"]]);
});

test("closing does not wait for a call that hangs", async () => {
  const { ses, client } = await startSes({ faults: () => ({ before: "hang" }) });
  const hanging = send(client);
  await sleep(50);
  await ses.close();
  expect(await hanging).toBeInstanceOf(Error);
});

test("a call that comes back after the end writes nothing", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  const dataDir = await temporaryDirectory();
  const { ses, client } = await startSes({ dataDir, faults: () => ({ delayBeforeMs: 100 }) });
  const late = send(client);
  await sleep(50);
  await ses.close();
  expect(await late).toBeInstanceOf(Error);
  await sleep(200);
  expect(await readdir(join(dataDir, "mails"))).toEqual([]);
  expect(said).not.toHaveBeenCalled();
});
