import fc from "fast-check";
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
});
