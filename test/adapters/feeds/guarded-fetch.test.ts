import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fetchLimits, guardedFetch } from "../../../adapters/feeds/guarded-fetch.ts";
import { type FeedHost, serving, startFeedHost } from "../../helpers/feed-server.ts";

let host: FeedHost;
beforeEach(async () => {
  host = await startFeedHost();
});
afterEach(() => host.stop());

const nowhere = () => Promise.reject(new Error("no such host"));
const limits = { ...fetchLimits, totalMs: 1_500 };
const get = (path: string, headers = {}) =>
  guardedFetch(
    host.origin + path,
    headers,
    { resolve: nowhere, permits: (at) => at === host.origin },
    limits,
  );
/** As deployed: nothing is exempted. */
const guarded = (url: string, addresses: string[] = []) =>
  guardedFetch(url, {}, { resolve: async () => addresses, permits: () => false }, limits);

describe("a guarded fetch", () => {
  it("answers the body with its type and validators", async () => {
    host.on("/feed", serving("<rss/>", { etag: '"1"', "last-modified": "Mon, 01 Mar 2027 08:00:00 GMT" }));
    expect(await get("/feed", { "user-agent": "Stepletter/0.1" })).toEqual({
      status: "fetched",
      url: `${host.origin}/feed`,
      body: Buffer.from("<rss/>"),
      contentType: "application/rss+xml",
      etag: '"1"',
      lastModified: "Mon, 01 Mar 2027 08:00:00 GMT",
    });
    expect(host.seen[0]?.headers).toMatchObject({ "user-agent": "Stepletter/0.1" });
  });

  it("keeps no validator that is longer than any honest one", async () => {
    host.on("/feed", serving("<rss/>", { etag: `"${"1".repeat(600)}"` }));
    expect(await get("/feed")).not.toHaveProperty("etag");
  });

  it("tells when nothing has changed", async () => {
    host.on("/feed", (_, response) => response.writeHead(304).end());
    expect(await get("/feed")).toEqual({ status: "unchanged" });
  });

  it.each([
    ["gzip", gzipSync("<rss/>")],
    ["br", brotliCompressSync("<rss/>")],
    ["identity", Buffer.from("<rss/>")],
  ])("unpacks %s", async (encoding, body) => {
    host.on("/feed", serving(body, { "content-encoding": encoding }));
    expect(await get("/feed")).toMatchObject({ body: Buffer.from("<rss/>") });
  });

  it.each(["zstd", "gzip, gzip"])("refuses the encoding %s", async (encoding) => {
    host.on("/feed", serving("<rss/>", { "content-encoding": encoding }));
    await expect(get("/feed")).rejects.toThrow("bad-encoding");
  });

  it("refuses what only pretends to be packed, or ends too soon", async () => {
    host.on("/lie", serving("<rss/>", { "content-encoding": "gzip" }));
    host.on("/cut", serving(gzipSync("<rss/>").subarray(0, 12), { "content-encoding": "gzip" }));
    await expect(get("/lie")).rejects.toThrow("bad-encoding");
    await expect(get("/cut")).rejects.toThrow("bad-encoding");
  });

  it.each([404, 410, 429, 500, 206, 204])("fails on status %i, and says so", async (status) => {
    host.on("/feed", (_, response) => response.writeHead(status).end());
    await expect(get("/feed")).rejects.toThrow(`http-${status}`);
  });

  it("keeps what a host says of when to come again, also with a failure", async () => {
    host.on("/feed", serving("<rss/>", { "cache-control": "public, max-age=7200", age: "3600" }));
    expect(await get("/feed")).toMatchObject({ freshMinutes: 60 });
    host.on("/feed", (_, response) => response.writeHead(503, { "retry-after": "120" }).end());
    await expect(get("/feed")).rejects.toMatchObject({ code: "http-503", advice: { retryAfterMinutes: 2 } });
  });

  it("fails on what is no HTTP", async () => {
    const server = createServer((socket) => {
      socket.on("error", () => {}).once("data", () => socket.end("220 mail.example ESMTP\r\n"));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const reach = { resolve: nowhere, permits: () => true };
    const { port } = server.address() as { port: number };
    await expect(guardedFetch(`http://127.0.0.1:${port}`, {}, reach, limits)).rejects.toThrow(/^not-http$/);
    server.close();
  });

  it("fails on a connection that is cut", async () => {
    host.on("/feed", (_, response) => {
      response.writeHead(200, { "content-length": "100" }).write("<rss>");
      setTimeout(() => response.destroy(), 20);
    });
    await expect(get("/feed")).rejects.toThrow("connection-lost");
  });
});

describe("what a host may take from us", () => {
  it("is no more than 5 MB over the wire, whether it says so or not", async () => {
    host.on("/announced", serving(Buffer.alloc(50_000_000, " ")));
    host.on(
      "/noise",
      serving(gzipSync(randomBytes(5_100_000), { level: 0 }), { "content-encoding": "gzip" }),
    );
    await expect(get("/announced")).rejects.toThrow("too-large");
    await expect(get("/noise")).rejects.toThrow("too-large");
  });

  it("is no more than 5 MB of a body without an end", async () => {
    let sent = 0;
    host.on("/endless", (_, response) => {
      response.writeHead(200, { "content-type": "text/xml" });
      const more = () => {
        for (let free = true; free && !response.destroyed; sent += 100_000)
          free = response.write(Buffer.alloc(100_000, " "));
      };
      response.on("drain", more);
      more();
    });
    await expect(get("/endless")).rejects.toThrow("too-large");
    expect(sent).toBeLessThan(30_000_000);
  });

  it("is no more than 10 MB once unpacked", async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000, " "));
    expect(bomb.length).toBeLessThan(fetchLimits.compressedBytes);
    host.on("/bomb", serving(bomb, { "content-encoding": "gzip" }));
    const before = process.memoryUsage().arrayBuffers;
    await expect(get("/bomb")).rejects.toThrow("too-large");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  });

  it("is a limited time, however slowly it drips", async () => {
    host.on("/drip", (_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(" "), 50);
      response.on("close", () => clearInterval(timer));
    });
    await expect(get("/drip")).rejects.toThrow("timeout");
  });

  it("is a limited time, if it never answers or is never found", async () => {
    host.on("/silent", () => {});
    await expect(get("/silent")).rejects.toThrow("timeout");
    const hangs = { resolve: () => new Promise<string[]>(() => {}), permits: () => false };
    await expect(guardedFetch("http://slow.example/", {}, hangs, limits)).rejects.toThrow("timeout");
  });

  it.each([200, 404, 302])("ends with the fetch: no connection outlives an answer of %i", async (status) => {
    let open = 0;
    const server = createServer((socket) => {
      open++;
      socket.on("close", () => open--).on("error", () => {});
      socket
        .resume()
        .write(`HTTP/1.1 ${status} Yes\r\nlocation: /\r\ncontent-length: 1000000000\r\n\r\n<rss/>`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const origin = `http://127.0.0.1:${port}`;
    const reach = { resolve: nowhere, permits: (at: string) => at === origin };
    await expect(guardedFetch(origin, {}, reach, limits)).rejects.toThrow(/timeout|http-404|too-many/);
    await expect.poll(() => open).toBe(0);
    server.close();
  });
});

describe("the guard", () => {
  it.each([
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://0x7f000001/",
    "http://0X7F.0X0.0X0.0X1/",
    "http://017700000001/",
    "http://127.1/",
    "http://127.0.1/",
    "http://127.0.0.1./",
    "http://127%2E0%2E0%2E1/",
    "http://%31%32%37.0.0.1/",
    "http://１２７。0。0。1/",
    "http://①②⑦.0.0.1/",
    "http://3232235777/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::]/",
    "http://[::ffff:7f00:1]/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://0.0.0.0/",
  ])("does not reach %s", async (url) => {
    await expect(guarded(url)).rejects.toThrow("blocked-address");
  });

  it.each([
    ["file:///etc/passwd", "bad-url"],
    ["gopher://example.com/", "bad-url"],
    ["http://user:secret@example.com/", "bad-url"],
    ["http://user@example.com/", "bad-url"],
    ["not an address", "bad-url"],
    ["http://%00127.0.0.1/", "bad-url"],
    ["http://[fe80::1%25eth0]/", "bad-url"],
    ["http://256.1.1.1/", "bad-url"],
    ["//example.com/feed", "bad-url"],
    ["http:///", "bad-url"],
    ["http://:secret@example.com/", "bad-url"],
    ["http://example.com:22/", "blocked-port"],
    ["http://example.com:8080/", "blocked-port"],
    ["https://example.com:6379/", "blocked-port"],
  ])("refuses %s", async (url, code) => {
    await expect(guarded(url, ["8.8.8.8"])).rejects.toThrow(code);
  });

  it.each([
    [["8.8.8.8", "10.0.0.1"]],
    [["10.0.0.1", "8.8.8.8"]],
    [["2606:4700:4700::1111", "8.8.8.8", "::ffff:10.0.0.1"]],
    [["fe80::1", "2606:4700:4700::1111"]],
    [["8.8.8.8", "not an address"]],
  ])("checks every address of a name, not just the first: %j", async (addresses) => {
    await expect(guarded("http://two.example/", addresses)).rejects.toThrow("blocked-address");
  });

  it.each(["localhost", "localhost.", "app.localhost", "127.0.0.1.nip.example"])(
    "goes by what %s resolves to, not by how it looks",
    async (name) => {
      await expect(guarded(`http://${name}/`, ["127.0.0.1"])).rejects.toThrow("blocked-address");
      await expect(guarded(`http://${name}/`, ["::1"])).rejects.toThrow("blocked-address");
    },
  );

  it("fails on a name without addresses", async () => {
    await expect(guarded("http://none.example/", [])).rejects.toThrow("not-resolved");
  });

  it("fails on a name that does not resolve", async () => {
    const reach = { resolve: nowhere, permits: () => false };
    await expect(guardedFetch("http://gone.example/", {}, reach, limits)).rejects.toThrow("not-resolved");
  });

  it("connects to the address that it checked, whatever the name answers by then", async () => {
    const other = await startFeedHost("127.0.0.2", host.port);
    host.on("/feed", serving("<rss>checked</rss>"));
    other.on("/feed", serving("<rss>rebound</rss>"));
    const origin = `http://feeds.test:${host.port}`;
    const answers = [["127.0.0.1"], ["127.0.0.2"]];
    const resolve = async () => answers.shift() ?? [];
    const fetched = await guardedFetch(
      `${origin}/feed`,
      {},
      { resolve, permits: (at) => at === origin },
      limits,
    );
    await other.stop();
    expect(fetched).toMatchObject({ body: Buffer.from("<rss>checked</rss>") });
    expect(answers).toEqual([["127.0.0.2"]]);
    expect(host.seen[0]?.headers).toMatchObject({ host: `feeds.test:${host.port}` });
  });

  it("looks a name up anew for each hop, and checks what it answers then", async () => {
    const origin = `http://feeds.test:${host.port}`;
    host.on("/feed", (_, response) => response.writeHead(302, { location: "http://feeds.test/feed" }).end());
    const asked: string[] = [];
    const answers = [["127.0.0.1"], ["10.0.0.1"]];
    const resolve = async (name: string) => {
      asked.push(name);
      return answers.shift() ?? [];
    };
    const reach = { resolve, permits: (at: string) => at === origin };
    await expect(guardedFetch(`${origin}/feed`, {}, reach, limits)).rejects.toThrow("blocked-address");
    expect(asked).toEqual(["feeds.test", "feeds.test"]);
    expect(host.seen).toHaveLength(1);
  });

  it("exempts one origin to the letter: not its host with another port or name", async () => {
    const other = await startFeedHost();
    const reach = { resolve: async () => ["127.0.0.1"], permits: (at: string) => at === host.origin };
    for (const url of [other.origin, `http://localhost:${host.port}`, `https://127.0.0.1:${host.port}`])
      await expect(guardedFetch(url, {}, reach, limits)).rejects.toThrow(/^blocked-port$/);
    expect(other.seen).toEqual([]);
    await other.stop();
  });
});

describe("a redirect", () => {
  const redirect = (path: string, location: string, status = 302) =>
    host.on(path, (_, response) => response.writeHead(status, { location }).end());

  it.each([301, 302, 303, 307, 308])(
    "of status %i is followed, and relative ones are resolved",
    async (status) => {
      redirect("/old", "new/feed", status);
      host.on("/new/feed", serving("<rss/>"));
      expect(await get("/old")).toMatchObject({ status: "fetched", url: `${host.origin}/new/feed` });
    },
  );

  it("is followed three times and not a fourth", async () => {
    for (const step of [1, 2, 3, 4]) redirect(`/${step}`, `/${step + 1}`);
    host.on("/4", serving("<rss/>"));
    expect(await get("/1")).toMatchObject({ url: `${host.origin}/4` });
    redirect("/0", "/1");
    await expect(get("/0")).rejects.toThrow("too-many-redirects");
  });

  it.each([
    ["http://10.0.0.1/", "blocked-address"],
    ["http://169.254.169.254/latest/meta-data/iam/", "blocked-address"],
    ["http://[::ffff:10.0.0.1]/", "blocked-address"],
    ["http://127.0.0.1:6379/", "blocked-port"],
    ["//10.0.0.1/", "blocked-address"],
    ["http://0x7f.1/", "blocked-address"],
    ["gopher://127.0.0.1:6379/_FLUSHALL", "bad-url"],
    ["file:///etc/passwd", "bad-url"],
    ["http://me:you@example.com/", "bad-url"],
    ["http://[broken", "bad-redirect"],
    ["", "bad-redirect"],
  ])("to %s is refused", async (location, code) => {
    redirect("/feed", location);
    await expect(get("/feed")).rejects.toThrow(code);
  });

  it.each([0, 1, 2])("into a private network is refused after %i others, too", async (hops) => {
    for (let hop = 0; hop < hops; hop++) redirect(`/${hop}`, `/${hop + 1}`);
    redirect(`/${hops}`, "http://192.168.0.1/feed", 301);
    await expect(get("/0")).rejects.toThrow("blocked-address");
    expect(host.seen).toHaveLength(hops + 1);
  });

  it.each([
    [[301], "/1"],
    [[308, 301], "/2"],
    [[301, 302], "/1"],
    [[302, 301], undefined],
    [[307], undefined],
  ])("of the kinds %j proposes %s as the address from now on", async (kinds, proposed) => {
    kinds.forEach((kind, at) => {
      host.on(`/${at}`, (_, response) => response.writeHead(kind, { location: `/${at + 1}` }).end());
    });
    host.on(`/${kinds.length}`, serving("<rss/>"));
    const { movedTo } = await get("/0");
    expect(movedTo).toBe(proposed && host.origin + proposed);
  });

  it("in a circle ends", async () => {
    redirect("/round", "/round");
    await expect(get("/round")).rejects.toThrow("too-many-redirects");
    expect(host.seen).toHaveLength(4);
  });
});
