import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handler } from "../../../functions/http/handler.ts";
import { context, formPost, httpEvent } from "../../helpers/events.ts";
import { progressToken } from "../../helpers/progress.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, linkToken, tick } from "../../helpers/walk.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const call = (event: Parameters<ReturnType<typeof handler.with>>[0]) =>
  handler.with(service.depsOf("http"))(event, context);

/** Someone to whom the welcome and the first step were sent, on a Wednesday. */
async function learner(email: string) {
  service.clock.set("2027-03-01T12:00:00.000Z");
  const id = await join(service, email, { name: "Ada <b>" });
  await tick(service);
  service.clock.set("2027-03-03T14:00:00.000Z");
  await tick(service);
  const token = await progressToken(service, id);
  const form = (path: string, step: string, fields: [string, string][] = []) =>
    call(
      httpEvent({
        method: "POST",
        path,
        headers: { "content-type": "application/x-www-form-urlencoded", accept: "text/html" },
        body: new URLSearchParams([
          ["token", token],
          ["course", "records"],
          ["step", step],
          ...fields,
        ]).toString(),
      }),
    );
  return {
    id,
    token,
    at: `/progress/${token}/courses/records`,
    open: (step: string) => call(httpEvent({ path: `/progress/${token}/courses/records/${step}` })),
    tick: (step: string, ...tasks: string[]) =>
      form(
        "/progress/tasks",
        step,
        tasks.map((task) => ["task", task]),
      ),
    mark: (step: string, fields: [string, string][] = []) => form("/progress", step, fields),
    restart: (step: string) => form("/progress/restart", step),
    enrolment: async () => (await service.deps.enrolments.loadMany(id, ["records"]))[0],
  };
}

/** Walks on to the end of the course, marking each step. */
async function walkToTheEnd({ mark }: Awaited<ReturnType<typeof learner>>) {
  await mark("school");
  service.clock.set("2027-03-10T14:00:00.000Z");
  await tick(service);
  return mark("training");
}

const ticked = (page: string) =>
  [...page.matchAll(/type="checkbox"[^>]*value="([^"]+)" checked/g)].map(([, id]) => id);

describe("GET of a step's page", () => {
  it("shows the mail again with its checklist and its buttons, and changes nothing", async () => {
    const { open, token } = await learner("read@example.com");
    const before = await allRows(service);
    const { statusCode, headers, body } = await open("school");
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ "cache-control": "no-store", "referrer-policy": "no-referrer" });
    expect(body).toContain("<h1>school</h1>");
    expect(body).toContain("Step 1 of 2");
    expect(body).toContain("Sent on March 3, 2027 as “About school”.");
    expect(body).toContain("Hello Ada &lt;b&gt;, Read of school.");
    expect(body).toContain('<a href="https://steps.example/courses/records/glossary">');
    expect(body).toContain('value="enrol"');
    expect(ticked(body)).toEqual([]);
    expect(body).toContain("Mark this step as done");
    expect(body).toContain(`href="/progress/${token}/courses/records/welcome"`);
    expect(await allRows(service)).toEqual(before);
  });

  it("offers the next step on another day only where it would come sooner", async () => {
    const { open } = await learner("offer@example.com");
    expect((await open("school")).body).toContain("Send me the next step tomorrow already");
    expect((await open("school")).body).toContain("Otherwise it comes on Wednesday, March 10.");
    expect((await open("welcome")).body).not.toContain("Send me the next step");
    service.clock.set("2027-03-09T18:00:00.000Z");
    expect((await open("school")).body).not.toContain("Send me the next step");
  });

  it("is only read of a welcome", async () => {
    const { open } = await learner("welcome@example.com");
    const { body } = await open("welcome");
    expect(body).toContain("Read of welcome.");
    expect(body).not.toContain("Mark this step as done");
  });

  it.each([
    ["training", "records", 409, "has not come to you yet"],
    ["flying", "records", 404, "There is no such step"],
    ["school", "flying", 404, "There is no such step"],
    ["constructor", "__proto__", 404, "There is no such step"],
  ])("%s of %s gives nothing away", async (step, course, status, words) => {
    const { token } = await learner(`closed-${step}-${course}@example.com`);
    const before = await allRows(service);
    const { statusCode, body } = await call(
      httpEvent({ path: `/progress/${token}/courses/${course}/${step}` }),
    );
    expect(statusCode).toBe(status);
    expect(body).toContain(words);
    expect(body).not.toContain("Read of");
    expect(await allRows(service)).toEqual(before);
  });

  it("opens to no link but a good one, of its reader", async () => {
    const { token, id } = await learner("link@example.com");
    const unsubscribe = await linkToken(service, "link@example.com", "unsubscribe");
    for (const bad of [token.slice(0, -1), unsubscribe, token.replace(id, "sub_other"), "x"]) {
      const { statusCode } = await call(httpEvent({ path: `/progress/${bad}/courses/records/school` }));
      expect(statusCode).toBe(403);
    }
    const gone = await progressToken(service, "sub_erased");
    const answer = await call(httpEvent({ path: `/progress/${gone}/courses/records/school` }));
    expect(answer.statusCode).toBe(404);
  });

  it("stays to be read by those who have left, who can change nothing there", async () => {
    const { open } = await learner("gone-away@example.com");
    const unsubscribe = await linkToken(service, "gone-away@example.com", "unsubscribe");
    await call(formPost("/unsubscribe", { token: unsubscribe }));
    const { statusCode, body } = await open("school");
    expect(statusCode).toBe(200);
    expect(body).toContain("You are not on this course any more");
    expect(body).not.toContain("<form");
  });
});

