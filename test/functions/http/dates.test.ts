import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeSubscriber } from "../../../core/subscriber/change.ts";
import { suppress } from "../../../core/subscriber/suppress.ts";
import { leave } from "../../../core/subscriber/unsubscribe.ts";
import { readCalendar } from "../../core/reminder/read-calendar.ts";
import { progressOf, progressToken } from "../../helpers/progress.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join } from "../../helpers/walk.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

async function reader(email: string, zone = "America/New_York") {
  const id = await join(service, email, { zone });
  const kept = () => service.deps.dates.of(id);
  const only = async () => (await kept())[0] ?? expect.fail("There is no date");
  const list = async () => (await service.deps.subscribers.load(id))?.lists.reminders;
  return { id, kept, only, list, ...progressOf(service, await progressToken(service, id)) };
}

const rhit = { kind: "renewal", credential: "rhit" };

describe("POST /progress/dates", () => {
  it("keeps the date, due for its first reminder as the window opens, joins the list and shows it", async () => {
    const { setDate, kept, list } = await reader("set@example.com");
    const answer = await setDate("RHIT exam <1>", "2027-05-01");
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain("RHIT exam &lt;1&gt;");
    expect(answer.body).toContain("May 1, 2027. The next reminder comes on Tuesday, March 2.");
    expect(await kept()).toEqual([
      expect.objectContaining({
        id: expect.stringMatching(/^[a-z0-9]+$/),
        kind: "exam",
        label: "RHIT exam <1>",
        date: "2027-05-01",
        daysBefore: 60,
        dueAt: "2027-03-02T14:00:00.000Z",
        setAt: service.clock.now(),
      }),
    ]);
    expect(await list()).toEqual({ state: "joined", run: 1, since: service.clock.now() });
  });

  it("of a renewal keeps the cycle that it ends, and shows its hours", async () => {
    const { setDate, only, open } = await reader("renewal@example.com");
    const { body } = await setDate("", "2028-02-29", rhit);
    expect(await only()).toMatchObject({
      label: "RHIT renewal",
      credential: "rhit",
      cycleFrom: "2026-02-28",
    });
    for (const page of [body, (await open()).body])
      expect(page).toContain(
        '<strong>0 of 20 hours</strong>, 20 to go; <span class="whole">11 months left</span>',
      );
    expect(body).toContain("50% of the cycle has passed");
    expect(body).toContain("From AHIMA: <strong>0 of 8 hours</strong>, 8 to go.");
    expect(body).toContain(
      '<a href="https://ahima.example/hours" rel="noreferrer">source</a>, read on November 23, 2026',
    );
  });

  it("of a renewal whose hours nobody could verify asks to ask the body", async () => {
    const { setDate } = await reader("cpc@example.com");
    const { body } = await setDate("", "2028-03-01", { kind: "renewal", credential: "cpc" });
    expect(body).toContain("How many hours AAPC requires we could not verify.");
    expect(body).toContain('<a href="https://aapc.example/renew" rel="noreferrer">Ask AAPC</a>');
  });

  it("sent twice, also at once, is one date", async () => {
    const { setDate, kept } = await reader("twice@example.com");
    await Promise.all([setDate("Exam", "2027-05-01"), setDate("Exam", "2027-05-01")]);
    await setDate(" Exam ", "2027-05-01");
    await setDate("", "2027-05-01");
    expect(await kept()).toHaveLength(1);
  });

  it("with mistakes says what to do, keeps what was typed, and stores nothing", async () => {
    const { setDate } = await reader("wrong@example.com");
    const before = await allRows(service);
    const answer = await setDate('"><script>alert(1)</script>', "2027-03-01", { kind: "x", credential: "y" });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain("Enter a day after today");
    expect(answer.body).toContain("Choose what it is");
    expect(answer.body).toContain("Choose one of the credentials");
    expect(answer.body).not.toContain("<script>alert");
    expect(answer.body).toContain('value="&quot;&gt;&lt;script&gt;');
    expect(await allRows(service)).toEqual(before);
  });

  it("takes twenty dates of a person, and no more until one is done or removed", async () => {
    const { setDate, kept, only, removeDate, finishDate } = await reader("many@example.com");
    for (let day = 1; day <= 20; day++) await setDate("Exam", `2027-05-${String(day).padStart(2, "0")}`);
    const answer = await setDate("Exam", "2027-05-21");
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain("You have 20 dates already");
    await removeDate((await only()).id);
    expect((await setDate("Exam", "2027-05-21")).statusCode).toBe(200);
    const { id, date } = await only();
    await finishDate(id, date);
    expect((await setDate("Exam", "2027-05-22")).statusCode).toBe(200);
    expect(await kept()).toHaveLength(21);
  });

  it("is refused to someone whom no mail reaches", async () => {
    const { id, setDate, kept } = await reader("bounced@example.com");
    await suppress(service.deps, id, "bounce");
    expect((await setDate("Exam", "2027-05-01")).statusCode).toBe(409);
    expect(await kept()).toEqual([]);
  });

  it("after leaving the list starts afresh: the dates of before stay away", async () => {
    const { id, setDate, only, finishDate, openDates, list } = await reader("left@example.com");
    await setDate("Old", "2027-05-01");
    await changeSubscriber(service.deps.subscribers, id, (known) =>
      leave(known, "reminders", service.clock.now()),
    );
    expect((await openDates()).body).not.toContain("Old");
    const before = await only();
    await finishDate(before.id, before.date);
    expect(await only()).toEqual(before);
    const { body } = await setDate("New", "2027-05-01");
    expect(body).toContain("New");
    expect(body).not.toContain("Old");
    expect(await list()).toMatchObject({ state: "joined", run: 2 });
    expect((await setDate("Old", "2027-05-01")).body).toContain("Old");
  });

  it("goes by the reader's own calendar", async () => {
    const { setDate } = await reader("tokyo@example.com", "Asia/Tokyo");
    service.clock.set("2027-03-01T16:00:00.000Z");
    const [today, tomorrow] = [await setDate("A", "2027-03-02"), await setDate("B", "2027-03-03")];
    service.clock.set("2027-03-01T12:00:00.000Z");
    expect([today.statusCode, tomorrow.statusCode]).toEqual([422, 200]);
  });
});

