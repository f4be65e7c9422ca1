import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handler } from "../../../functions/http/handler.ts";
import { context, httpEvent } from "../../helpers/events.ts";
import { startService, type TestService } from "../../helpers/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const get = (path: string, headers = {}) =>
  handler.with(service.depsOf("http"))(httpEvent({ path, headers }), context);

describe("pages for everyone", () => {
  it.each([
    ["/", "Three steps"],
    ["/courses/records", "Three steps"],
    ["/courses/records/glossary", "HIPAA"],
    ["/assets/style.css", "{"],
    ["/assets/zone.js", "timeZone"],
  ])("%s", async (path, text) => {
    const answer = await get(path);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain(text);
    expect(answer.headers?.["cache-control"]).toMatch(/^public/);
  });

  it("what is not there is said on a page, or as JSON to a program", async () => {
    expect(await get("/courses/flying")).toMatchObject({
      statusCode: 404,
      body: expect.stringContaining("front page"),
    });
    const answer = await get("/nothing", { accept: "application/json" });
    expect(JSON.parse(answer.body)).toMatchObject({ code: "page.missing" });
  });

  it("a failure of ours tells nothing of its cause", async () => {
    const keys = { ring: () => Promise.reject(new Error("secret detail")) };
    const answer = await handler.with({ ...service.depsOf("http"), keys })(
      httpEvent({ path: "/confirm/x" }),
      context,
    );
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain("secret detail");
  });
});
