import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeSubscriber } from "../../../core/subscriber/change.ts";
import { suppress } from "../../../core/subscriber/suppress.ts";
import { leave } from "../../../core/subscriber/unsubscribe.ts";
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
  const list = async () => (await service.deps.subscribers.load(id))?.lists.reminders;
  return { id, kept, list, ...progressOf(service, await progressToken(service, id)) };
}

describe("POST /progress/dates", () => {
  it("keeps the date, due as the window opens on its day, joins the list and shows it", async () => {
    const { setDate, kept, list } = await reader("set@example.com");
    const answer = await setDate("RHIT exam <1>", "2027-05-01", 7);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain("RHIT exam &lt;1&gt;");
    expect(answer.body).toContain("May 1, 2027, reminder 7 days before");
    expect(await kept()).toEqual([
      expect.objectContaining({
        id: expect.stringMatching(/^[a-z0-9]+$/),
        label: "RHIT exam <1>",
        date: "2027-05-01",
        daysBefore: 7,
        dueAt: "2027-04-24T13:00:00.000Z", // a Saturday
      }),
    ]);
    expect(await list()).toEqual({ state: "joined", run: 1, since: service.clock.now() });
  });

  it("sent twice, also at once, is one date", async () => {
    const { setDate, kept } = await reader("twice@example.com");
    await Promise.all([setDate("Exam", "2027-05-01", 7), setDate("Exam", "2027-05-01", 7)]);
    await setDate(" Exam ", "2027-05-01", "7");
    expect(await kept()).toHaveLength(1);
  });

  it("with mistakes says what to do, keeps what was typed, and stores nothing", async () => {
    const { setDate } = await reader("wrong@example.com");
    const before = await allRows(service);
    const answer = await setDate('"><script>alert(1)</script>', "2027-03-01", 2);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain("Enter a day after today");
    expect(answer.body).toContain("Choose 1, 3, 7, 14 or 30 days.");
    expect(answer.body).not.toContain("<script>alert");
    expect(await allRows(service)).toEqual(before);
  });

  it("takes twenty dates of a person, and no more", async () => {
    const { setDate, kept, removeDate } = await reader("many@example.com");
    for (let day = 1; day <= 20; day++) await setDate("Exam", `2027-05-${String(day).padStart(2, "0")}`, 7);
    const answer = await setDate("Exam", "2027-05-21", 7);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain("You have 20 dates already");
    await removeDate((await kept())[0]?.id ?? "");
    expect((await setDate("Exam", "2027-05-21", 7)).statusCode).toBe(200);
    expect(await kept()).toHaveLength(20);
  });

  it("is refused to someone whom no mail reaches", async () => {
    const { id, setDate, kept } = await reader("bounced@example.com");
    await suppress(service.deps, id, "bounce");
    expect((await setDate("Exam", "2027-05-01", 7)).statusCode).toBe(409);
    expect(await kept()).toEqual([]);
  });

  it("after leaving the list starts afresh: the dates of before stay away", async () => {
    const { id, setDate, open, list } = await reader("left@example.com");
    await setDate("Old", "2027-05-01", 7);
    await changeSubscriber(service.deps.subscribers, id, (known) =>
      leave(known, "reminders", service.clock.now()),
    );
    expect((await open()).body).not.toContain("Old");
    const { body } = await setDate("New", "2027-05-01", 7);
    expect(body).toContain("New");
    expect(body).not.toContain("Old");
    expect(await list()).toMatchObject({ state: "joined", run: 2 });
    expect((await setDate("Old", "2027-05-01", 7)).body).toContain("Old");
  });

  it("goes by the reader's own calendar", async () => {
    const { setDate } = await reader("tokyo@example.com", "Asia/Tokyo");
    service.clock.set("2027-03-01T16:00:00.000Z");
    const [today, tomorrow] = [await setDate("A", "2027-03-02", 1), await setDate("B", "2027-03-03", 1)];
    service.clock.set("2027-03-01T12:00:00.000Z");
    expect([today.statusCode, tomorrow.statusCode]).toEqual([422, 200]);
  });
});

describe("POST /progress/dates/remove", () => {
  it("takes one date away, twice too, and none of another reader's", async () => {
    const [one, other] = [await reader("one@example.com"), await reader("other@example.com")];
    await one.setDate("Exam", "2027-05-01", 7);
    const id = (await one.kept())[0]?.id ?? "";
    await other.removeDate(id);
    expect(await one.kept()).toHaveLength(1);
    const answer = await one.removeDate(id);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).not.toContain("reminder 7 days before");
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
