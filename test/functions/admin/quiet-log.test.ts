import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { describeHttp } from "../../../build/openapi/describe-http.ts";
import { signToken } from "../../../core/token/token.ts";
import { logger } from "../../../functions/edge/logger.ts";
import { handler } from "../../../functions/http/handler.ts";
import { adminKey, callApi } from "../../helpers/campaigns.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { context, httpEvent } from "../../helpers/events.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join } from "../../helpers/walk.ts";

const document = JSON.parse(describeHttp(catalogue)) as { paths: Record<string, Record<string, unknown>> };
const logged: string[] = [];
let service: TestService;
beforeAll(async () => {
  logger.setLogLevel("DEBUG");
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((written) => logged.push(String(written)) > 0);
  service = await startService();
});
afterAll(async () => {
  vi.restoreAllMocks();
  logger.setLogLevel("SILENT");
  await service.stop();
});

describe("what functions log", () => {
  it("holds no key, no token and no address, whatever is asked and whatever fails", async () => {
    const email = "quiet-log@example.com";
    const id = await join(service, email);
    const ring = await service.deps.keys.ring();
    const tokens = (["progress", "unsubscribe"] as const).map((purpose) =>
      signToken(ring, { purpose, subscriberId: id, list: "records" }),
    );
    const key = await adminKey(service);
    const deps = service.depsOf("admin");
    const { load } = deps.subscribers;
    for (const fails of [false, true]) {
      // A failure is what is logged with most words.
      if (fails) deps.subscribers.load = () => Promise.reject(new Error("the table is away"));
      for (const [path, operations] of Object.entries(document.paths)) {
        for (const method of Object.keys(operations)) {
          const filled = path
            .replace("{id}", id)
            .replace("{token}", tokens[0] ?? "")
            .replaceAll(/\{\w+\}/g, "x");
          const body = { address: email, email, name: email, key };
          const call = { method: method.toUpperCase(), path: filled, ...(method !== "get" && { body }) };
          if (path.startsWith("/v1/")) await callApi(service, { ...call, key });
          else
            await handler.with(service.depsOf("http"))(
              httpEvent({
                method: call.method,
                path: call.path,
                headers: { "content-type": "application/json" },
                ...(call.body && { body: JSON.stringify(call.body) }),
              }),
              context,
            );
        }
      }
    }
    deps.subscribers.load = load;
    const all = logged.join("\n");
    expect(all).toContain("request failed");
    for (const secret of [key, email, ...tokens]) expect(all).not.toContain(secret);
    expect(all).not.toMatch(/slk_[\w-]{43}|[\w.]+@example\.com/);
  });
});
