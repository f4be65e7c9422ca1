import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { simpleParser } from "mailparser";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Deps } from "../../adapters/connect.ts";
import type { Topic } from "../../core/catalogue.ts";
import { startDigest } from "../../core/digest/start-digest.ts";
import type { FeedEntry } from "../../core/feed/feed-item.ts";
import { changeSubscriber } from "../../core/subscriber/change.ts";
import { addDays, addHours } from "../../core/time/instant.ts";
import { handler as pollFeed } from "../../functions/queue/poll-feed.ts";
import { catalogue } from "../helpers/catalogue.ts";
import { failedIds, sqsEvent } from "../helpers/events.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { subscriber } from "../helpers/subscribers.ts";
import { tick } from "../helpers/walk.ts";

const monday = "2027-03-01T15:00:00.000Z";
const readers: Record<string, Topic[] | undefined> = {
  all: undefined,
  coding: ["coding"],
  privacy: ["privacy"],
};

let service: TestService;
beforeEach(async () => {
  service = await startService({ at: monday });
  for (const [name, topics] of Object.entries(readers)) await addReader(name, topics);
});
afterEach(() => service.stop());

async function addReader(name: string, topics: Topic[] | undefined): Promise<void> {
  const id = `sub_${name}`;
  const joined = { state: "joined", run: 1, since: monday } as const;
  await service.deps.subscribers.create(
    subscriber({ id, address: `${name}@example.com`, lists: { digest: joined }, ...(topics && { topics }) }),
  );
  const reader = await changeSubscriber(service.deps.subscribers, id, (known) => known);
  if (reader) await startDigest(service.deps, reader, monday);
}

/** How a post stands in a feed at one poll: what its publisher has changed of it, and under which topic its feed is. */
interface Listed {
  post: number;
  title: number;
  guid: number;
  bumped: boolean;
}
const listed: fc.Arbitrary<Listed> = fc.record({
  post: fc.integer({ min: 1, max: 5 }),
  title: fc.nat(2),
  guid: fc.nat(2),
  bumped: fc.boolean(),
});
interface Poll {
  hours: number;
  feed: string;
  topic: Topic;
  entries: Listed[];
}
const poll: fc.Arbitrary<Poll> = fc.record({
  hours: fc.integer({ min: 1, max: 100 }),
  feed: fc.constantFrom("one", "other"),
  topic: fc.constantFrom("coding" as const, "privacy" as const),
  entries: fc.uniqueArray(listed, { maxLength: 5, selector: ({ post }) => post }),
});

/** Of every other post the title is edited, of the others the day: both at once would make another post. */
function entryOf({ post, title, guid, bumped }: Listed, feed: string): FeedEntry {
  const edited = post % 2 === 0;
  return {
    guid: `${guid === 1 ? "http" : "https"}://${feed}.example/?p=${post}${guid === 2 ? "&again" : ""}`,
    title: `Post ${post}${edited ? `, version ${title}` : ""}`,
    url: `https://news.example/${post}/${feed === "other" ? "?utm_source=other" : ""}`,
    summary: "",
    publishedAt: `2027-1${bumped && !edited ? 2 : 1}-0${post}T09:00:00.000Z`,
  };
}

async function bring({ feed, topic, entries }: Poll): Promise<void> {
  const source = { id: feed, title: feed, url: `https://${feed}.example/`, topic, everyMinutes: 60 };
  const deps: Deps = {
    ...service.depsOf("poll-feed"),
    catalogue: { ...catalogue, feeds: [source] },
    feedReader: {
      read: async () => ({ status: "read", entries: entries.map((one) => entryOf(one, feed)) }),
    },
  };
  expect(failedIds(await pollFeed.with(deps)(sqsEvent({ v: 1, feedId: feed })))).toEqual([]);
}

/** The links to posts in all digests that came to a reader. */
async function linksTo(reader: string): Promise<string[]> {
  const mails = service.ses.mails().filter(({ to }) => to.includes(`${reader}@example.com`));
  const texts = await Promise.all(
    mails.map(async ({ emlPath }) => (await simpleParser(await readFile(emlPath))).text ?? ""),
  );
  return texts.flatMap((text) => [...text.matchAll(/https:\/\/news\.example\/\d/g)].map(([link]) => link));
}

describe("over weeks of polls, edits, new guids and new topics", () => {
  it("no post comes twice to one reader, and each comes to whoever reads everything", async () => {
    let at = monday;
    await fc.assert(
      fc.asyncProperty(fc.array(poll, { minLength: 4, maxLength: 8 }), async (polls) => {
        let next = addDays(monday, 7);
        const seen = new Set<number>();
        for (const one of polls) {
          for (at = addHours(at, one.hours); next < at; next = addDays(next, 7)) {
            service.clock.set(next);
            await tick(service);
          }
          service.clock.set(at);
          await bring(one);
          for (const { post } of one.entries) seen.add(post);
        }
        for (let week = 0; week < 2; week++, next = addDays(next, 7)) {
          service.clock.set(next);
          await tick(service);
        }
        const [all, ...others] = await Promise.all(Object.keys(readers).map(linksTo));
        for (const links of [all ?? [], ...others]) expect(new Set(links).size).toBe(links.length);
        expect(all).toHaveLength(seen.size);
      }),
      { numRuns: 1, endOnFailure: true },
    );
  });
});