describe("POST /progress/dates/done", () => {
  it("ends an exam: it is due no more, and is shown as done for a while", async () => {
    const { setDate, only, finishDate, openDates } = await reader("exam@example.com");
    await setDate("Exam", "2027-05-01");
    const { id, date } = await only();
    const { statusCode, body } = await finishDate(id, date);
    expect(statusCode).toBe(200);
    expect(body).toContain("May 1, 2027, done.");
    expect(body).not.toContain(">Done<");
    expect(await only()).toMatchObject({ doneAt: service.clock.now() });
    expect(await only()).not.toHaveProperty("dueAt");
    service.clock.set("2027-04-01T12:00:00.000Z");
    expect((await openDates()).body).not.toContain("May 1, 2027");
    service.clock.set("2027-03-01T12:00:00.000Z");
  });

  it("moves a renewal on to its next cycle, once for each time that it is done", async () => {
    const { setDate, only, finishDate } = await reader("cycle@example.com");
    await setDate("", "2027-05-01", rhit);
    const first = await only();
    await Promise.all([finishDate(first.id, first.date), finishDate(first.id, first.date)]);
    const { body } = await finishDate(first.id, first.date);
    expect(await only()).toEqual({
      ...first,
      date: "2029-05-01",
      cycleFrom: "2027-05-01",
      daysBefore: 90,
      dueAt: "2029-01-31T14:00:00.000Z",
    });
    expect(body).toContain("May 1, 2029. The next reminder comes on Wednesday, January 31, 2029.");
  });

  it("of a renewal without a cycle ends it", async () => {
    const { setDate, only, finishDate } = await reader("no-cycle@example.com");
    await setDate("", "2027-05-01", { kind: "renewal", credential: "cpc" });
    const { id, date } = await only();
    await finishDate(id, date);
    expect(await only()).toMatchObject({ date, doneAt: service.clock.now() });
  });

  it("of a renewal that is overdue begins the cycle that runs already", async () => {
    const { setDate, only, finishDate, openDates } = await reader("overdue@example.com");
    await setDate("", "2027-05-01", rhit);
    service.clock.set("2027-05-20T12:00:00.000Z");
    expect((await openDates()).body).toContain("It was due on May 1, 2027.");
    const { id, date } = await only();
    await finishDate(id, date);
    expect(await only()).toMatchObject({ date: "2029-05-01", cycleFrom: "2027-05-01" });
    service.clock.set("2027-03-01T12:00:00.000Z");
  });

  it("of a renewal whose hours are missing asks once more, and changes nothing until then", async () => {
    const { setDate, only, finishDate, logHours } = await reader("missing@example.com");
    await setDate("", "2027-05-01", rhit);
    await logHours("19", { category: "own:AHIMA" });
    const { id, date } = await only();
    const before = await allRows(service);
    const asked = await finishDate(id, date, "");
    expect(asked.statusCode).toBe(200);
    expect(asked.body).toContain("1 hour is still missing for RHIT.");
    expect(await allRows(service)).toEqual(before);
    const form = /<form[\s\S]*?<\/form>/.exec(String(asked.body))?.[0] ?? "";
    expect(form).toContain('name="confirm" value="yes"');
    const words = "RHIT is renewed. The next cycle ends on May 1, 2029.";
    for (const _ of [1, 2]) expect((await finishDate(id, date)).body).toContain(words);
  });

  it("of a renewal with all its hours asks nothing", async () => {
    const { setDate, only, finishDate, logHours } = await reader("whole@example.com");
    await setDate("", "2027-05-01", rhit);
    await logHours("20", { category: "own:AHIMA" });
    const { id, date } = await only();
    expect((await finishDate(id, date, "")).body).toContain("RHIT is renewed.");
  });

  it("of another reader's date, of one that is gone, or of another day changes nothing", async () => {
    const [one, other] = [await reader("mine@example.com"), await reader("theirs@example.com")];
    await one.setDate("", "2027-05-01", rhit);
    const { id } = await one.only();
    const before = await allRows(service);
    for (const [who, what, day] of [
      [other, id, "2027-05-01"],
      [one, id, "2027-05-02"],
      [one, id, ""],
      [one, "abc", "2027-05-01"],
      [one, "../PROFILE", "2027-05-01"],
    ] as const)
      expect((await who.finishDate(what, day)).statusCode).toBe(200);
    expect(await allRows(service)).toEqual(before);
  });
});

