import { readFile } from "node:fs/promises";
import { SendBulkEmailCommand, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { expect, test, vi } from "vitest";
import type { SesEventBridgeEvent } from "../../../local/ses/ses-event.ts";
import { bulkMail, mailWithHeaders, simpleMail } from "./sample-requests.ts";
import { startSes } from "./ses-harness.ts";

test.each([
  ["ann@people.example", ["send", "delivery"]],
  ["bounce@simulator.amazonses.com", [undefined, "bounce"]],
  ["complaint@simulator.amazonses.com", [undefined, undefined, "complaint"]],
])("events of a mail to %s have AWS's shape", async (address, fixtures) => {
  const { client, events, settled } = await startSes();
  await client.send(new SendEmailCommand(simpleMail(address)));
  await settled();

  expect(events).toHaveLength(fixtures.length);
  for (const [index, event] of events.entries()) {
    const fixture = fixtures[index];
    if (fixture) expect(withoutIds(event)).toEqual(await readFixture(fixture));
  }
});

test("each event has an id of its own", async () => {
  const { client, events, settled } = await startSes();
  await client.send(new SendBulkEmailCommand(bulkMail(["ann@people.example", "bob@people.example"])));
  await settled();
  expect(new Set(events.map(({ id }) => id)).size).toBe(4);
});

test("the Send event of a template does not know the subject, the Delivery event does", async () => {
  const { client, events, settled } = await startSes();
  await client.send(new SendBulkEmailCommand(bulkMail(["ann@people.example"])));
  await settled();

  const [send, delivery] = events.map(({ detail }) => detail.mail);
  expect(send?.commonHeaders).not.toHaveProperty("subject");
  expect(send?.headers.map(({ name }) => name)).not.toContain("Subject");
  expect(delivery?.commonHeaders.subject).toBe("For Reader 0");
  expect(delivery?.tags).toMatchObject({
    "ses:operation": ["SendBulkEmail"],
    mailing: ["digest_7"],
    subscriber: ["sub_0"],
  });
});

test("headers beyond 10 KB are cut off", async () => {
  const { client, events, settled } = await startSes();
  const headers = Array.from({ length: 15 }, (_, index) => ({ Name: `X-${index}`, Value: "1".repeat(990) }));
  await client.send(new SendEmailCommand(mailWithHeaders(headers)));
  await settled();

  const mail = events[0]?.detail.mail;
  expect(mail?.headersTruncated).toBe(true);
  expect(mail?.headers.map(({ name }) => name)).toContain("X-9");
  expect(mail?.headers.map(({ name }) => name)).not.toContain("X-10");
});

test("an event that is refused comes again, in its order", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const seen: string[] = [];
  const { client, settled } = await startSes({
    emit: async ({ detail }) => {
      seen.push(detail.eventType);
      if (seen.length <= 3) throw new Error("not now");
    },
  });
  await client.send(new SendEmailCommand(simpleMail("ann@people.example")));
  await settled();
  expect(seen).toEqual(["Send", "Send", "Send", "Send", "Delivery"]);
});

test("mails whose events are refused hold up no other", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const delivered = new Set<string>();
  const { client, settled } = await startSes({
    emit: async ({ detail }) => {
      const to = detail.mail.destination[0] ?? "";
      if (to !== "last@people.example" && !delivered.has("last@people.example"))
        throw new Error("after the last");
      if (detail.eventType === "Delivery") delivered.add(to);
    },
  });
  const before = Array.from({ length: 49 }, (_, index) => `reader${index}@people.example`);
  await client.send(new SendBulkEmailCommand(bulkMail([...before, "last@people.example"])));
  await settled();
  expect([...delivered]).toHaveLength(50);
});

async function readFixture(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`fixtures/${name}-event.json`, import.meta.url), "utf8"));
}

function withoutIds(event: SesEventBridgeEvent): unknown {
  const text = JSON.stringify(event)
    .replaceAll(event.detail.mail.messageId, "MESSAGE-ID")
    .replace(/"feedbackId":"[^"]+"/, '"feedbackId":"FEEDBACK-ID"')
    .replaceAll(event.id, "EVENT-ID")
    .replace(/boundary=\\"[^"]+\\"/, 'boundary=\\"BOUNDARY\\"');
  return JSON.parse(text);
}
