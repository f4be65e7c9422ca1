import { readFile } from "node:fs/promises";
import { SendBulkEmailCommand } from "@aws-sdk/client-sesv2";
import { simpleParser } from "mailparser";
import { expect, test } from "vitest";
import { bulkMail } from "./sample-requests.ts";
import { startSes } from "./ses-harness.ts";

test("each entry is a mail of its own, with its values, headers and tags over the defaults", async () => {
  const { ses, client } = await startSes();
  const { BulkEmailEntryResults } = await client.send(
    new SendBulkEmailCommand(bulkMail(["ann@people.example", "bob@people.example"])),
  );

  const mails = ses.mails();
  expect(BulkEmailEntryResults).toEqual([
    { Status: "SUCCESS", MessageId: mails[0]?.messageId },
    { Status: "SUCCESS", MessageId: mails[1]?.messageId },
  ]);
  expect(mails.map(({ to, subject, tags }) => ({ to, subject, tags }))).toEqual([
    {
      to: ["ann@people.example"],
      subject: "For Reader 0",
      tags: { mailing: "digest_7", subscriber: "sub_0" },
    },
    {
      to: ["bob@people.example"],
      subject: "For Reader 1",
      tags: { mailing: "digest_7", subscriber: "sub_1" },
    },
  ]);
  const lists = mails[1]?.headers.filter(({ name }) => name.startsWith("List-"));
  expect(lists).toEqual([
    { name: "List-Id", value: "Digest <digest.letters.example>" },
    { name: "List-Unsubscribe", value: "<https://letters.example/u/1>" },
  ]);
  const parsed = await simpleParser(await readFile(mails[1]?.emlPath ?? ""));
  expect(parsed.html).toBe("<p>Hi Reader 1, see https://letters.example/</p>");
  expect(parsed.text).toBe("Hi Reader 1, see https://letters.example/");
});

test("values are put in as they are, not escaped and not read again", async () => {
  const { ses, client } = await startSes();
  const input = bulkMail(["ann@people.example"]);
  const data = { name: `<i>"O'Neil" & Zoë</i> {{link}} $& $1` };
  input.BulkEmailEntries = [
    {
      Destination: { ToAddresses: ["ann@people.example"] },
      ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: JSON.stringify(data) } },
    },
  ];
  await client.send(new SendBulkEmailCommand(input));

  const [mail] = ses.mails();
  const parsed = await simpleParser(await readFile(mail?.emlPath ?? ""));
  expect(parsed.html).toBe(`<p>Hi ${data.name}, see https://letters.example/</p>`);
});

test("a header of an entry replaces the template's, whatever the case of its name", async () => {
  const { ses, client } = await startSes();
  const input = bulkMail(["ann@people.example"]);
  input.BulkEmailEntries = [
    {
      Destination: { ToAddresses: ["ann@people.example"] },
      ReplacementHeaders: [{ Name: "list-unsubscribe", Value: "<https://letters.example/u/own>" }],
    },
  ];
  await client.send(new SendBulkEmailCommand(input));

  const unsubscribe = ses.mails()[0]?.headers.filter(({ name }) => /^list-unsubscribe$/i.test(name));
  expect(unsubscribe).toEqual([{ name: "list-unsubscribe", value: "<https://letters.example/u/own>" }]);
});

test("50 entries pass, 51 do not", async () => {
  const { ses, client } = await startSes();
  const addresses = Array.from({ length: 51 }, (_, index) => `reader${index}@people.example`);
  const { BulkEmailEntryResults } = await client.send(new SendBulkEmailCommand(bulkMail(addresses.slice(1))));
  expect(BulkEmailEntryResults).toHaveLength(50);

  await expect(client.send(new SendBulkEmailCommand(bulkMail(addresses)))).rejects.toMatchObject({
    name: "BadRequestException",
    message: "More than 50 bulk email entries.",
  });
  expect(ses.mails()).toHaveLength(50);
});

test("an entry that is wrong by itself does not keep back the others", async () => {
  const { ses, client } = await startSes();
  const addresses = ["ann@people.example", "jörg@people.example", "carl@people.example"];
  const { BulkEmailEntryResults } = await client.send(new SendBulkEmailCommand(bulkMail(addresses)));

  expect(BulkEmailEntryResults?.map(({ Status }) => Status)).toEqual([
    "SUCCESS",
    "INVALID_PARAMETER",
    "SUCCESS",
  ]);
  expect(BulkEmailEntryResults?.[1]?.MessageId).toBeUndefined();
  expect(ses.mails().map(({ to }) => to)).toEqual([["ann@people.example"], ["carl@people.example"]]);
});

test("a missing value is accepted and reported by an event, as at SES", async () => {
  const { ses, client, events, settled } = await startSes();
  const input = bulkMail(["ann@people.example"]);
  if (input.DefaultContent?.Template) input.DefaultContent.Template.TemplateData = "{}";
  const { BulkEmailEntryResults } = await client.send(new SendBulkEmailCommand(input));
  await settled();

  expect(BulkEmailEntryResults?.[0]?.Status).toBe("SUCCESS");
  expect(ses.mails()[0]?.outcome).toBe("rendering-failed");
  expect(events.map((event) => event["detail-type"])).toEqual(["Email Sent", "Email Rendering Failed"]);
  expect(events[1]?.detail).toMatchObject({
    eventType: "Rendering Failure",
    failure: { errorMessage: "Attribute 'link' is not present in the rendering data." },
  });
});
