import { describe, expect, it } from "vitest";
import { buildCatalogue } from "../../build/build-catalogue.ts";
import { problemsOf } from "./expect-mistake.ts";
import { sampleSources } from "./sample-sources.ts";

const file = "content/feed-rules.yaml";
const rules = `topics:
  - topic: coding
    words: [CPT]
relevance:
  - because: codes change
    points: 4
    feeds: [red-cross]
`;
const withRules = (text: string) => new Map([...sampleSources, [file, text]]);

describe("a mistake in feed-rules.yaml", () => {
  // biome-ignore format: one mistake a row
  it.each([
    ["an unknown topic", "coding", "sports", `${file}:2  topics[1].topic: give one of coding, privacy`],
    ["words that are none", "[CPT]", "CPT", `${file}:3  topics[1].words: give the words as a list`],
    ["half a point", "4", "4.5", `${file}:6  relevance[1].points: give whole points`],
    ["too many points", "4", "400", `${file}:6  relevance[1].points: give 100 points at most`],
    ["no reason", "codes change", '""', `${file}:5  relevance[1].because: say why`],
    ["a feed that is none", "red-cross", "blue-cross", `${file}:5  No feed is called blue-cross`],
    ["an exception that is none", "feeds: [red-cross]", "words: [CPT]\n    except: [blue-cross]", `${file}:5  No feed is called blue-cross`],
    ["a rule that fits nothing", "    words: [CPT]\n", "", `${file}:2  topics[1] fits nothing`],
    ["a key that is not known", "points", "score", `${file}:6  relevance[1].score is no known key`],
  ])("such as %s", async (_, from, to, message) => {
    expect(rules).toContain(from);
    expect(await problemsOf(withRules(rules.replace(from, to)))).toContainEqual(
      expect.stringContaining(message),
    );
  });

  it("is none in these, nor where there are no rules", async () => {
    const { catalogue } = await buildCatalogue(withRules(rules), "2026-12-01");
    expect(catalogue?.feedRules.topics).toEqual([{ topic: "coding", words: ["CPT"] }]);
    expect((await buildCatalogue(sampleSources, "2026-12-01")).catalogue?.feedRules.relevance).toEqual([]);
    const byHand = withRules(rules.replace("red-cross", "MANUAL"));
    expect((await buildCatalogue(byHand, "2026-12-01")).problems).toEqual([]);
  });
});
