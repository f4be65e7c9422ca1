import { describe, expect, it } from "vitest";
import type { PathCourse, PathState, PathStep } from "../../web/course-path.ts";
import { dateWords, weekdayWords } from "../../web/date-words.ts";
import { type ProgressPage, progressPage } from "../../web/progress-page.ts";
import { sampleDates } from "./sample-dates.ts";
import { site } from "./sample-site.ts";

const step = (state: PathState, rest: Partial<PathStep> = {}): PathStep => ({
  id: `step-${state}`,
  title: `The ${state} one`,
  state,
  ...rest,
});
const steps = [
  step("done", { sentOn: "May 1, 2027", doneOn: "May 2, 2027" }),
  step("sent", { number: 1, sentOn: "May 3, 2027" }),
  step("unknown", { number: 2, sentOn: "May 4, 2027" }),
  step("failed", { number: 3 }),
  step("next", { number: 4 }),
  step("later"),
];
const props: ProgressPage = {
  site,
  name: "Zoë",
  token: "t-1",
  courses: [{ name: "first-aid", title: "First aid", steps, finished: false, complete: false }],
  own: sampleDates(),
  today: "2027-05-01",
};
const html = progressPage(props);
const way = html.split('id="dates"')[0] ?? "";
const items = [...way.matchAll(/<li class="(\w+)">([\s\S]*?)<\/li>/g)].map(([, state, item = ""]) => ({
  state,
  item,
}));
const itemOf = (state: PathState) => items.find((found) => found.state === state)?.item ?? "";
const forms = (of: string) => [...of.matchAll(/<form[\s\S]*?<\/form>/g)].map(([form]) => form);

