import { existsSync } from "node:fs";
import { join } from "node:path";
import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { GetAccountCommand } from "@aws-sdk/client-sesv2";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { calendarClock } from "../../local/clock.ts";
import { startDynamoDb } from "../../local/dynamodb.ts";
import type { Handler } from "../../local/invoke.ts";
import { DirectoryInUseError } from "../../local/lock.ts";
import { PortTakenError } from "../../local/loopback.ts";
import { type RuntimeOptions, startRuntime } from "../../local/runtime.ts";
import { dynamoDbClient } from "./clients.ts";
import { clients, smallFunctions, smallManifest } from "./small-service.ts";
import { tempDir } from "./temp-dir.ts";

const start = "2027-03-13T09:00:00.000Z";

describe("runtime", () => {
  it("drives every function of the manifest by what triggers it", async () => {
    const { runtime, seen } = await run();
    const response = await fetch(`${runtime.urls.app}/ada`, { method: "POST" });
    expect(response.status).toBe(201);
    expect(await response.text()).toBe("kid k1");
    expect(await runtime.nextDue()).toMatchObject({ at: start, key: "/ada PERSON" });

    await runtime.runUntil("2027-04-01T00:00:00.000Z");
    expect(seen.sent).toEqual([
      "2027-03-13T09:01:00.000Z",
      "2027-03-20T09:00:00.000Z",
      "2027-03-27T09:00:00.000Z",
    ]);
    expect(runtime.ses?.mails().map(({ acceptedAt }) => acceptedAt)).toEqual(seen.sent);
    expect(seen.events.toSorted()).toEqual([
      ...Array(3).fill("Email Delivered"),
      ...Array(3).fill("Email Sent"),
    ]);
    expect(runtime.ses?.eventsPending()).toBe(0);
  });

  it("gives each function the environment of the manifest, under its own name", async () => {
    const { runtime, seen } = await run();
    for (const [name, environment] of seen.environments) {
      expect(environment).toEqual(runtime.environmentOf(name));
      expect(environment).toMatchObject({
        TABLE: "small",
        KEYS: "/small/local/keys",
        AWS_ACCESS_KEY_ID: name,
      });
    }
    expect(seen.environments.size).toBe(4);
  });

  it("refuses a function what the manifest does not grant it, and its operator nothing", async () => {
    const { runtime } = await run();
    const calls = ({ dynamodb, sqs, ssm, ses }: ReturnType<typeof clients>) => [
      dynamodb.send(new DescribeTableCommand({ TableName: "small" })),
      sqs.send(new ListQueuesCommand({})),
      ssm.send(new GetParameterCommand({ Name: "/small/local/keys" })),
      ses.send(new GetAccountCommand({})),
    ];
    const refusals = await Promise.allSettled(calls(clients(runtime.environmentOf("record"))));
    expect(refusals).toEqual(
      refusals.map(() => ({
        status: "rejected",
        reason: expect.objectContaining({ name: expect.stringMatching(/^AccessDenied/) }),
      })),
    );
    await Promise.all(calls(clients(runtime.operatorEnvironment())));
  });

  it("is idle only when what a request set off is done", async () => {
    const work = Promise.withResolvers<void>();
    const handled = vi.fn();
    const record: Handler = async () => {
      await work.promise;
      handled();
    };
    const { runtime } = await run({}, { record });
    await fetch(`${runtime.urls.app}/ada`);
    const arrived = runtime.runUntil("2027-03-13T09:02:00.000Z");
    await vi.waitFor(() => expect(runtime.ses?.eventsPending()).toBe(2));
    const idle = vi.fn();
    const waiting = runtime.idle().then(idle);
    await runtime.nextDue();
    expect(idle).not.toHaveBeenCalled();
    work.resolve();
    await Promise.all([arrived, waiting]);
    expect(handled).toHaveBeenCalledTimes(2);
  });

  it("is idle although a message failed, and keeps an event that was not handled for the next start", async () => {
    const dataDir = tempDir();
    const record: Handler = () => Promise.reject(new Error("no"));
    const first = await run({ dataDir }, { record });
    await fetch(`${first.runtime.urls.app}/ada`);
    await first.runtime.runUntil("2027-03-13T09:02:00.000Z");
    expect(first.runtime.ses?.eventsPending()).toBe(2);
    await first.runtime.close();

    const again = await run({ dataDir, clock: calendarClock({ startAt: "2027-03-13T10:00:00.000Z" }) });
    await again.runtime.idle();
    expect(again.seen.events).toEqual(["Email Sent", "Email Delivered"]);
    expect(again.runtime.ses?.eventsPending()).toBe(0);
  });

  it("lets no duplicate message through to a second mail that the function itself would not send", async () => {
    const { runtime, seen } = await run({ duplicates: 1 });
    await fetch(`${runtime.urls.app}/ada`);
    await runtime.runUntil("2027-03-14T00:00:00.000Z");
    expect(seen.sent).toHaveLength(2);
  });

  it("moves a fast calendar by itself", async () => {
    const { runtime, seen } = await run({ clock: calendarClock({ startAt: start, speed: 86_400 * 7 }) });
    await fetch(`${runtime.urls.app}/ada`);
    await vi.waitFor(() => expect(seen.sent.length).toBeGreaterThan(1), { timeout: 20_000 });
    expect(seen.sent.slice(0, 2).map((at) => at.slice(14))).toEqual([
      expect.stringMatching(/^\d\d:00/),
      "00:00.000Z",
    ]);
  });

  it("tells its state as JSON", async () => {
    const { runtime } = await run();
    expect(await (await fetch(runtime.urls.status)).json()).toEqual({
      now: start,
      pace: "stepped",
      eventsPending: 0,
      deliveries: { counts: {}, unknown: [] },
      feeds: [],
    });
    expect((await fetch(new URL("/", runtime.urls.status))).status).toBe(404);
  });

  it("finishes what is under way, and its servers answer until it closes", async () => {
    const work = Promise.withResolvers<void>();
    const done = vi.fn();
    const http: Handler = async () => {
      await work.promise;
      done();
      return { statusCode: 200 };
    };
    const { runtime } = await run({}, { http });
    const response = fetch(runtime.urls.app);
    await vi.waitFor(async () => expect((await fetch(runtime.urls.status)).ok).toBe(true));
    const finished = vi.fn();
    const finishing = runtime.finish().then(finished);
    await fetch(runtime.urls.status);
    expect(finished).not.toHaveBeenCalled();
    work.resolve();
    expect((await response).status).toBe(200);
    await finishing;
    expect(done).toHaveBeenCalled();
    expect(await runtime.deliveries()).toEqual({ counts: {}, unknown: [] });
    await runtime.close();
    await expect(runtime.deliveries()).rejects.toThrow();
  });
});