describe("POST /progress/tasks", () => {
  it("keeps what is ticked in place of what was, and shows it", async () => {
    const { tick, open, enrolment } = await learner("tick@example.com");
    const saved = await tick("school", "buy-book", "enrol", "flying", "buy-book");
    expect(saved.statusCode).toBe(200);
    expect(saved.body).toContain("Your ticks are saved.");
    expect(ticked(saved.body)).toEqual(["enrol", "buy-book"]);
    expect((await enrolment())?.tasks).toEqual({ school: ["enrol", "buy-book"] });
    await tick("school", "buy-book");
    expect(ticked((await open("school")).body)).toEqual(["buy-book"]);
    await tick("school");
    expect((await enrolment())?.tasks).toEqual({ school: [] });
  });

  it("changes nothing of a step that has not come, or by a link that is not good", async () => {
    const { tick, id } = await learner("untick@example.com");
    const before = await allRows(service);
    expect((await tick("training", "enrol")).statusCode).toBe(409);
    expect((await tick("flying", "enrol")).statusCode).toBe(409);
    const forged = { token: `k1.${id}.all..AAAAAAAAAAAAAAAAAAAAAA`, course: "records", step: "school" };
    expect((await call(formPost("/progress/tasks", { ...forged, task: "enrol" }))).statusCode).toBe(403);
    expect(await allRows(service)).toEqual(before);
  });

  it("does not move the course", async () => {
    const { tick, enrolment } = await learner("still@example.com");
    const { tasks: _, ...before } = (await enrolment()) ?? {};
    await tick("school", "enrol");
    expect(await enrolment()).toEqual({ ...before, tasks: { school: ["enrol"] } });
  });
});

