import { get, type IncomingMessage } from "node:http";
import { createConnection } from "node:net";
import { text } from "node:stream/consumers";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { calendarClock } from "../../local/clock.ts";
import { type GatewayOptions, startGateway } from "../../local/gateway.ts";
import { loopback, PortTakenError } from "../../local/loopback.ts";

type Event = APIGatewayProxyEventV2;

describe("gateway: the event of a request", () => {
  it("has the shape of format 2.0", async () => {
    const [event] = await eventsOf((url) =>
      fetch(`${url}/a/b%20c?x=1&x=2&y=%C3%A9&z`, {
        headers: { "X-Custom": "Value", Cookie: "a=1; b=2", "User-Agent": "test" },
      }),
    );
    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "$default",
      rawPath: "/a/b%20c",
      rawQueryString: "x=1&x=2&y=%C3%A9&z",
      queryStringParameters: { x: "1,2", y: "é", z: "" },
      cookies: ["a=1", "b=2"],
      headers: { "x-custom": "Value", "x-forwarded-for": loopback },
      isBase64Encoded: false,
      requestContext: {
        http: {
          method: "GET",
          path: "/a/b%20c",
          protocol: "HTTP/1.1",
          sourceIp: loopback,
          userAgent: "test",
        },
        stage: "$default",
        time: "13/Mar/2027:09:00:00 +0000",
        timeEpoch: Date.parse("2027-03-13T09:00:00Z"),
      },
    });
    expect(event?.headers).not.toHaveProperty("cookie");
    expect(event).not.toHaveProperty("body");
  });

  it("leaves out what a bare request does not have", async () => {
    const [event] = await eventsOf((url) => fetch(url));
    expect(event).toMatchObject({ rawPath: "/", rawQueryString: "" });
    expect(event).not.toHaveProperty("cookies");
    expect(event).not.toHaveProperty("queryStringParameters");
  });

  it("joins headers that come twice, and appends to x-forwarded-for", async () => {
    const [event] = await eventsOf((url) =>
      fetch(url, {
        headers: [
          ["x-a", "1"],
          ["x-a", "2"],
          ["x-forwarded-for", "10.1.2.3"],
        ],
      }),
    );
    expect(event?.headers["x-a"]).toMatch(/^1, ?2$/);
    expect(event?.headers["x-forwarded-for"]).toBe(`10.1.2.3, ${loopback}`);
  });

  it.each([
    ["text/plain; charset=utf-8", false],
    ["application/json", false],
    ["application/problem+json", false],
    ["application/x-www-form-urlencoded", true],
    ["application/octet-stream", true],
    ["image/png", true],
  ])("hands over a body of type %s, in base64: %s", async (type, base64) => {
    const body = "é=1";
    const [event] = await eventsOf((url) =>
      fetch(url, { method: "POST", body, headers: { "content-type": type } }),
    );
    expect(event?.isBase64Encoded).toBe(base64);
    expect(Buffer.from(event?.body ?? "", base64 ? "base64" : "utf8").toString()).toBe(body);
  });
});

describe("gateway: the answer", () => {
  it("has the handler's status, headers, cookies and body", async () => {
    const url = await gatewayOf(async () => ({
      statusCode: 201,
      headers: { "content-type": "text/html", "x-n": 1 },
      cookies: ["a=1; Path=/", "b=2"],
      body: "<p>é",
    }));
    const response = await fetch(url);
    expect(response.status).toBe(201);
    expect(response.headers.get("x-n")).toBe("1");
    expect(response.headers.get("content-type")).toBe("text/html");
    expect(response.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2"]);
    expect(await response.text()).toBe("<p>é");
  });

  it("decodes a body in base64", async () => {
    const bytes = Buffer.from([0, 255, 1]);
    const url = await gatewayOf(async () => ({
      statusCode: 200,
      body: bytes.toString("base64"),
      isBase64Encoded: true,
    }));
    expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(bytes);
  });

  it("makes JSON of a result without a status", async () => {
    const url = await gatewayOf(async () => ({ done: true }));
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual({ done: true });
  });

  it.each<[string, () => Promise<unknown>]>([
    ["throws", () => Promise.reject(new Error("no"))],
    ["answers with no status", async () => ({ statusCode: "so" })],
    ["answers with a body of another type", async () => ({ statusCode: 200, body: { a: 1 } })],
    [
      "answers with a header that is none",
      async () => ({ statusCode: 200, headers: { "x-ok": "1", "a b": "c" } }),
    ],
  ])("is a 500 when the handler %s", async (_, invoke) => {
    const report = vi.fn();
    const url = await gatewayOf(invoke, { report });
    const response = await fetch(url);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: "Internal Server Error" });
    expect(response.headers.get("x-ok")).toBeNull();
    expect(report).toHaveBeenCalledOnce();
  });

  it("is a 503 when the function takes too long", async () => {
    const url = await gatewayOf(() => new Promise(() => {}), { patienceMs: 20 });
    const response = await fetch(url);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ message: "Service Unavailable" });
  });

  it("is a 413 over 10 MB, and the handler sees none of it", async () => {
    const invoke = vi.fn(async () => ({ statusCode: 200 }));
    const url = await gatewayOf(invoke);
    const limit = 10 * 1024 * 1024;
    expect((await fetch(url, { method: "POST", body: Buffer.alloc(limit) })).status).toBe(200);
    const refused = await fetch(url, { method: "POST", body: Buffer.alloc(limit + 1) });
    expect(refused.status).toBe(413);
    expect(await refused.json()).toEqual({ message: "Request Entity Too Large" });
    expect(invoke).toHaveBeenCalledOnce();
  });
});

