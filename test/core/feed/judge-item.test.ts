import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FeedEntry } from "../../../core/feed/feed-item.ts";
import { type FeedRules, judge } from "../../../core/feed/judge-item.ts";
import { projectCatalogue } from "../../templates/project-catalogue.ts";

const feed = { id: "journal", topic: "careers" as const };
const entry = (title: string, rest: Partial<FeedEntry> = {}): FeedEntry => ({
  title,
  url: "https://a.example/1",
  summary: "",
  ...rest,
});
const rules: FeedRules = {
  topics: [
    { topic: "privacy", words: ["HIPAA", "data  breach"] },
    { topic: "coding", words: ["ICD-10*"], categories: ["Cod*"] },
  ],
  relevance: [
    { because: "codes", points: 4, words: ["CPT", "ICD-10*"] },
    { because: "rules", points: 3, words: ["final rule"] },
    { because: "money", points: -2, words: ["raises $*"], feeds: ["tabloid"], except: ["MANUAL"] },
  ],
};
const judged = judge(rules);

describe("the topic of an item", () => {
  it.each<[string, Partial<FeedEntry>, string]>([
    ["HIPAA turns thirty", {}, "privacy"],
    ["hipaa, again", {}, "privacy"],
    ["News", { summary: "A data\n breach at a clinic" }, "privacy"],
    ["HIPAA and ICD-10-CM", {}, "privacy"],
    ["ICD-10-CM for 2027", {}, "coding"],
    ["News", { categories: ["Coding"] }, "coding"],
    ["News", { categories: ["Decoding"] }, "careers"],
    ["HIPAAs", {}, "careers"],
    ["xHIPAA", {}, "careers"],
    ["News", {}, "careers"],
  ])("%s, with %j, is %s", (title, rest, topic) => {
    expect(judged(feed, entry(title, rest)).topic).toBe(topic);
  });
});

describe("the score of an item", () => {
  it.each<[string, string, number, string[]]>([
    ["CPT and ICD-10-PCS change", "journal", 4, ["codes"]],
    ["Final rule on CPT", "journal", 7, ["codes", "rules"]],
    ["Start-up raises $20 million", "journal", -2, ["money"]],
    ["Final rule", "tabloid", 1, ["rules", "money"]],
    ["CPT start-up raises $20 million", "MANUAL", 4, ["codes"]],
    ["Nothing", "journal", 0, []],
  ])("of %s in %s is %i, since %j", (title, id, score, because) => {
    expect(judged({ ...feed, id }, entry(title))).toMatchObject({ score, because });
  });

  it("is found for whatever the words of rules and texts are", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (word, text) => {
        const any = judge({ topics: [], relevance: [{ because: "b", points: 1, words: [word] }] });
        expect([0, 1]).toContain(any(feed, entry(text)).score);
        if (/^[\p{L}\p{N}]+$/u.test(word)) expect(any(feed, entry(`a ${word}, b`)).score).toBe(1);
      }),
    );
  });
});

describe("the project's own rules", () => {
  const own = judge(projectCatalogue.feedRules);

  it.each([
    ["HHS settles with a clinic over a ransomware attack", "privacy"],
    ["CMS posts the ICD-10-CM guidelines for the new fiscal year", "coding"],
    ["EHRs and information exchange after TEFCA", "records-technology"],
    ["Rural clinics get a grant", "regulation"],
  ])("put %s under %s", (title, topic) => {
    expect(own({ id: "hhs-news", topic: "regulation" }, entry(title)).topic).toBe(topic);
  });

  it("put what an exam may ask before what is sold as news", () => {
    const order = [
      "AHIMA updates continuing education for RHIT holders",
      "Final rule changes the HIPAA security rule",
      "A hospital opens a garden",
      "Webinar: vendor raises $40 million",
    ];
    const scores = order.map((title) => own({ id: "hhs-news", topic: "regulation" }, entry(title)).score);
    expect(scores).toEqual([...new Set(scores)].sort((a, b) => b - a));
  });

  it("put a webinar that somebody enters for its hours before what is only read", () => {
    const webinar = own({ id: "MANUAL", topic: "coding" }, entry("AHIMA webinar on the new codes"));
    const byFeed = own({ id: "hhs-news", topic: "coding" }, entry("AHIMA webinar on the new codes"));
    const post = own({ id: "MANUAL", topic: "coding" }, entry("A post on the new codes"));
    expect(webinar.score).toBeGreaterThan(post.score);
    expect(byFeed.score).toBeLessThan(post.score);
  });
});
