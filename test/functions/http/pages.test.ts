import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "../../../core/errors.ts";
import { handler } from "../../../functions/http/handler.ts";
import { context, formPost, httpEvent } from "../../helpers/events.ts";
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

  it.each(["/", "/courses/records"])(
    "%s is shown though no key can be read, and then kept by nobody",
    async (path) => {
      const keys = {
        ring: () => Promise.reject(new AppError("unavailable", "keys.unavailable", "no answer")),
      };
      const deps = { ...service.depsOf("http"), keys };
      const page = await handler.with(deps)(httpEvent({ path }), context);
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain('<form method="post" action="/signup"');
      expect(page.body).toContain('name="started" value=""');
      expect(page.headers?.["cache-control"]).toBe("no-store");
      const pressed = formPost("/signup", { email: "ada@example.com", started: "" });
      const answer = await handler.with(service.depsOf("http"))(pressed, context);
      expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining("One more press")]);
    },
  );

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