describe("runtime: what it needs for itself", () => {
  it("is a data directory that nobody else works in", async () => {
    const { dataDir } = await run();
    await expect(run({ dataDir })).rejects.toThrow(DirectoryInUseError);
  });

  it("does not touch the calendar of a directory that is in use", async () => {
    const { dataDir } = await run();
    const clock = vi.fn();
    await expect(run({ dataDir, clock })).rejects.toThrow(DirectoryInUseError);
    expect(clock).not.toHaveBeenCalled();
  });

  it.each(["app", "mail", "status"] as const)(
    "is a free port for %s, or else it lets go of everything",
    async (part) => {
      const other = await run();
      const port = Number(new URL(other.runtime.urls[part]).port);
      const dataDir = tempDir();
      await expect(run({ dataDir, ports: { [part]: port } })).rejects.toThrow(PortTakenError);
      await expect(run({ dataDir })).resolves.toBeDefined();
    },
  );

  it("is nothing of what runs elsewhere", async () => {
    const elsewhere = await startDynamoDb(tempDir());
    onTestFinished(() => elsewhere.close());
    const { runtime, seen, dataDir } = await run({ outer: { AWS_ENDPOINT_URL_DYNAMODB: elsewhere.url } });
    await fetch(`${runtime.urls.app}/ada`);
    expect(seen.environments.get("http")?.AWS_ENDPOINT_URL_DYNAMODB).toBe(elsewhere.url);
    expect(existsSync(join(dataDir, "dynamodb"))).toBe(false);
    const { Table } = await dynamoDbClient(elsewhere.url).send(
      new DescribeTableCommand({ TableName: "small" }),
    );
    expect(Table?.TableStatus).toBe("ACTIVE");
  });

  it("has no mailboxes when mail goes elsewhere", async () => {
    const { runtime } = await run({ outer: { AWS_ENDPOINT_URL_SESV2: "http://127.0.0.1:9" } });
    expect(runtime.ses).toBeUndefined();
    expect(runtime.environmentOf("send").AWS_ENDPOINT_URL_SESV2).toBe("http://127.0.0.1:9");
    await runtime.idle();
  });
});

async function run(options: Partial<RuntimeOptions> = {}, override: Record<string, Handler> = {}) {
  const { load, seen } = smallFunctions(override);
  const dataDir = options.dataDir ?? tempDir();
  const runtime = await startRuntime({
    clock: calendarClock({ startAt: start }),
    manifest: smallManifest,
    load,
    quiet: true,
    duplicates: 0,
    outer: {},
    ...options,
    dataDir,
  });
  onTestFinished(() => runtime.close());
  return { runtime, seen, dataDir };
}
