import { subscribe } from "node:diagnostics_channel";
import { createServer } from "node:http";
import type { Socket } from "node:net";
import Table from "cli-table3";
import { httpFeedReader } from "../adapters/feeds/read-feed.ts";
import { type HostileFeed, hostileFeeds, hostilePath } from "../local/feed-server/hostile-feeds.ts";
import { close, listen } from "../local/loopback.ts";

/*
 * What each hostile feed takes from us before it is refused: `node --expose-gc bench/hostile-feeds.ts`. Bytes are those that came over the
 * wire, memory is what objects and buffers take at the most beyond what they took before, with the host in the same process.
 */
const sockets: Socket[] = [];
subscribe("undici:client:connected", (message) => {
  sockets.push((message as { socket: Socket }).socket);
});

const server = createServer((request, response) => {
  const { from } = hostileFeeds.find(({ id }) => request.url === hostilePath(id)) ?? {};
  if (typeof from === "function") from(request, response);
  else response.writeHead(404).end();
});
const origin = await listen(server, 0);
const reader = httpFeedReader({
  publicUrl: "https://steps.example",
  contact: "hello@stepletter.example",
  trustedOrigin: origin,
});

const table = new Table({
  head: ["feed", "code", "KB read", "seconds", "MB of memory"],
  colAligns: ["left", "left", "right", "right", "right"],
  chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  style: { head: [], border: [] },
});
// Once to warm up, which packs the bombs as well.
for (const feed of hostileFeeds.filter(({ slow }) => !slow)) await measure(feed);
for (const feed of hostileFeeds) {
  const { code, bytes, seconds, memory } = await measure(feed);
  table.push([feed.does, code, (bytes / 1000).toFixed(1), seconds.toFixed(1), (memory / 1e6).toFixed(0)]);
}
console.log(table.toString());
await close(server);

async function measure({ id, from }: HostileFeed) {
  sockets.length = 0;
  const url = typeof from === "string" ? from : origin + hostilePath(id);
  globalThis.gc?.();
  const before = inMemory();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, inMemory());
  }, 1);
  const started = performance.now();
  const reading = await reader.read({ id, title: id, url, topic: "coding", everyMinutes: 60 }, {});
  const seconds = (performance.now() - started) / 1000;
  most = Math.max(most, inMemory());
  clearInterval(watch);
  const bytes = sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  return {
    code: reading.status === "failed" ? reading.code : reading.status,
    bytes,
    seconds,
    memory: most - before,
  };
}

function inMemory(): number {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}
