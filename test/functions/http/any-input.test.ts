import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeHttp } from "../../../build/openapi/describe-http.ts";
import { addDays } from "../../../core/time/instant.ts";
import { signToken, type TokenPurpose } from "../../../core/token/token.ts";
import { handler } from "../../../functions/http/handler.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { context, httpEvent } from "../../helpers/events.ts";
import { openedForm } from "../../helpers/opened-form.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, tick } from "../../helpers/walk.ts";

interface Operation {
  requestBody?: { content: Record<string, { schema: { properties?: Record<string, unknown> } }> };
}
const { paths } = JSON.parse(describeHttp(catalogue)) as { paths: Record<string, Record<string, Operation>> };
const everyPost = Object.keys(paths).filter((path) => paths[path]?.post);
const posts = Object.entries(paths).flatMap(([path, { post }]) => {
  const form = post?.requestBody?.content["application/x-www-form-urlencoded"];
  return form ? [{ path, fields: Object.keys(form.schema.properties ?? {}) }] : [];
});
const purposes: TokenPurpose[] = ["confirm", "unsubscribe", "progress", "account", "address"];

/** What browsers never send, what people type, and what nearly makes sense. */
const value = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.constantFrom("", "on", "yes", "0", "-1", "1e99", "NaN", "__proto__", "constructor", "\u0000", "records"),
  fc.constantFrom(
    "2027-02-30",
    "9999-12-31",
    "+275760-09-13",
    "school",
    "mon",
    "Europe/London",
    "ada@b.example",
  ),
  fc.string({ minLength: 2000, maxLength: 4000 }),
);

/** Types of forms that tell too little to find the fields. */
const brokenTypes = [
  "multipart/form-data",
  "multipart/form-data;",
  "multipart/form-data; boundary",
  "multipart/form-data; boundary=",
  "multipart/form-data; charset=utf-8",
];

let service: TestService;
let tokens: string[];
let started: string;
beforeAll(async () => {
  service = await startService();
  const id = await join(service, "ada@example.com");
  await tick(service);
  const ring = await service.deps.keys.ring();
  const expiresAt = addDays(service.clock.now(), 1);
  tokens = purposes.map((purpose) =>
    signToken(ring, { purpose, subscriberId: id, list: "records", expiresAt }),
  );
  started = await openedForm(service);
});
afterAll(() => service.stop());

describe("every button of every page", () => {
  it("is there", () => {
    expect(posts.length).toBeGreaterThan(20);
  });

  it.each(posts)(
    "$path answers below 500, whatever is sent under whatever good link",
    async ({ path, fields }) => {
      const http = handler.with(service.depsOf("http"));
      const sent = fc.record(Object.fromEntries(fields.map((field) => [field, value])), { requiredKeys: [] });
      await fc.assert(
        fc.asyncProperty(sent, fc.nat(), fc.boolean(), async (given, pick, asJson) => {
          const token = tokens[pick % tokens.length] ?? "";
          const body = { started, ...given, token };
          const answer = await http(
            httpEvent({
              method: "POST",
              path: path.replace("{token}", token).replace("{source}", "clinic"),
              headers: {
                "content-type": asJson ? "application/json" : "application/x-www-form-urlencoded",
                accept: asJson ? "application/json" : "text/html",
              },
              body: asJson
                ? JSON.stringify(body)
                : new URLSearchParams(body as Record<string, string>).toString(),
              from: `10.${pick & 255}.${(pick >> 8) & 255}.9`,
            }),
            context,
          );
          expect(answer.statusCode).toBeLessThan(500);
        }),
        { numRuns: 25 },
      );
    },
  );

  it.each(everyPost)("%s answers below 500 to types that cannot be read, with a good link", async (path) => {
    const http = handler.with(service.depsOf("http"));
    for (const type of [...brokenTypes, "", "application/json; charset", "multipart/form-data; boundary=b"]) {
      for (const body of ["", "token=x", "--b\r\nContent-Disposition: form-data", "{"]) {
        const answer = await http(
          httpEvent({
            method: "POST",
            path: path.replace("{token}", tokens[1] ?? "").replaceAll(/\{\w+\}/g, "demo"),
            headers: { "content-type": type, accept: "text/html" },
            body,
          }),
          context,
        );
        expect(answer.statusCode).toBeLessThan(500);
      }
    }
  });

  it.each(posts.filter(({ path }) => !path.includes("{token}")))(
    "$path answers 400 to a form that cannot be read, whatever its type is called",
    async ({ path }) => {
      const http = handler.with(service.depsOf("http"));
      for (const type of brokenTypes) {
        for (const body of ["", "token=x", "--b\r\nContent-Disposition: form-data"]) {
          const answer = await http(
            httpEvent({
              method: "POST",
              path: path.replace("{source}", "clinic"),
              headers: { "content-type": type, accept: "text/html" },
              body,
            }),
            context,
          );
          expect([type, answer.statusCode]).toEqual([type, 400]);
        }
      }
    },
  );
});

/** Arrays in arrays, as deep as a body may be long. */
const abyss = `${"[".repeat(7000)}${"]".repeat(7000)}`;
const jsonValue = fc.oneof(
  { weight: 5, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 2, arbitrary: value },
  fc.constantFrom<unknown>({ toString: 0 }, { toString: null, valueOf: {} }, [{ toJSON: 1 }], { length: -1 }),
);

describe("JSON of any shape", () => {
  const fields = posts.find(({ path }) => path === "/signup")?.fields ?? [];
  const sent = fc.dictionary(fc.constantFrom(...fields, "data", "__proto__"), jsonValue);
  /** A body without the brace that it begins with. */
  const rest = sent.map((given) => JSON.stringify({ email: "ada@b.example", ...given }).slice(1));
  const examples: [string][] = [...fields, "data"].flatMap((field) => [
    [`"email":"ada@b.example","${field}":{"toString":0}}`],
    [`"email":"ada@b.example","${field}":${abyss}}`],
  ]);

  it("is answered below 500 by the form", async () => {
    const http = handler.with(service.depsOf("http"));
    let calls = 0;
    await fc.assert(
      fc.asyncProperty(rest, async (given) => {
        const answer = await http(
          httpEvent({
            method: "POST",
            path: "/signup",
            headers: { "content-type": "application/json" },
            body: `{"started":"${started}",${given}`,
            from: `172.16.${++calls & 255}.9`,
          }),
          context,
        );
        expect(answer.statusCode).toBeLessThan(500);
      }),
      { numRuns: 150, examples },
    );
  });

  it("is answered below 500 by a webhook, signed as it is", async () => {
    const http = handler.with(service.depsOf("http"));
    const secret = (await service.deps.keys.ring()).webhooks?.demo?.[0] ?? "";
    const at = new Date(service.clock.now());
    let calls = 0;
    const bodies = fc.oneof(
      rest.map((given) => `{${given}`),
      jsonValue.map((given) => JSON.stringify(given)),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const id = `any_${++calls}`;
        const headers = {
          "content-type": "application/json",
          "webhook-id": id,
          "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
          "webhook-signature": new Webhook(secret).sign(id, at, body),
        };
        const answer = await http(httpEvent({ method: "POST", path: "/hooks/demo", headers, body }), context);
        expect(answer.statusCode).toBeLessThan(500);
        expect(answer.statusCode).not.toBe(401);
      }),
      { numRuns: 150, examples: [...examples.map(([given]): [string] => [`{${given}`]), [abyss]] },
    );
  });
});
