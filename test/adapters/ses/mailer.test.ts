import { readFile } from "node:fs/promises";
import { simpleParser } from "mailparser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OutgoingMail } from "../../../core/delivery/outgoing-mail.ts";
import type { Fault } from "../../../local/ses/fault.ts";
import { startService, type TestService } from "../../helpers/service.ts";

const mail: OutgoingMail = {
  mailing: "course_records_run-1_school",
  subscriberId: "sub_1",
  to: "ada@example.com",
  subject: "Schritt 1: Größe zählt nicht 🎓",
  html: "<p>Grüße, مرحبا</p>",
  text: "Grüße, مرحبا",
  headers: [{ name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" }],
};

let service: TestService;
const faults: (Fault | undefined)[] = [];
beforeAll(async () => {
  service = await startService({ faults: () => faults.shift() });
});
afterAll(() => service.stop());

describe("the mailer", () => {
  it("hands over a mail whole: both parts, headers, tags, configuration set", async () => {
    const [result] = await service.deps.mailer.send([mail]);
    const record = service.ses.mails().at(-1);
    expect(result).toEqual({ outcome: "accepted", messageId: record?.messageId });
    expect(record).toMatchObject({
      configurationSet: "stepletter-local",
      tags: { mailing: mail.mailing, subscriber: "sub_1" },
      to: ["ada@example.com"],
    });
    const read = await simpleParser(await readFile(record?.emlPath ?? ""));
    expect(read).toMatchObject({ subject: mail.subject, text: mail.text });
    expect(read.html).toContain(mail.html);
    expect(read.from?.text).toBe('"Stepletter" <steps@stepletter.example>');
    expect(read.replyTo?.text).toBe("hello@stepletter.example");
    expect(read.headerLines.map(({ line }) => line)).toContain(
      "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    );
  });

  it("answers for each mail in order, whatever became of the others", async () => {
    faults.push(
      undefined,
      { before: { status: 400, errorType: "MessageRejected", message: "no" } },
      undefined,
    );
    const results = await service.deps.mailer.send([mail, mail, mail]);
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(["accepted", "accepted", "rejected"]);
  });

  it("tries once only: a mail that was accepted without an answer stands once in the mailbox", async () => {
    const before = service.ses.mails().length;
    faults.push({ after: { status: 500, message: "oops" } });
    expect(await service.deps.mailer.send([mail])).toMatchObject([{ outcome: "doubtful" }]);
    expect(service.ses.mails()).toHaveLength(before + 1);
  });

  it("gives up on an answer that does not come, and does not know then", async () => {
    faults.push({ after: "hang" });
    expect(await service.deps.mailer.send([mail])).toMatchObject([{ outcome: "doubtful" }]);
  });
});