describe("gateway: clients that leave", () => {
  it("does not call the handler with half a body", async () => {
    const invoke = vi.fn(async () => ({ statusCode: 200 }));
    const gateway = await start(invoke);
    await leave(gateway.url, "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf");
    await vi.waitFor(() => expect(gateway.open()).toBe(0));
    expect((await fetch(gateway.url)).status).toBe(200);
    expect(invoke).toHaveBeenCalledOnce();
  });

  it("counts a request as open until its function is done, although nobody waits for the answer", async () => {
    const work = Promise.withResolvers<unknown>();
    const invoke = vi.fn(() => work.promise);
    const gateway = await start(invoke);
    const gone = leave(gateway.url, "GET / HTTP/1.1\r\nhost: x\r\n\r\n", () => invoke.mock.calls.length > 0);
    await gone;
    expect(gateway.open()).toBe(1);
    work.resolve({ statusCode: 200 });
    await vi.waitFor(() => expect(gateway.open()).toBe(0));
  });

  it("answers what is open before it closes", async () => {
    const long = "x".repeat(20_000_000);
    const work = Promise.withResolvers<unknown>();
    const invoke = vi.fn(() => work.promise);
    const gateway = await start(invoke);
    const [response] = await Promise.all([
      new Promise<IncomingMessage>((resolve) => get(gateway.url, resolve)),
      vi
        .waitFor(() => expect(invoke).toHaveBeenCalled())
        .then(() => work.resolve({ statusCode: 200, body: long })),
    ]);
    const closed = gateway.close();
    // The client takes its time: most of the answer is still on this side.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await text(response)).length).toBe(long.length);
    await closed;
    await expect(fetch(gateway.url)).rejects.toThrow();
  });

  it("closes although a browser holds a connection that it has not used", async () => {
    const gateway = await start(async () => ({ statusCode: 200 }));
    const socket = createConnection(Number(new URL(gateway.url).port), loopback);
    await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
    await gateway.close();
    socket.destroy();
  });
});

describe("gateway: its port", () => {
  it("is taken by one only", async () => {
    const gateway = await start(async () => ({}));
    const port = Number(new URL(gateway.url).port);
    await expect(start(async () => ({}), { port })).rejects.toThrow(PortTakenError);
    await expect(start(async () => ({}), { port })).rejects.toThrow(`Port ${port} is taken`);
  });
});

async function start(invoke: GatewayOptions["invoke"], options: Partial<GatewayOptions> = {}) {
  const clock = calendarClock({ startAt: "2027-03-13T09:00:00.000Z" });
  const gateway = await startGateway({ port: 0, clock, invoke, report: () => {}, ...options });
  onTestFinished(() => gateway.close().catch(() => {}));
  return gateway;
}

async function gatewayOf(
  invoke: GatewayOptions["invoke"],
  options: Partial<GatewayOptions> = {},
): Promise<string> {
  return (await start(invoke, options)).url;
}

async function eventsOf(request: (url: string) => Promise<unknown>): Promise<Event[]> {
  const events: Event[] = [];
  const url = await gatewayOf(async (event) => {
    events.push(event as Event);
    return { statusCode: 204 };
  });
  await request(url);
  return events;
}

/** Sends some bytes and goes away once they have had their effect. */
async function leave(url: string, bytes: string, effect = () => true): Promise<void> {
  const socket = createConnection(Number(new URL(url).port), loopback);
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  await vi.waitFor(() => expect(effect()).toBe(true));
  socket.destroy();
  await new Promise<void>((resolve) => socket.once("close", () => resolve()));
}
