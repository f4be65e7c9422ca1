import { readFile } from "node:fs/promises";
import { GetAccountCommand, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { simpleParser } from "mailparser";
import { expect, test } from "vitest";
import { simpleMail } from "./sample-requests.ts";
import { startSes } from "./ses-harness.ts";

test("a simple mail is accepted, recorded and kept as a whole mail", async () => {
  const { ses, client } = await startSes();
  const { MessageId } = await client.send(new SendEmailCommand(simpleMail("Ann <ann@people.example>")));

  const [mail] = ses.mails();
  expect(mail).toMatchObject({
    messageId: MessageId,
    acceptedAt: "2026-03-02T09:30:00.250Z",
    from: "Stepletter <news@letters.example>",
    to: ["ann@people.example"],
    subject: "Step one",
    tags: { mailing: "course_records_run-1_step-1" },
    configurationSet: "stepletter",
    outcome: "delivered",
  });
  expect(mail?.headers).toContainEqual({
    name: "List-Unsubscribe-Post",
    value: "List-Unsubscribe=One-Click",
  });

  const parsed = await simpleParser(await readFile(mail?.emlPath ?? ""));
  expect(parsed.messageId).toBe(`<${MessageId}@email.amazonses.com>`);
  expect(parsed.date).toEqual(new Date("2026-03-02T09:30:00.000Z"));
  expect(parsed.from?.text).toBe('"Stepletter" <news@letters.example>');
  expect(parsed.to).toMatchObject({ value: [{ name: "Ann", address: "ann@people.example" }] });
  expect(parsed.text?.trim()).toBe("Hello, text.");
  expect(parsed.html).toBe("<p>Hello, <b>HTML</b>.</p>");
  expect(headerLines(parsed.headerLines, "list-unsubscribe")).toEqual([
    "List-Unsubscribe: <https://letters.example/u/abc>, <mailto:leave@letters.example>",
  ]);
  expect(headerLines(parsed.headerLines, "list-id")).toEqual(["List-Id: Course <course.letters.example>"]);
});

test("accents, emoji and right-to-left names come through", async () => {
  const { ses, client } = await startSes();
  const encoded = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString("base64")}?=`;
  const subject = "Schritt für Zoë 🎉 מירב: ".repeat(6).trim();
  const body = "Grüße an José, 你好, שלום, مرحبا 👩‍⚕️\n";
  await client.send(
    new SendEmailCommand(
      simpleMail(`${encoded("מירב בן־דוד")} <ann@people.example>`, {
        FromEmailAddress: `${encoded("Çağlar 🎓")} <news@letters.example>`,
        Content: {
          Simple: {
            Subject: { Data: subject, Charset: "UTF-8" },
            Body: {
              Text: { Data: body, Charset: "UTF-8" },
              Html: { Data: `<p>${body}</p>`, Charset: "UTF-8" },
            },
          },
        },
      }),
    ),
  );

  const [mail] = ses.mails();
  const parsed = await simpleParser(await readFile(mail?.emlPath ?? ""));
  expect(mail?.subject).toBe(subject);
  expect(parsed.subject).toBe(subject);
  expect(parsed.from?.value).toMatchObject([{ name: "Çağlar 🎓", address: "news@letters.example" }]);
  expect(parsed.to).toMatchObject({ value: [{ name: "מירב בן־דוד", address: "ann@people.example" }] });
  expect(parsed.text).toBe(body);
  expect(parsed.html).toBe(`<p>${body}</p>`);
});

test("text without a charset loses what is not ASCII, as at SES", async () => {
  const { ses, client } = await startSes();
  const mail = simpleMail("ann@people.example", {
    Content: { Simple: { Subject: { Data: "Grüße 🎉" }, Body: { Text: { Data: "é" } } } },
  });
  await client.send(new SendEmailCommand(mail));

  expect(ses.mails()[0]?.subject).toBe("Gr??e ?");
});

test("Cc, Bcc, Reply-To and an attachment", async () => {
  const { ses, client } = await startSes();
  const mail = simpleMail("ann@people.example", {
    Destination: {
      ToAddresses: ["ann@people.example", "bob@people.example"],
      CcAddresses: ["carl@people.example"],
      BccAddresses: ["dora@people.example"],
    },
    ReplyToAddresses: ["desk@letters.example"],
  });
  const attachment = {
    RawContent: Buffer.from("BEGIN:VCALENDAR"),
    FileName: "exam.ics",
    ContentType: "text/calendar",
  };
  if (mail.Content?.Simple) mail.Content.Simple.Attachments = [attachment];
  await client.send(new SendEmailCommand(mail));

  const [record] = ses.mails();
  expect(record?.recipients.map(({ address }) => address)).toEqual([
    "ann@people.example",
    "bob@people.example",
    "carl@people.example",
    "dora@people.example",
  ]);
  const eml = await readFile(record?.emlPath ?? "", "utf8");
  expect(eml).not.toContain("dora@people.example");
  const parsed = await simpleParser(eml);
  expect(parsed.to).toMatchObject({ text: "ann@people.example, bob@people.example" });
  expect(parsed.cc).toMatchObject({ text: "carl@people.example" });
  expect(parsed.replyTo?.text).toBe("desk@letters.example");
  expect(parsed.attachments).toMatchObject([{ filename: "exam.ics", contentType: "text/calendar" }]);
  expect(parsed.attachments[0]?.content.toString()).toBe("BEGIN:VCALENDAR");
});

test("a raw mail keeps its parts but not its Date, Message-ID and Bcc", async () => {
  const { ses, client } = await startSes();
  const raw = [
    "From: Desk <desk@letters.example>",
    "To: ann@people.example,",
    " bob@people.example",
    "Bcc: dora@people.example",
    "Date: Thu, 01 Jan 1970 00:00:00 +0000",
    "Message-ID: <mine@letters.example>",
    "Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=",
    "X-Folded: one",
    "\ttwo",
    "X-Eight-Bit: Zoë",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
    "",
    "Körper",
    "",
  ].join("\r\n");
  const { MessageId } = await client.send(
    new SendEmailCommand({
      Content: { Raw: { Data: Buffer.from(raw) } },
      ConfigurationSetName: "stepletter",
    }),
  );

  const [mail] = ses.mails();
  expect(mail).toMatchObject({
    from: "Desk <desk@letters.example>",
    to: ["ann@people.example", "bob@people.example"],
    bcc: ["dora@people.example"],
    subject: "Grüße",
  });
  expect(mail?.headers).toContainEqual({ name: "X-Folded", value: "one\ttwo" });
  const parsed = await simpleParser(await readFile(mail?.emlPath ?? ""));
  expect(parsed.messageId).toBe(`<${MessageId}@email.amazonses.com>`);
  expect(parsed.date).toEqual(new Date("2026-03-02T09:30:00.000Z"));
  expect(headerLines(parsed.headerLines, "date")).toHaveLength(1);
  expect(headerLines(parsed.headerLines, "message-id")).toHaveLength(1);
  expect(mail?.headers).toContainEqual({ name: "X-Eight-Bit", value: "Zoë" });
  expect(parsed.bcc).toBeUndefined();
  expect(parsed.text).toBe("Körper\n");
});

test("an inline template is filled without escaping", async () => {
  const { ses, client } = await startSes();
  await client.send(
    new SendEmailCommand(
      simpleMail("ann@people.example", {
        Content: {
          Template: {
            TemplateContent: {
              Subject: "Hi {{name}}",
              Html: "<p>{{ name }}{{n}}{{none}}</p>",
              Text: "{{name}}",
            },
            TemplateData: JSON.stringify({ name: "<Ann & Zoë>", n: 3, none: null }),
          },
        },
      }),
    ),
  );

  const [mail] = ses.mails();
  const parsed = await simpleParser(await readFile(mail?.emlPath ?? ""));
  expect(mail?.subject).toBe("Hi <Ann & Zoë>");
  expect(parsed.html).toBe("<p><Ann & Zoë>3</p>");
  expect(parsed.text).toBe("<Ann & Zoë>");
});

test("GetAccount counts the recipients of the last 24 calendar hours, without the simulator's", async () => {
  let now = new Date("2026-03-02T09:30:00Z");
  const { client } = await startSes({ now: () => now, quota: { maxSendRate: 14, max24HourSend: 200 } });
  await client.send(new SendEmailCommand(simpleMail("ann@people.example")));
  await client.send(new SendEmailCommand(simpleMail("success@simulator.amazonses.com")));

  const account = await client.send(new GetAccountCommand({}));
  expect(account).toMatchObject({
    ProductionAccessEnabled: true,
    SendingEnabled: true,
    EnforcementStatus: "HEALTHY",
    SendQuota: { Max24HourSend: 200, MaxSendRate: 14, SentLast24Hours: 1 },
  });

  now = new Date("2026-03-03T09:30:00Z");
  const nextDay = await client.send(new GetAccountCommand({}));
  expect(nextDay.SendQuota?.SentLast24Hours).toBe(0);
});

function headerLines(lines: readonly { key: string; line: string }[], key: string): string[] {
  return lines.filter((line) => line.key === key).map(({ line }) => line);
}
