import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "../../../core/errors.ts";
import { exportPerson } from "../../../core/person/export-person.ts";
import { requestAccess } from "../../../core/person/request-access.ts";
import { addHours, addMinutes } from "../../../core/time/instant.ts";
import { signToken } from "../../../core/token/token.ts";
import { accountOf, freshLink } from "../../helpers/account.ts";
import { progressToken } from "../../helpers/progress.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, newestMail, received, sendAll, tick } from "../../helpers/walk.ts";

const start = "2027-03-01T12:00:00.000Z";
let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

async function reader(email: string) {
  service.clock.set(start);
  const id = await join(service, email, { name: "Ada Reader", digest: "on" });
  await tick(service);
  return { id, email, token: await progressToken(service, id), links: accessOf(email) };
}

function accessOf(email: string) {
  return () => received(service, email).filter((mailing) => mailing.startsWith("access_"));
}

describe("asking for a link to one's data", () => {
  it("shows what can be done, tells nothing of the person, and changes nothing", async () => {
    const { token } = await reader("page@example.com");
    const before = await allRows(service);
    const { statusCode, headers, body } = await accountOf(service).get(`/progress/${token}/data`);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ "cache-control": "no-store" });
    expect(body).toContain("Send me a link");
    expect(body).not.toContain("page@example.com");
    expect(body).not.toContain("Ada Reader");
    expect(await allRows(service)).toEqual(before);
  });

  it("sends one to the address on file, on no list, good for one hour from when the mail is made", async () => {
    const { id, token, email } = await reader("link@example.com");
    const { statusCode, body } = await accountOf(service).askForLink(token);
    expect([statusCode, body]).toEqual([202, expect.stringContaining("Look into your mailbox")]);
    service.clock.set("2027-03-01T12:40:00.000Z");
    await sendAll(service);
    const { headers, html } = await newestMail(service, email);
    expect(headers.get("auto-submitted")).toBe("auto-generated");
    expect(headers.has("list-id")).toBe(false);
    const fresh = /\/account\/([^"]+)"/.exec(String(html))?.[1] ?? "";
    service.clock.set("2027-03-01T13:39:00.000Z");
    const open = await accountOf(service).get(`/account/${fresh}`);
    expect(open).toMatchObject({ statusCode: 200, headers: { "cache-control": "no-store" } });
    service.clock.set("2027-03-01T13:40:00.000Z");
    expect((await accountOf(service).get(`/account/${fresh}`)).statusCode).toBe(410);
    expect((await service.deps.subscribers.load(id))?.todo).toEqual({});
  });

  it("sends one in a quarter of an hour and five a day, and answers the same", async () => {
    const { token, links } = await reader("often@example.com");
    const answers = new Set<string>();
    const ask = async (minutes: number) => {
      service.clock.set(addMinutes(start, minutes));
      const { statusCode, body } = await accountOf(service).askForLink(token);
      answers.add(`${statusCode} ${body}`);
      await sendAll(service);
      return links().length;
    };
    expect(await ask(0)).toBe(1);
    expect(await ask(14)).toBe(1);
    for (const [index, minutes] of [15, 30, 45, 60].entries()) expect(await ask(minutes)).toBe(index + 2);
    expect(await ask(75)).toBe(5);
    expect(await ask(24 * 60 - 1)).toBe(5);
    expect(await ask(24 * 60)).toBe(6);
    expect(answers.size).toBe(1);
    expect(new Set(links()).size).toBe(6);
  });

  it("is carried out by dispatch when nothing could be enqueued at once", async () => {
    const { id, token, links } = await reader("later@example.com");
    const { deps } = service;
    const down = { ...deps, packets: { ...deps.packets, create: unavailable } };
    expect(await requestAccess(down, { token })).toEqual({ status: "asked", enqueued: false });
    expect(links()).toEqual([]);
    await tick(service);
    expect(links()).toEqual(["access_2027-03-01_1"]);
    expect((await deps.subscribers.load(id))?.todo).toEqual({});
  });

  it("sends nothing to whoever is suppressed, and answers the same", async () => {
    const { id, token, links } = await reader("bounced@example.com");
    const known = await service.deps.subscribers.load(id);
    if (known)
      await service.deps.subscribers.replace({ ...known, suppressed: { reason: "bounce", since: start } });
    expect((await accountOf(service).askForLink(token)).statusCode).toBe(202);
    await tick(service);
    expect(links()).toEqual([]);
  });
});