describe("POST /progress/dates/passed", () => {
  it("keeps the credential of an exam that is over, and ends the exam; twice it is one renewal", async () => {
    const { setDate, kept, only, passExam, openDates } = await reader("passed@example.com");
    await setDate("", "2027-03-20", { credential: "rhit" });
    const { id } = await only();
    service.clock.set("2027-03-22T12:00:00.000Z");
    const { body: offer } = await openDates();
    expect(offer).toContain("Passed? Then RHIT is to be renewed by March 20, 2029.");
    for (const _ of [1, 2]) expect((await passExam(id)).statusCode).toBe(200);
    const dates = await kept();
    expect(dates).toHaveLength(2);
    expect(dates.find(({ kind }) => kind === "exam")).toMatchObject({ doneAt: service.clock.now() });
    expect(dates.find(({ kind }) => kind === "renewal")).toMatchObject({
      label: "RHIT renewal",
      date: "2029-03-20",
      cycleFrom: "2027-03-20",
    });
    const { body } = await openDates();
    expect(body).not.toContain("I passed");
    expect(body).toContain("March 20, 2027, done.");
    service.clock.set("2027-03-01T12:00:00.000Z");
  });

  it("says what was added", async () => {
    const { setDate, only, passExam } = await reader("added@example.com");
    await setDate("", "2027-03-20", { credential: "rhit" });
    service.clock.set("2027-03-22T12:00:00.000Z");
    expect((await passExam((await only()).id)).body).toContain("Well done. RHIT renewal added.");
    service.clock.set("2027-03-01T12:00:00.000Z");
  });

  it("of no exam, of another reader's, or of one that is ahead changes nothing", async () => {
    const [one, other] = [await reader("taker@example.com"), await reader("taken@example.com")];
    await one.setDate("", "2027-05-01", rhit);
    await other.setDate("", "2027-05-01", { credential: "rhit" });
    const before = await allRows(service);
    const exam = (await other.only()).id;
    for (const id of [(await one.only()).id, exam, "../PROFILE", ""])
      expect((await one.passExam(id)).statusCode).toBe(404);
    expect((await other.passExam(exam)).statusCode).toBe(404);
    expect(await allRows(service)).toEqual(before);
  });
});

