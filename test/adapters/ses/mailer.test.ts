import { readFile } from "node:fs/promises";
import { simpleParser } from "mailparser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MailTemplate, OutgoingMail } from "../../../core/delivery/outgoing-mail.ts";
import type { Fault } from "../../../local/ses/fault.ts";
import { startService, type TestService } from "../../helpers/service.ts";

const template: MailTemplate = {
  subject: { literals: ["Schritt 1: Größe zählt nicht 🎓"], slots: [] },
  html: {
    literals: ["<style>@media x{a{b:c}}</style><p>", ", مرحبا</p>"],
    slots: [{ name: "greeting", as: "html" }],
  },
  text: { literals: ["", ", مرحبا"], slots: [{ name: "greeting", as: "text" }] },
};
const mail: OutgoingMail = {
  mailing: "course_records_run-1_school",
  subscriberId: "sub_1",
  to: "ada@example.com",
  values: { greeting_html: 'Grüße &quot;\\ "', greeting_text: 'Grüße "\\' },
  headers: [{ name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" }],
};
const refusal: Fault = { before: { status: 400, errorType: "MessageRejected", message: "no" } };

let service: TestService;
let seen: number[] = [];
const faults: (Fault | undefined)[] = [];
beforeAll(async () => {
  service = await startService({
    faults: ({ mails }) => {
      seen.push(mails.length);
      return faults.shift();
    },
  });
});
afterAll(() => service.stop());

const send = (...mails: OutgoingMail[]) => {
  seen = [];
  return service.depsOf("send-packet").mailer.send(template, mails);
};

describe("the mailer", () => {
  it("hands over a mail whole: both parts, headers, tags, configuration set", async () => {
    const [result] = await send(mail);
    const record = service.ses.mails().at(-1);
    expect(result).toEqual({ outcome: "accepted", messageId: record?.messageId });
    expect(record).toMatchObject({
      operation: "SendBulkEmail",
      configurationSet: "stepletter-local",
      tags: { mailing: mail.mailing, subscriber: "sub_1" },
      to: ["ada@example.com"],
    });
    const read = await simpleParser(await readFile(record?.emlPath ?? ""));
    expect(read).toMatchObject({ subject: "Schritt 1: Größe zählt nicht 🎓", text: 'Grüße "\\, مرحبا' });
    expect(read.html).toContain('<style>@media x{a{b:c}}</style><p>Grüße &quot;\\ ", مرحبا</p>');
    expect(read.from?.text).toBe('"Stepletter" <steps@stepletter.example>');
    expect(read.replyTo?.text).toBe("hello@stepletter.example");
    expect(read.headerLines.map(({ line }) => line)).toContain(
      "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    );
  });

  it("hands over a file with a mail, byte for byte, and counts it among the bytes of a call", async () => {
    const content = `BEGIN:VCALENDAR\r\nSUMMARY:試験\r\n${"X".repeat(600_000)}\r\n`;
    const file = { fileName: "dates.ics", contentType: "text/calendar; charset=utf-8", content };
    const mailer = service.depsOf("send-packet").mailer;
    seen = [];
    const long = { ...mail, values: { ...mail.values, greeting_html: "long".repeat(50_000) } };
    const results = await mailer.send({ ...template, attachments: [file] }, [long, long]);
    expect(results.map(({ outcome }) => outcome)).toEqual(["accepted", "accepted"]);
    expect(seen).toEqual([1, 1]);
    const read = await simpleParser(await readFile(service.ses.mails().at(-1)?.emlPath ?? ""));
    expect(read.attachments).toMatchObject([{ filename: "dates.ics", contentType: "text/calendar" }]);
    expect(read.attachments[0]?.content.toString()).toBe(content);
    expect(read.text).toContain("مرحبا");
  });

  it("sends up to fifty in one call, each with its own values and tags", async () => {
    const mails = Array.from({ length: 50 }, (_, n) => ({
      ...mail,
      subscriberId: `sub_${n}`,
      to: `p${n}@example.com`,
      values: { greeting_html: `Hello ${n}`, greeting_text: `Hello ${n}` },
    }));
    const results = await send(...mails);
    expect(seen).toEqual([50]);
    for (const [n, result] of results.entries()) {
      const record = service.ses
        .mails()
        .find(({ messageId }) => result.outcome === "accepted" && messageId === result.messageId);
      expect(record).toMatchObject({ to: [`p${n}@example.com`], tags: { subscriber: `sub_${n}` } });
    }
  });

  it("answers for each mail in order, whatever became of the others", async () => {
    faults.push({ entries: { 1: { status: "MESSAGE_REJECTED" }, 2: { status: "ACCOUNT_THROTTLED" } } });
    const results = await send(mail, mail, mail, mail);
    expect(results.map(({ outcome }) => outcome)).toEqual(["accepted", "rejected", "throttled", "accepted"]);
  });

  it("blames nobody for a call that is refused as a whole, unless it carried one mail", async () => {
    faults.push(refusal);
    expect(await send(mail, mail)).toEqual([
      { outcome: "refused-together", code: "MessageRejected" },
      { outcome: "refused-together", code: "MessageRejected" },
    ]);
    faults.push(refusal);
    expect(await send(mail)).toEqual([{ outcome: "rejected", code: "MessageRejected" }]);
  });

  it("tries once only: a mail that was accepted without an answer stands once in the mailbox", async () => {
    const before = service.ses.mails().length;
    faults.push({ after: { status: 500, message: "oops" } });
    expect(await send(mail)).toMatchObject([{ outcome: "doubtful" }]);
    expect(service.ses.mails()).toHaveLength(before + 1);
  });

  it("gives up on an answer that does not come, and does not know then", async () => {
    faults.push({ after: "hang" });
    expect(await send(mail, mail)).toMatchObject([{ outcome: "doubtful" }, { outcome: "doubtful" }]);
  });
});
