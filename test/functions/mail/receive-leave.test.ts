import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { signToken } from "../../../core/token/token.ts";
import { logger } from "../../../functions/edge/logger.ts";
import { handler } from "../../../functions/mail/receive-leave.ts";
import { type ReceivedMail, receivedMail } from "../../helpers/received-mail.ts";
import { rotateKeys } from "../../helpers/rotate-keys.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, newestMail, tick } from "../../helpers/walk.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterEach(() => {
  vi.restoreAllMocks();
  service.measured.length = 0;
});
afterAll(() => service.stop());

const receive = (mail: ReceivedMail) => handler.with(service.depsOf("receive-leave"))(receivedMail(mail));

/** Someone with the welcome mail in hand, and the subject that their mail program makes of its `mailto:`. */
async function reader(email: string): Promise<{ id: string; subject: string; token: string }> {
  const id = await join(service, email);
  await tick(service);
  const { headerLines } = await newestMail(service, email);
  const header = headerLines.find(({ key }) => key === "list-unsubscribe")?.line.replace(/\r\n\s+/g, " ");
  const mailto = new URL(/<(mailto:[^>]+)>/.exec(header ?? "")?.[1] ?? "");
  const subject = mailto.searchParams.get("subject") ?? "";
  return { id, subject, token: subject.replace("unsubscribe ", "") };
}

async function stateOf(id: string): Promise<string | undefined> {
  return (await service.deps.subscribers.load(id))?.lists.records?.state;
}

describe("a mail to the unsubscribe mailbox", () => {
  it("as Outlook sends it from the header of a mail leaves the list, and no step follows", async () => {
    const { id, subject } = await reader("outlook@example.com");
    expect(subject).toMatch(/^unsubscribe [\w.-]+$/);
    await receive({ subject });
    expect(await stateOf(id)).toBe("left");
    const before = service.ses.mails().length;
    service.clock.set("2027-03-03T15:00:00.000Z");
    await tick(service);
    expect(service.ses.mails()).toHaveLength(before);
    service.clock.set("2027-03-01T12:00:00.000Z");
  });

  it("that comes twice does no more than once", async () => {
    const { id, subject } = await reader("twice@example.com");
    await receive({ subject });
    const after = await service.deps.subscribers.load(id);
    await receive({ subject });
    expect(await service.deps.subscribers.load(id)).toEqual(after);
  });

  it("leaves whatever the filters think of it: the token is the proof", async () => {
    const { id, subject } = await reader("spam@example.com");
    await receive({ subject, spam: "FAIL", virus: "FAIL" });
    expect(await stateOf(id)).toBe("left");
  });

  it("whose subject is told among the raw headers alone leaves all the same", async () => {
    const { id, subject } = await reader("raw@example.com");
    const event = receivedMail({ subject });
    delete event.Records[0]?.ses.mail.commonHeaders.subject;
    await handler.with(service.depsOf("receive-leave"))(event);
    expect(await stateOf(id)).toBe("left");
  });

  it.each([
    ["without a subject", undefined],
    ["about something else", "Cheap watches"],
    ["with the word alone", "unsubscribe"],
  ])("%s changes nothing, and is not worth an alarm", async (_, subject) => {
    const before = await allRows(service);
    await receive({ subject });
    expect(await allRows(service)).toEqual(before);
    expect(service.measured).toEqual([]);
  });

  it("with a token that is none of ours changes nothing, and is counted", async () => {
    const { token } = await reader("forged@example.com");
    const before = await allRows(service);
    service.measured.length = 0;
    await receive({ subject: `unsubscribe ${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}` });
    expect(await allRows(service)).toEqual(before);
    expect(service.measured).toEqual([["LeaveMailsForged", 1]]);
  });

  it("with a key that was made since this function read the keys leaves the list", async () => {
    const { id, subject } = await reader("rotated@example.com");
    await receive({ subject: "unsubscribe k1.sub_1.records..AAAAAAAAAAAAAAAAAAAAAA" });
    const claims = { purpose: "unsubscribe", subscriberId: id, list: "records" } as const;
    const token = signToken(await rotateKeys(service), claims);
    expect(subject).not.toContain(token);
    service.clock.pass(31);
    service.measured.length = 0;
    await receive({ subject: `unsubscribe ${token}` });
    expect(await stateOf(id)).toBe("left");
    expect(service.measured).toEqual([]);
  });

  it("is logged by its id and what came of it: no address, no token, no subject", async () => {
    const { subject, token } = await reader("logged@example.com");
    const lines: unknown[] = [];
    for (const level of ["info", "warn", "debug"] as const)
      vi.spyOn(logger, level).mockImplementation((...line) => void lines.push(line));
    await receive({ subject });
    await receive({ subject: "unsubscribe k1.sub_1.records..AAAAAAAAAAAAAAAAAAAAAA" });
    expect(lines).toEqual([
      ["mail handled", { messageId: expect.any(String), status: "left" }],
      ["mail handled", { messageId: expect.any(String), status: "forged" }],
    ]);
    expect(JSON.stringify(lines)).not.toMatch(new RegExp(`@|${token}|unsubscribe`));
  });
});

describe("a mail that cannot be acted on", () => {
  it.each([
    ["the table", "poll-feed"],
    ["the keys", "dispatch"],
  ] as const)("because %s is closed to it fails, so that it comes again", async (_, name) => {
    const { id, subject } = await reader(`${name}@example.com`);
    vi.spyOn(logger, "warn").mockImplementation(() => {});
    await expect(handler.with(service.depsOf(name))(receivedMail({ subject }))).rejects.toThrow();
    expect(await stateOf(id)).toBe("joined");
    await receive({ subject });
    expect(await stateOf(id)).toBe("left");
  });

  it("because it is no mail at all fails, and keeps none beside it back", async () => {
    const { id, subject } = await reader("beside@example.com");
    const warn = vi.spyOn(logger, "warn").mockImplementation(() => {});
    const { Records } = receivedMail({ subject });
    const strange = [{ eventSource: "aws:s3" }, ...Records] as typeof Records;
    await expect(handler.with(service.depsOf("receive-leave"))({ Records: strange })).rejects.toThrow();
    expect(await stateOf(id)).toBe("left");
    expect(JSON.stringify(warn.mock.calls)).toContain("the message could not be read");
  });
});