describe("the way on the progress page", () => {
  it("has no button for a mail that is only read, such as the welcome", () => {
    const welcome = { id: "welcome", title: "Welcome", state: "sent" as const };
    const page = progressPage({
      ...props,
      courses: [{ ...props.courses[0], steps: [welcome, ...steps] } as PathCourse],
    });
    expect(page.split("Welcome")[1]?.split("</li>")[0]).not.toContain("Mark as done");
  });

  it("is an ordered list of all steps in order, each with its number for screen readers", () => {
    expect(html).toMatch(/<ol class="path"><li/);
    expect(items.map(({ state }) => state)).toEqual(["done", "sent", "unknown", "failed", "next", "later"]);
    expect(itemOf("sent")).toContain(
      '<h3><span class="unseen">Step 1: </span><a href="/progress/t-1/courses/first-aid/step-sent">The sent one</a></h3>',
    );
    expect(itemOf("later")).toContain("<h3>The later one</h3>");
  });

  it("shows a tick and the day on what is done", () => {
    expect(itemOf("done")).toContain('<span class="mark" aria-hidden="true">✓</span>');
    expect(itemOf("done")).toContain("Done on May 2, 2027.");
    for (const { state, item } of items) expect(item.includes("✓")).toBe(state === "done");
  });

  it.each([
    ["sent", "<p>Sent on May 3, 2027.</p>"],
    ["unknown", "<p>Sent on May 4, 2027. This mail may not have reached you.</p>"],
    ["failed", "<p>This mail could not be delivered to you.</p>"],
    ["next", "<p>Comes next.</p>"],
    ["later", "<p>Comes later.</p>"],
  ] as const)("says of a step that is %s: %s", (state, words) => expect(itemOf(state)).toContain(words));

  it("has a button on what came and is not done, and on nothing else", () => {
    for (const { state, item } of items) {
      expect(forms(item)).toHaveLength(state === "sent" || state === "unknown" ? 1 : 0);
    }
    const [form = ""] = forms(itemOf("sent"));
    expect(form).toContain('<form method="post" action="/progress">');
    for (const [name, value] of [
      ["token", "t-1"],
      ["course", "first-aid"],
      ["step", "step-sent"],
    ]) {
      expect(form).toContain(`<input type="hidden" name="${name}" value="${value}">`);
    }
    expect(form).toMatch(
      /<button type="submit"[^>]*>Mark as done<span class="unseen">: The sent one<\/span><\/button>/,
    );
  });

  it("says when the next one comes, if that is known", () => {
    const next = { ...step("next"), comes: "on Tuesday, May 11" };
    const page = progressPage({
      ...props,
      courses: [{ name: "a", title: "A", steps: [next], finished: false, complete: false }],
    });
    expect(page).toContain("<p>Comes next, on Tuesday, May 11.</p>");
  });

  it("counts the numbered steps that are done, and says when all mails have come", () => {
    expect(html).toContain("0 of 4 steps done.");
    const finished = progressPage({
      ...props,
      courses: [{ name: "a", title: "A", steps: [step("done")], finished: true, complete: true }],
    });
    expect(finished).toContain('<a href="/progress/t-1/courses/a">See what you have achieved</a>');
    expect(html).not.toContain("See ");
    expect(finished).toContain("1 of 1 step done. All mails of this course have come.");
  });

  it("offers a start to those who are on no course, and greets without a name too", () => {
    const empty = progressPage({ ...props, name: "", courses: [] });
    expect(empty).toContain("You are on no course now.");
    expect(empty).toContain('<p class="eyebrow">Steps</p>');
    expect(html).toContain('<p class="eyebrow">Hello Zoë</p>');
  });

  it("changes nothing by a link, and runs no script", () => {
    expect([...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      "/",
      ...["", "/dates", "/settings", "/data"].map((page) => `/progress/t-1${page}`),
      ...["done", "sent", "unknown"].map((state) => `/progress/t-1/courses/first-aid/step-${state}`),
      "/progress/t-1/dates",
      "mailto:hello@example.org",
    ]);
    expect(html).toContain('<a href="/progress/t-1" aria-current="page">Progress</a>');
    expect(html).not.toContain("<script");
    for (const form of forms(html)) expect(form).toMatch(/^<form method="post" action="\/progress/);
    for (const form of forms(html)) expect(form).toContain('<input type="hidden" name="token" value="t-1">');
  });
});

describe("the dates on the progress page", () => {
  it("are the three nearest that are open, with the way to all of them", () => {
    const part = html.split('id="dates"')[1] ?? "";
    expect([...part.matchAll(/<strong>([^<]+)<\/strong><p>([^<]+)/g)].map(([, ...found]) => found)).toEqual([
      ["Late", "Overdue since April 30, 2027"],
      ["RHIT exam", "May 7, 2027"],
      ["RHIT renewal", "June 1, 2027"],
    ]);
    expect(part).toContain('<a href="/progress/t-1/dates">All dates and hours</a>');
    expect(forms(part)).toEqual([]);
  });

  it("draw the hours of a cycle, in words beside it", () => {
    expect(html).toContain(
      '<p class="hours">RHIT: <strong>12 of 20 hours</strong>, 8 to go; <span class="whole">31 days left</span></p>',
    );
    expect(html).toMatch(/<rect class="filled"[^>]* width="60%"/);
    expect(html).toContain('<line class="now" x1="95.9%" x2="95.9%"');
  });

  it("say what the mark on a bar is, while there is one", () => {
    const [cycle = expect.fail()] = props.own.cycles;
    const without = { ...cycle, passed: undefined };
    const page = progressPage({ ...props, own: { ...props.own, cycles: [without] } });
    expect([html, page].map((one) => one.includes("The mark on a bar shows today."))).toEqual([true, false]);
  });

  it("invite to set the first one", () => {
    const none = progressPage({ ...props, own: { dates: [], cycles: [], others: [] } });
    expect(none).toContain('<a href="/progress/t-1/dates">Add a date</a>');
  });

  it("are written in words, whatever the zone of the machine", () => {
    expect(dateWords("2027-05-07")).toBe("May 7, 2027");
    expect(dateWords("soon")).toBe("soon");
    expect(weekdayWords("2027-12-03", "2027-01-01")).toBe("Friday, December 3");
    expect(weekdayWords("2028-12-03", "2027-12-31")).toBe("Sunday, December 3, 2028");
  });
});
