import { describe, expect, it } from "vitest";
import { digestLetter } from "../../../core/digest/digest-letter.ts";
import type { NewsItem } from "../../../core/feed/feed-item.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { bounced, subscriber } from "../../helpers/subscribers.ts";

const plannedAt = "2027-03-08T14:00:00.000Z"; // Monday 09:00 in New York
const on = (state: "wanted" | "joined" | "left"): Pick<Subscriber, "lists"> => ({
  lists: {
    records: { state: "joined", run: 1, since: plannedAt },
    digest: { state, run: 1, since: plannedAt },
  },
});
const item = (changes: Partial<NewsItem> = {}): NewsItem => ({
  title: "Signs & symptoms",
  url: "https://coding.example/signs?a=1&b=2",
  summary: "Most, not <all>.",
  topic: "coding",
  source: "The Coding Corner",
  firstSeenAt: "2027-03-04T12:00:00.000Z",
  ...changes,
});
const open = (items: NewsItem[], readers: Subscriber[] = []) =>
  digestLetter(
    {
      catalogue,
      publicUrl: "https://steps.example",
      news: { inEdition: async (edition) => (edition === "2027-W10" ? items : []) },
      subscribers: { loadMany: async () => new Map(readers.map((reader) => [reader.id, reader])) },
    },
    { kind: "digest", edition: "2027-W10" },
    { recipients: readers.map(({ id }) => id) },
  );

describe("a digest", () => {
  it("shows its items by topic, that of the best first, escaped, in both parts", async () => {
    const careers = item({ topic: "careers", title: "A job", url: "https://jobs.example/1", summary: "" });
    const { template, list, values } = await open([
      careers,
      item({ publishedAt: "2027-03-02T23:00:00.000Z", ceHours: 1.5 }),
    ]);
    expect({ template, list, title: values.title }).toEqual({
      template: "digest",
      list: "digest",
      title: "The week’s news, March 8, 2027",
    });
    expect(values.bodyHtml).toBe(
      [
        "<h2>Careers</h2>",
        '<h3><a href="https://jobs.example/1">A job</a></h3><p></p><p>The Coding Corner · March 4</p>',
        "<h2>Coding</h2>",
        '<h3><a href="https://coding.example/signs?a=1&amp;b=2">Signs &amp; symptoms</a></h3>' +
          "<p>Most, not &lt;all&gt;.</p><p>1.5 CE hours · The Coding Corner · March 2</p>",
      ].join("\n"),
    );
    expect(values.bodyText).toBe(
      [
        "== Careers ==",
        "A job\n  The Coding Corner · March 4\n  https://jobs.example/1",
        "== Coding ==",
        "Signs & symptoms\n  Most, not <all>.\n  1.5 CE hours · The Coding Corner · March 2\n  https://coding.example/signs?a=1&b=2",
      ].join("\n\n"),
    );
  });

  it.each<[string, string, Subscriber, unknown]>([
    ["goes in the window", plannedAt, subscriber(on("joined")), { may: "send" }],
    [
      "moves when the window has closed",
      "2027-03-08T17:00:00.000Z",
      subscriber(on("joined")),
      { may: "move", to: "2027-03-09T14:00:00.000Z", plannedAt },
    ],
    [
      "follows a changed zone",
      plannedAt,
      subscriber({ ...on("joined"), zone: "Asia/Kolkata" }),
      { may: "move", to: "2027-03-09T03:30:00.000Z", plannedAt },
    ],
    ["goes on the fifth day", "2027-03-12T14:00:00.000Z", subscriber(on("joined")), { may: "send" }],
    [
      "is no news when its window opens again after the weekend",
      "2027-03-12T18:00:00.000Z",
      subscriber(on("joined")),
      { may: "skip", reason: "late" },
    ],
    [
      "is no news after five days",
      "2027-03-13T14:00:01.000Z",
      subscriber(on("joined")),
      { may: "skip", reason: "late" },
    ],
    ["stops for who left", plannedAt, subscriber(on("left")), { may: "skip", reason: "unsubscribed" }],
    [
      "stops for who only asked",
      plannedAt,
      subscriber(on("wanted")),
      { may: "skip", reason: "unsubscribed" },
    ],
    ["stops for who never asked", plannedAt, subscriber(), { may: "skip", reason: "unsubscribed" }],
    [
      "stops for who bounced",
      plannedAt,
      subscriber({ ...on("joined"), ...bounced }),
      { may: "skip", reason: "unsubscribed" },
    ],
  ])("%s", async (_, now, person, expected) => {
    const letter = await open([item()]);
    expect(letter.eligibility(person, { plannedAt, now })).toEqual(expected);
  });

  it("without anything in it goes to nobody", async () => {
    const letter = await open([]);
    expect(letter.eligibility(subscriber(on("joined")), { plannedAt, now: plannedAt })).toEqual({
      may: "skip",
      reason: "superseded",
    });
  });
});

