import { describe, expect, it } from "vitest";
import { buildCatalogue } from "../../build/build-catalogue.ts";
import { topics } from "../../core/catalogue.ts";
import { projectCatalogue } from "../templates/project-catalogue.ts";
import { itNames, problemsOf } from "./expect-mistake.ts";
import { sampleSources } from "./sample-sources.ts";

const file = "content/feeds.yaml";

describe("a mistake in feeds.yaml", () => {
  // biome-ignore format: one mistake a row
  itNames(file, [
    ["an ill-formed id", "red-cross", "Red_Cross", "[1].id: give the feed in a-z, 0-9 and hyphens"],
    ["no title", "title: Red Cross & Co\n  ", "", "[1].title is missing: give the name of the source", 1],
    ["an address without TLS", "https://", "http://", "[1].url: give the https address of the feed"],
    ["an address that is none", "https://example.org/news.xml?a=1&b=2", "news", "[1].url: give the https address"],
    ["an unknown topic", "careers", "sports", "[1].topic: give one of coding, privacy, regulation, records-technology, careers"],
    ["a feed that is pressed", "everyMinutes: 60", "everyMinutes: 59", "[1].everyMinutes: give whole minutes, 60 or more"],
    ["half a minute", "everyMinutes: 60", "everyMinutes: 60.5", "[1].everyMinutes: give whole minutes"],
    ["a key that is not known", "topic:", "subject:", "[1].subject is no known key"],
    ["a slot", "Red Cross & Co", '"{{title}}"', "{{ cannot stand here"],
    ["a map in place of a list", "- id: red-cross\n  title: Red Cross & Co\n  url: https://example.org/news.xml?a=1&b=2\n  topic: careers\n  everyMinutes: 60", "a: 1", "give the feeds as a list"],
  ]);

  it("such as a feed that is there twice", async () => {
    const feed = sampleSources.get(file) ?? "";
    expect(await problemsOf(new Map([...sampleSources, [file, feed + feed]]))).toEqual([
      `${file}:6  The id red-cross is that of feed 1 of the list already: keep one`,
      `${file}:8  The url https://example.org/news.xml?a=1&b=2 is that of feed 1 of the list already: keep one`,
    ]);
  });

  it("is none in an empty list", async () => {
    const { catalogue } = await buildCatalogue(new Map([...sampleSources, [file, "[]\n"]]), "2026-12-01");
    expect(catalogue?.feeds).toEqual([]);
  });
});

describe("the project's own feeds", () => {
  const { feeds } = projectCatalogue;

  it("cover every topic", () => {
    expect(new Set(feeds.map(({ topic }) => topic))).toEqual(new Set(topics));
  });

  it("are plain web addresses without a name, a port or a fragment", () => {
    for (const { url } of feeds) {
      expect(new URL(url)).toMatchObject({ protocol: "https:", username: "", port: "", hash: "" });
    }
  });
});
