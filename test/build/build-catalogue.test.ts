import { describe, expect, it } from "vitest";
import { buildCatalogue } from "../../build/build-catalogue.ts";
import { written } from "../templates/project-catalogue.ts";
import { sampleSources, withChange, without } from "./sample-sources.ts";

const fail = () => expect.fail("It is not in the catalogue");
const { catalogue, problems, warnings } = await buildCatalogue(sampleSources, "2026-12-01");

describe("the catalogue", () => {
  it("is made without a problem from files without a mistake", () => {
    expect({ problems, warnings }).toEqual({ problems: [], warnings: [] });
  });

  it("holds the confirmation and its reminder, one mail for each step and those of no course, by key", () => {
    expect(Object.keys(catalogue?.mails ?? {})).toEqual([
      "confirm",
      "confirm-reminder",
      "course/first-aid/welcome",
      "course/first-aid/breathe",
      "course/first-aid/bandage",
      "course/first-aid/bye",
      "digest",
      "campaign",
      "deadline",
      "nudge",
      "access",
      "address",
    ]);
  });

  it("holds the course as the domain needs it: the site's window, titles from subjects, tasks with their facts", () => {
    const course = catalogue?.courses["first-aid"];
    expect(course).toMatchObject({
      name: "first-aid",
      window: { days: ["mon", "tue"], from: "09:00", to: "12:00" },
      late: { afterHours: 48, action: "skip" },
    });
    expect(course?.steps).toEqual([
      { id: "welcome", title: "Welcome", delayDays: 0, window: "always", checklist: [] },
      {
        id: "breathe",
        title: "Breathe",
        number: 1,
        delayDays: 2,
        checklist: [
          { id: "count", text: "Count your pulse: 60 to 100 & more" },
          { id: "walk", text: "Walk for ten minutes" },
        ],
      },
      {
        id: "bandage",
        title: "Bandage a wound",
        number: 2,
        delayDays: 7,
        window: { days: ["sat"], from: "08:00", to: "20:00" },
        checklist: [],
      },
      { id: "bye", title: "Goodbye", delayDays: 7, checklist: [] },
    ]);
  });

  it("keeps delays in minutes", async () => {
    const sources = withChange(
      "content/courses/first-aid/course.yaml",
      "delayDays: 2,",
      "delayDays: 0, delayMinutes: 5,",
    );
    const built = await buildCatalogue(sources, "2026-12-01");
    expect(built.catalogue?.courses["first-aid"]?.steps[1]).toMatchObject({ delayDays: 0, delayMinutes: 5 });
  });

  it("prefers the window of the course to that of the site", async () => {
    const window = 'window: { days: [sun], from: "10:00", to: "11:00" }\nlate:';
    const sources = withChange("content/courses/first-aid/course.yaml", "late:", window);
    const built = await buildCatalogue(sources, "2026-12-01");
    expect(built.catalogue?.courses["first-aid"]?.window.days).toEqual(["sun"]);
  });

  it("holds the reference pages, with links that work on the site", () => {
    expect(catalogue?.pages).toEqual({
      "courses/first-aid/glossary": {
        title: "Glossary",
        description: "The words of this course.",
        html:
          '<h2 id="signs-of-life">Signs of life</h2> <ul> <li><strong>Pulse</strong>: 60 to 100 &amp; more, see ' +
          '<a href="/courses/first-aid/glossary#signs-of-life">this list</a>.</li> </ul>',
      },
    });
  });

  it("holds what the mails of a course say, for its pages, with the reader's values left open", () => {
    const readings = catalogue?.readings ?? {};
    expect(Object.keys(readings)).toEqual(
      catalogue?.courses["first-aid"]?.steps.map(({ id }) => `first-aid/${id}`),
    );
    for (const { body } of Object.values(readings)) {
      expect(body.literals.join("")).not.toMatch(/<(html|body|style|img|script)|style=|\{\{|\{fact:/);
      for (const { name, as } of body.slots) expect(as).toBe(name.endsWith("Url") ? "url" : "html");
    }
    expect(readings["first-aid/breathe"]?.subject.literals.join("")).not.toBe("");
  });

  it("holds the sources of news", () => {
    expect(catalogue?.feeds).toEqual([
      {
        id: "red-cross",
        title: "Red Cross & Co",
        url: "https://example.org/news.xml?a=1&b=2",
        topic: "careers",
        everyMinutes: 60,
      },
    ]);
  });

  it("has no sources of news where there is no file of them", async () => {
    expect((await buildCatalogue(without("content/feeds.yaml"), "2026-12-01")).catalogue?.feeds).toEqual([]);
  });

  it("holds the pieces of a digest, styled as if they stood in it", () => {
    expect(Object.keys(catalogue?.fragments ?? {})).toEqual([
      "digest-topic",
      "digest-item",
      "digest-week",
      "digest-more",
    ]);
    const { html, text } = catalogue?.fragments["digest-item"] ?? fail();
    expect(html.slots).toEqual([
      { name: "url", as: "url" },
      { name: "title", as: "html" },
      { name: "summary", as: "html" },
      { name: "hours", as: "html" },
      { name: "source", as: "html" },
      { name: "date", as: "html" },
    ]);
    expect(written(html)).toMatch(
      /^<h3 class="item" style="[^"]+"><a href="{{url}}" style="[^"]+">{{title}}<\/a><\/h3> <p class="teaser" style="[^"]+">/,
    );
    expect(written(text)).toBe("{{title}}\n  {{summary}}\n  {{hours}}{{source}} · {{date}}\n  {{url}}\n");
    const topic = catalogue?.fragments["digest-topic"] ?? fail();
    expect(written(topic.html)).toMatch(/^<h2 style="margin: 36px 0 10px;[^"]*">{{title}}<\/h2>$/);
    expect(written(topic.text)).toMatch(/^{{title}}\n-+\n$/);
  });

  it("takes a body made at run time as a block, the HTML in the one part and the text in the other", () => {
    for (const key of ["digest", "campaign"]) {
      const { html, text } = catalogue?.mails[key] ?? fail();
      expect(html.slots.filter(({ as }) => as === "block")).toEqual([{ name: "bodyHtml", as: "block" }]);
      expect(text.slots.filter(({ as }) => as === "block")).toEqual([{ name: "bodyText", as: "block" }]);
    }
  });

  it("splits the subject at its slots, for plain text", () => {
    expect(catalogue?.mails["course/first-aid/breathe"]?.subject).toEqual({
      literals: ["Step 1: ", ""],
      slots: [{ name: "greeting", as: "text" }],
    });
  });

  it("is the same whenever it is built", async () => {
    expect((await buildCatalogue(sampleSources, "2027-01-01")).catalogue).toEqual(catalogue);
  });
});

describe("the confirmation", () => {
  it("leaves room for what its reader asked for", () => {
    const { text } = catalogue?.mails.confirm ?? { text: { literals: [], slots: [] } };
    expect(text.slots.map(({ name }) => name)).toContain("summary");
    expect(text.literals.join("_").replace(/\s+/g, " ")).toContain("asked us to send _ to this address");
  });
});

describe("warnings", () => {
  it("name each fact whose day has passed, and do not stop the build", async () => {
    const built = await buildCatalogue(sampleSources, "2027-11-02");
    expect(built.catalogue).toBeDefined();
    expect(built.staleFacts).toBe(2);
    expect(built.warnings[0]).toMatchObject({
      file: "content/facts.yaml",
      line: 1,
      message: expect.stringContaining(
        "The fact pulse was to be checked again by 2027-11-01: read https://example.org/pulse",
      ),
    });
  });

  it("do not come on the day itself", async () => {
    expect((await buildCatalogue(sampleSources, "2027-11-01")).staleFacts).toBe(0);
  });

  it("name a mail that no step sends", async () => {
    const sources = new Map([
      ...sampleSources,
      ["content/courses/first-aid/old.md", "---\nsubject: Old\npreheader: Old\n---\n"],
    ]);
    const built = await buildCatalogue(sources, "2026-12-01");
    expect(built.warnings).toMatchObject([{ file: "content/courses/first-aid/old.md", line: 1 }]);
    expect(built.catalogue).toBeDefined();
  });
});