describe("a digest of chosen topics", () => {
  const news = ["coding", "careers", "privacy"].map((topic, n) =>
    item({ topic: topic as NewsItem["topic"], title: `Of ${topic}`, url: `https://news.example/${n}` }),
  );
  const reader = (id: string, topics?: Subscriber["topics"]) =>
    subscriber({ ...on("joined"), id, ...(topics && { topics }) });
  const now = plannedAt;

  it("is written once for all where nobody has chosen", async () => {
    const letter = await open(news, [reader("sub_1"), reader("sub_2")]);
    expect(letter.personal).toBeUndefined();
    expect(letter.values.bodyText).toContain("Of careers");
  });

  it("has what each reader chose, and all for who chose nothing", async () => {
    const [all, few] = [reader("sub_1"), reader("sub_2", ["privacy", "coding"])];
    const letter = await open(news, [all, few]);
    expect(letter.values.bodyHtml).toBeUndefined();
    const titles = (of: Subscriber) => [...(letter.personal?.(of).bodyText ?? "").matchAll(/Of \w+/g)].flat();
    expect(titles(all)).toEqual(["Of coding", "Of careers", "Of privacy"]);
    expect(titles(few)).toEqual(["Of coding", "Of privacy"]);
    expect(letter.personal?.(reader("sub_3", ["coding", "privacy"]))).toBe(letter.personal?.(few));
    expect(letter.eligibility(few, { plannedAt, now })).toEqual({ may: "send" });
  });

  it("shows the newest twelve of the topics, however many others are newer", async () => {
    const many = Array.from({ length: 30 }, (_, n) =>
      item({
        topic: n < 15 ? "careers" : "coding",
        title: `Item ${n}`,
        url: `https://news.example/${n}`,
        firstSeenAt: `2027-03-04T12:${String(n).padStart(2, "0")}:00.000Z`,
      }),
    );
    const careers = reader("sub_1", ["careers"]);
    const letter = await open(many, [careers]);
    const numbers = [...(letter.personal?.(careers).bodyText ?? "").matchAll(/Item (\d+)/g)].map(
      ([, n]) => n,
    );
    expect(numbers).toEqual(["14", "13", "12", "11", "10", "9", "8", "7", "6", "5", "4", "3"]);
  });

  it("goes to nobody without anything of theirs", async () => {
    const none = reader("sub_1", ["regulation"]);
    const letter = await open(news, [none]);
    expect(letter.eligibility(none, { plannedAt, now })).toEqual({ may: "skip", reason: "nothing-new" });
  });

  it("is opened anew for who has chosen since", async () => {
    const letter = await open(news, [reader("sub_1")]);
    expect(letter.eligibility(reader("sub_1", ["coding"]), { plannedAt, now })).toEqual({
      may: "move",
      to: now,
      plannedAt,
    });
  });

  it("keeps to the hours that a reader chose, and is skipped in a pause", async () => {
    const letter = await open(news, []);
    const late = subscriber({ ...on("joined"), rhythm: { hour: 15 } });
    expect(letter.eligibility(late, { plannedAt, now })).toEqual({
      may: "move",
      to: "2027-03-08T20:00:00.000Z",
      plannedAt,
    });
    const paused = subscriber({ ...on("joined"), rhythm: { pausedUntil: "2027-03-20T05:00:00.000Z" } });
    expect(letter.eligibility(paused, { plannedAt, now })).toEqual({ may: "skip", reason: "paused" });
  });
});