describe("POST /progress/dates/remove", () => {
  it("takes one date away, twice too, and none of another reader's", async () => {
    const [one, other] = [await reader("one@example.com"), await reader("other@example.com")];
    await one.setDate("Exam", "2027-05-01");
    const { id } = await one.only();
    await other.removeDate(id);
    expect(await one.kept()).toHaveLength(1);
    const answer = await one.removeDate(id);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).not.toContain("The next reminder comes");
    expect((await one.removeDate(id)).statusCode).toBe(200);
    expect(await one.kept()).toEqual([]);
  });

  it.each(["", "../PROFILE", "A".repeat(2000)])("of the id %j changes nothing", async (id) => {
    const { removeDate } = await reader("odd@example.com");
    const before = await allRows(service);
    expect((await removeDate(id)).statusCode).toBe(200);
    expect(await allRows(service)).toEqual(before);
  });
});

describe("GET /progress/:token/dates/….ics", () => {
  it("is one date, or all that are ahead, as a calendar file, and changes nothing", async () => {
    const { setDate, kept, finishDate, openDates } = await reader("calendar@example.com");
    await setDate("Exam, part 1", "2027-05-01");
    await setDate("", "2027-06-01", rhit);
    await setDate("Done", "2027-07-01");
    const [exam, done] = ["Exam, part 1", "Done"].map(async (label) =>
      (await kept()).find((date) => date.label === label),
    );
    await finishDate((await done)?.id ?? "", "2027-07-01");
    const before = await allRows(service);
    const all = await openDates("/all.ics");
    expect(all.statusCode).toBe(200);
    expect(all.headers).toMatchObject({
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": 'attachment; filename="dates.ics"',
      "cache-control": "no-store",
    });
    // API Gateway hands on as bytes what is no page.
    const fileIn = ({ body }: { body: string }) => Buffer.from(body, "base64").toString();
    const summaries = (answer: { body: string }) =>
      readCalendar(fileIn(answer)).map(({ properties }) => properties.get("SUMMARY"));
    expect(all.isBase64Encoded).toBe(true);
    expect(summaries(all).toSorted()).toEqual(["Exam, part 1", "RHIT renewal"]);
    expect(fileIn(all)).not.toContain("calendar@example.com");
    const one = await openDates(`/${(await exam)?.id}.ics`);
    expect(summaries(one)).toEqual(["Exam, part 1"]);
    expect(await allRows(service)).toEqual(before);
  });

  it.each(["/none.ics", "/.ics", "/all", "/PROFILE.ics"])("of %s there is none", async (file) => {
    const { openDates } = await reader("nothing@example.com");
    expect((await openDates(file)).statusCode).toBe(404);
  });
});