describe("POST /progress", () => {
  it("says well done, what comes next and when, and keeps the ticks of the page", async () => {
    const { mark, open, enrolment } = await learner("mark@example.com");
    const { statusCode, body } = await mark("school", [["task", "enrol"]]);
    expect(statusCode).toBe(200);
    expect(body).toContain("<h1>Well done</h1>");
    expect(body).toContain("“school” is done. That makes 1 of 2 steps.");
    expect(body).toContain("<strong>training</strong> comes to your inbox on Wednesday, March 10.");
    expect(await enrolment()).toMatchObject({
      tasks: { school: ["enrol"] },
      done: { school: "2027-03-03T14:00:00.000Z" },
    });
    expect((await open("school")).body).toContain("Done on March 3, 2027.");
    expect((await open("school")).body).not.toContain("Mark this step as done");
  });

  it("lets the next step come sooner to those who ask for it", async () => {
    const { mark } = await learner("sooner@example.com");
    const { body } = await mark("school", [["sooner", "yes"]]);
    expect(body).toContain("<strong>training</strong> comes to your inbox tomorrow.");
  });

  it("celebrates the last step, and the page stays", async () => {
    const reader = await learner("end@example.com");
    expect((await call(httpEvent({ path: reader.at }))).statusCode).toBe(409);
    const { body } = await walkToTheEnd(reader);
    expect(body).toContain("<h1>You did it, Ada &lt;b&gt;</h1>");
    expect(body).toContain("You began on March 1, 2027 and did the last step on March 10, 2027.");
    expect(body).toContain("“farewell” comes on Wednesday, March 17.");
    const before = await allRows(service);
    const again = await call(httpEvent({ path: reader.at }));
    expect(again.statusCode).toBe(200);
    expect(again.body).toContain("You did it");
    const progress = await call(httpEvent({ path: `/progress/${reader.token}` }));
    expect(progress.body).toContain(`<a href="${reader.at}">See what you have achieved</a>`);
    expect(await allRows(service)).toEqual(before);
  });

  it("tells those who have steps left when all mails have come", async () => {
    const { at, mark } = await learner("mails@example.com");
    for (const day of ["10", "17"]) {
      service.clock.set(`2027-03-${day}T14:00:00.000Z`);
      await tick(service);
    }
    const { statusCode, body } = await call(httpEvent({ path: at }));
    expect(statusCode).toBe(200);
    expect(body).toContain("<h1>All mails have come, Ada");
    expect(body).toContain("0 of 2 steps are done");
    expect((await mark("school")).body).toContain("All mails of this course have come.");
  });
});

describe("POST /progress/restart", () => {
  it("starts again at a step, says when its mail comes, and keeps what lies before", async () => {
    const reader = await learner("again@example.com");
    await reader.tick("school", "enrol");
    await walkToTheEnd(reader);
    const { statusCode, body } = await reader.restart("training");
    expect(statusCode).toBe(200);
    expect(body).toContain("<h1>You start again at “training”</h1>");
    expect(body).toContain("Its mail comes tomorrow");
    const school = await reader.open("school");
    expect(school.body).toContain("Done on March 3, 2027.");
    expect(ticked(school.body)).toEqual(["enrol"]);
    const training = await reader.open("training");
    expect(training.statusCode).toBe(200);
    expect(training.body).toContain("from an earlier time");
    const progress = await call(httpEvent({ path: `/progress/${reader.token}` }));
    expect([...progress.body.matchAll(/<li class="(\w+)">/g)].map(([, state]) => state)).toEqual([
      "sent",
      "done",
      "next",
      "later",
    ]);
  });

  it("is refused for the day after five, in words", async () => {
    const reader = await learner("often@example.com");
    for (const step of ["welcome", "school", "welcome", "school", "welcome"])
      expect((await reader.restart(step)).statusCode).toBe(200);
    const { statusCode, body } = await reader.restart("school");
    expect(statusCode).toBe(429);
    expect(body).toContain("You have started again five times today");
  });

  it.each([
    ["a step that is none", "flying", "records", 404],
    ["a course that they are not on", "school", "flying", 409],
  ])("refuses %s", async (_, step, course, status) => {
    const { token } = await learner(`no-${step}-${course}@example.com`);
    const before = await allRows(service);
    const answer = await call(formPost("/progress/restart", { token, course, step }));
    expect(answer.statusCode).toBe(status);
    expect(await allRows(service)).toEqual(before);
  });
});
