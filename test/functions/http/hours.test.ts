import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { progressOf, progressToken } from "../../helpers/progress.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join } from "../../helpers/walk.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** Somebody who keeps RHIT until 1 May. */
async function reader(email: string) {
  const id = await join(service, email);
  const page = progressOf(service, await progressToken(service, id));
  await page.setDate("", "2027-05-01", { kind: "renewal", credential: "rhit" });
  return { id, logged: () => service.deps.ceLog.of(id), ...page };
}

describe("POST /progress/hours", () => {
  it("logs hours, which the page holds against the requirement", async () => {
    const { logHours, logged, open } = await reader("log@example.com");
    await logHours("5", { form: "1" });
    const { statusCode, body } = await logHours("7", { form: "2", category: "other", activity: "Book <1>" });
    expect(statusCode).toBe(200);
    expect(body).toContain(
      '<strong>12 of 20 hours</strong>, 8 to go; <span class="whole">2 months left</span>',
    );
    expect(body).toContain("From AHIMA: <strong>5 of 8 hours</strong>, 3 to go.");
    expect(body).toContain("Book &lt;1&gt;");
    expect(body).toContain('<rect class="filled" y="8" width="60%"');
    expect((await open()).body).toContain("RHIT: <strong>12 of 20 hours</strong>");
    expect((await logged()).map(({ hours, category }) => [hours, category]).toSorted()).toEqual([
      [5, "own"],
      [7, "other"],
    ]);
  });

  it("from elsewhere that are too many are told while some of the body's own are missing", async () => {
    const { logHours } = await reader("surplus@example.com");
    const words = "3 more hours from others do not count: 8 of the 20 must come from AHIMA.";
    expect((await logHours("15", { form: "1", category: "other" })).body).toContain(words);
    expect((await logHours("8", { form: "2", category: "own:AHIMA" })).body).not.toContain("do not count");
  });

  it("of one body is no hour of another's own", async () => {
    const { logHours, open } = await reader("bodies@example.com");
    expect((await logHours("9", { category: "own:AAPC" })).body).toContain("<strong>0 of 8 hours</strong>");
    expect((await logHours("5", { category: "own:AHIMA" })).body).toContain("<strong>5 of 8 hours</strong>");
    expect((await open()).statusCode).toBe(200);
  });

  it("from the same form twice, also at once, logs once; from another form again", async () => {
    const { logHours, logged, openDates } = await reader("twice@example.com");
    const forms = await Promise.all(
      [1, 2].map(async () => /name="form" value="([^"]+)"/.exec(String((await openDates()).body))?.[1] ?? ""),
    );
    await Promise.all([
      logHours("1.5", { form: forms[0] ?? "" }),
      logHours("1,50", { form: forms[0] ?? "" }),
    ]);
    await logHours("1.5", { form: forms[0] ?? "" });
    expect(await logged()).toHaveLength(1);
    await logHours("1.5", { form: forms[1] ?? "" });
    expect(await logged()).toHaveLength(2);
  });

  it("with mistakes says what to do, keeps what was typed, and stores nothing", async () => {
    const { logHours } = await reader("wrong@example.com");
    const before = await allRows(service);
    const typed = {
      activity: '"><script>alert(1)</script>'.repeat(9),
      category: "x",
      day: "2027-03-02",
      covers: "y",
    };
    const { statusCode, body } = await logHours("1.3", typed);
    expect(statusCode).toBe(422);
    for (const field of ["hours", "activity", "category", "day", "covers"])
      expect(body).toContain(`id="${field}-mistake"`);
    expect(body).not.toContain("<script>alert");
    expect(body).toContain('value="1.3"');
    expect(body).toMatch(/<details class="add main" open>\s*<summary>Log hours/);
    expect(await allRows(service)).toEqual(before);
  });

  it("takes two hundred entries of a person, and no more", async () => {
    const { id, logHours, logged, removeHours } = await reader("many@example.com");
    const entry = {
      activity: "A",
      category: "own",
      day: "2027-02-01",
      loggedAt: service.clock.now(),
    } as const;
    for (let n = 0; n < 200; n++)
      await service.deps.ceLog.add({ ...entry, subscriberId: id, id: `e${n}`, hours: 1 });
    const { statusCode, body } = await logHours("1");
    expect([statusCode, body]).toEqual([422, expect.stringContaining("You have logged 200 entries already")]);
    await removeHours("e7");
    expect((await logHours("1")).statusCode).toBe(200);
    // Sent once more, it is there already.
    expect((await logHours("1")).statusCode).toBe(200);
    expect(await logged()).toHaveLength(200);
  });

  it("before any renewal is kept for later", async () => {
    const id = await join(service, "early@example.com");
    const page = progressOf(service, await progressToken(service, id));
    const { body } = await page.logHours("2");
    expect(body).toContain("Hours that count for none of your renewals (1)");
    const later = await page.setDate("", "2027-05-01", { kind: "renewal", credential: "rhit" });
    expect(later.body).toContain("<strong>2 of 20 hours</strong>");
  });

  it("counts in the next cycle what is done after the last", async () => {
    const { logHours, finishDate, id } = await reader("next@example.com");
    await logHours("20", { day: "2027-02-01" });
    const [date] = await service.deps.dates.of(id);
    const { body } = await finishDate(date?.id ?? "", "2027-05-01");
    expect(body).toContain("<strong>0 of 20 hours</strong>");
    expect(body).toContain("Hours that count for none of your renewals (1)");
    service.clock.set("2027-05-02T12:00:00.000Z");
    expect((await logHours("3", { day: "2027-05-02" })).body).toContain("<strong>3 of 20 hours</strong>");
    service.clock.set("2027-03-01T12:00:00.000Z");
  });
});

describe("POST /progress/hours/remove", () => {
  it("takes one entry away, twice too, and none of another reader's", async () => {
    const [one, other] = [await reader("one@example.com"), await reader("other@example.com")];
    await one.logHours("1");
    const [entry] = await one.logged();
    await other.removeHours(entry?.id ?? "");
    expect(await one.logged()).toHaveLength(1);
    for (const _ of [1, 2]) expect((await one.removeHours(entry?.id ?? "")).statusCode).toBe(200);
    expect(await one.logged()).toEqual([]);
  });

  it.each(["", "../PROFILE", "A".repeat(2000)])("of the id %j changes nothing", async (id) => {
    const { removeHours } = await reader("odd@example.com");
    const before = await allRows(service);
    expect((await removeHours(id)).statusCode).toBe(200);
    expect(await allRows(service)).toEqual(before);
  });
});
