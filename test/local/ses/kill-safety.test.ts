import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SendBulkEmailCommand, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { expect, onTestFinished, test } from "vitest";
import { bulkMail, simpleMail } from "./sample-requests.ts";
import { clientOf, startSes, temporaryDirectory } from "./ses-harness.ts";

test("after kill -9 mails are there, and what was owed is emitted", async () => {
  const dataDir = await temporaryDirectory();
  const { url, child } = await startInChild(dataDir);
  const client = clientOf(url);
  await client.send(new SendEmailCommand(simpleMail("bounce@simulator.amazonses.com")));
  await client.send(new SendBulkEmailCommand(bulkMail(["ann@people.example", "bob@people.example"])));
  const died = once(child, "exit");
  child.kill("SIGKILL");
  await died;

  const { ses, events, settled } = await startSes({ dataDir });
  await settled();
  const mails = ses.mails();
  expect(mails.map(({ to }) => to[0])).toEqual([
    "bounce@simulator.amazonses.com",
    "ann@people.example",
    "bob@people.example",
  ]);
  for (const { emlPath, messageId } of mails) expect(await readFile(emlPath, "utf8")).toContain(messageId);
  const emitted = (index: number) =>
    events
      .filter(({ detail }) => detail.mail.messageId === mails[index]?.messageId)
      .map(({ detail }) => detail.eventType);
  expect(emitted(0)).toEqual(["Send", "Bounce"]);
  expect(emitted(1)).toEqual(["Send", "Delivery"]);
  expect(emitted(2)).toEqual(["Send", "Delivery"]);
});

test("what was handled is not emitted again, what hung is", async () => {
  const dataDir = await temporaryDirectory();
  const first = await startSes({
    dataDir,
    emit: ({ detail }) => (detail.eventType === "Send" ? Promise.resolve() : new Promise(() => {})),
  });
  await first.client.send(new SendEmailCommand(simpleMail("ann@people.example")));
  await expect.poll(first.ses.eventsPending).toBe(1);
  await first.ses.close();

  const { ses, events, settled } = await startSes({ dataDir });
  await settled();
  expect(events.map(({ detail }) => detail.eventType)).toEqual(["Delivery"]);
  expect(ses.eventsPending()).toBe(0);
});

test("a torn last line is cut off, and writing goes on after it", async () => {
  const dataDir = await temporaryDirectory();
  const journal = join(dataDir, "journal.jsonl");
  const first = await startSes({ dataDir });
  await first.client.send(new SendEmailCommand(simpleMail("ann@people.example")));
  await first.settled();
  await first.ses.close();
  await appendFile(journal, '{"kind":"accepted","mail":{"messageId":"torn","su');

  const second = await startSes({ dataDir });
  expect(second.ses.mails()).toHaveLength(1);
  await second.client.send(new SendEmailCommand(simpleMail("bob@people.example")));
  await second.settled();
  await second.ses.close();

  const third = await startSes({ dataDir });
  expect(third.ses.mails().map(({ to }) => to[0])).toEqual(["ann@people.example", "bob@people.example"]);
  expect(third.ses.eventsPending()).toBe(0);
});

test("a broken line in the middle is said aloud", async () => {
  const dataDir = await temporaryDirectory();
  await writeFile(join(dataDir, "journal.jsonl"), '{"kind":"handled","eventId":"1"}\n{"kind":\n{}\n');
  await expect(startSes({ dataDir })).rejects.toThrow(/journal\.jsonl, line 2 is not JSON/);
});

async function startInChild(dataDir: string): Promise<{ url: string; child: ChildProcess }> {
  const script = new URL("serve-without-emitting.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [script, dataDir], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [url] = await once(child.stdout, "data");
  return { url: String(url).trim(), child };
}