describe("a link that is not fresh", () => {
  it("opens, takes out, moves and erases nothing, whichever mail it came in", async () => {
    const { id, email, token } = await reader("links@example.com");
    const { html } = await newestMail(service, email);
    const found = [...String(html).matchAll(/https:\/\/steps\.example\/[a-z]+\/([^"/]+)/g)].map(
      ([, each = ""]) => each,
    );
    expect(found.length).toBeGreaterThan(0);
    const ring = await service.deps.keys.ring();
    const made = (["confirm", "unsubscribe", "progress", "address", "form"] as const).map((purpose) =>
      signToken(ring, { purpose, subscriberId: id, list: "all", expiresAt: addHours(start, 5) }),
    );
    const { get, post, exportData, changeAddress, erase } = accountOf(service);
    const before = await allRows(service);
    for (const each of [...found, ...made, token, "", "x", "k1.sub_1.all..AAAAAAAAAAAAAAAAAAAAAA"]) {
      const answers = [
        await exportData(each),
        await changeAddress(each, "other@example.com"),
        await erase(each),
        await get(`/account/${each || "x"}`),
        await get(`/account/export?token=${each}`),
        await get(`/account/address?token=${each}&email=other@example.com`),
        await get(`/account/erase?token=${each}&sure=on`),
      ];
      if (!made.slice(3, 4).includes(each)) answers.push(await post("/address", { token: each }));
      for (const { statusCode } of answers) expect([403, 404]).toContain(statusCode);
    }
    expect(await allRows(service)).toEqual(before);
  });

  it("has expired after an hour, for every deed", async () => {
    const { id, email } = await reader("expired@example.com");
    const fresh = await freshLink(service, id, email);
    service.clock.set(addHours(start, 1));
    const { get, exportData, changeAddress, erase } = accountOf(service);
    const before = await allRows(service);
    for (const { statusCode, body } of [
      await get(`/account/${fresh}`),
      await exportData(fresh),
      await changeAddress(fresh, "other@example.com"),
      await erase(fresh),
    ])
      expect([statusCode, body]).toEqual([410, expect.stringContaining("This link has expired")]);
    expect(await allRows(service)).toEqual(before);
  });
});

describe("taking out one's data", () => {
  it("hands out every row that is kept, with whatever it holds, as a file", async () => {
    const { id, email, token } = await reader("export@example.com");
    const { post, exportData } = accountOf(service);
    await post("/progress/dates", { token, kind: "exam", label: "Board exam", date: "2027-05-01" });
    const webinar = { hours: "1.5", activity: "Board webinar", category: "own", day: "2027-03-01" };
    await post("/progress/hours", { token, ...webinar });
    await service.deps.enrolments.noteDone({ subscriberId: id, course: "records", run: 1 }, "welcome", start);
    await service.deps.digests.start({ subscriberId: id, run: 1, edition: "2027-W10", dueAt: start });
    const fresh = await freshLink(service, id, email);
    const before = await allRows(service);
    const { statusCode, headers, body } = await exportData(fresh);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "content-disposition": 'attachment; filename="stepletter-data.json"',
      "cache-control": "no-store",
    });
    const data = JSON.parse(String(body));
    expect(data).toMatchObject({
      person: { address: email, name: "Ada Reader", consent: { network: "192.0.2.7" } },
      courses: [{ course: "records", title: "Three steps", done_welcome: start }],
      dates: [{ label: "Board exam", date: "2027-05-01" }],
      hours: [{ activity: "Board webinar", hours: 1.5, day: "2027-03-01" }],
      addressSuppressed: null,
    });
    const rows = before.filter(({ pk }) => pk === `SUB#${id}`);
    expect(rows.map(({ sk }) => String(sk).split("#")[0])).toEqual(
      expect.arrayContaining(["PROFILE", "COURSE", "DIGEST", "DATE", "CE", "MAIL"]),
    );
    const parts = [
      data.person,
      ...data.courses,
      ...data.nudges,
      ...data.digest,
      ...data.dates,
      ...data.hours,
      ...data.mails,
      ...data.others,
    ];
    expect(parts).toHaveLength(rows.length);
    for (const { pk: _, sk, v: _v, due: _d, roster: _r, ...values } of rows) {
      const part = parts.find((each) =>
        Object.entries(values).every(([name, value]) => same(each[name], value)),
      );
      expect([sk, part]).toEqual([sk, expect.anything()]);
    }
    expect(await allRows(service)).toEqual(before);
  });

  it("tells of a suppression of the address, of somebody's events, and of rows of a kind that is new", async () => {
    const { id, email } = await reader("more@example.com");
    const fresh = await freshLink(service, id, email);
    const known = await service.deps.subscribers.load(id);
    await service.deps.suppressions.add(known?.addressHash ?? "", { reason: "complaint", since: start });
    const event = { type: "delivered", at: start, messageId: "m-1" };
    await service.deps.deliveries.noteEvent({ subscriberId: id, mailing: "access_2027-03-01_1" }, event);
    const { persons } = service.deps;
    const withNew = {
      ...service.deps,
      persons: {
        of: async (of: string) => [...(await persons.of(of)), { name: "NEW#1", values: { kept: "a thing" } }],
      },
    };
    expect(await exportPerson(withNew, { token: fresh })).toMatchObject({
      status: "exported",
      data: {
        addressSuppressed: { reason: "complaint", since: start },
        mails: expect.arrayContaining([
          expect.objectContaining({ mailing: "access_2027-03-01_1", kind: "access", on_delivered: start }),
        ]),
        others: [{ name: "NEW#1", kept: "a thing" }],
      },
    });
  });
});

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

async function unavailable(): Promise<never> {
  throw new AppError("unavailable", "test.down", "down");
}
