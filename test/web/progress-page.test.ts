import { describe, expect, it } from "vitest";
import type { PathCourse, PathState, PathStep } from "../../web/course-path.ts";
import { dateWords } from "../../web/date-words.ts";
import { type ProgressPage, progressPage } from "../../web/progress-page.ts";
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
  dates: [
    { id: "d1", label: "RHIT exam", date: "2027-05-07", daysBefore: 7 },
    { id: "d2", label: "Renewal", date: "2027-04-30", daysBefore: 1 },
  ],
  today: "2027-05-01",
};
const html = progressPage(props);
const items = [...html.matchAll(/<li class="(\w+)">([\s\S]*?)<\/li>/g)].map(([, state, item = ""]) => ({
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
      ...["", "/settings", "/data"].map((page) => `/progress/t-1${page}`),
      ...["done", "sent", "unknown"].map((state) => `/progress/t-1/courses/first-aid/step-${state}`),
      "mailto:hello@example.org",
    ]);
    expect(html).toContain('<a href="/progress/t-1" aria-current="page">Progress</a>');
    expect(html).not.toContain("<script");
    for (const form of forms(html)) expect(form).toMatch(/^<form method="post" action="\/progress/);
    for (const form of forms(html)) expect(form).toContain('<input type="hidden" name="token" value="t-1">');
  });
});

describe("the dates on the progress page", () => {
  it("are listed with their reminder, or as passed, each with a button to remove it", () => {
    expect(html).toContain("<strong>RHIT exam</strong><p>May 7, 2027, reminder 7 days before</p>");
    expect(html).toContain("<strong>Renewal</strong><p>April 30, 2027, this day has passed</p>");
    const remove = forms(html).filter((form) => form.includes('action="/progress/dates/remove"'));
    expect(remove.map((form) => /name="id" value="(\w+)"/.exec(form)?.[1])).toEqual(["d1", "d2"]);
    expect(remove[0]).toContain('Remove<span class="unseen"> RHIT exam</span>');
  });

  it("counts a date of today as to come", () => {
    const [date] = props.dates;
    const today = progressPage({
      ...props,
      dates: date ? [{ ...date, date: props.today, daysBefore: 1 }] : [],
    });
    expect(today).toContain("May 1, 2027, reminder 1 day before");
  });

  it("are added by a form with a label, a day from today on, and the days before", () => {
    const form = forms(html).find((found) => found.includes('action="/progress/dates"')) ?? "";
    expect(form).toMatch(/<label for="label">[\s\S]*<input id="label" name="label"[^>]* list="labels"/);
    expect(form.match(/<datalist[\s\S]*<\/datalist>/)?.[0]).toContain('<option value="Exam">');
    expect(form).toMatch(/<input id="date" name="date" type="date" value="" min="2027-05-01" required>/);
    expect(
      [...form.matchAll(/<option value="(\d+)"( selected)?>/g)].map(
        ([, days, chosen]) => days + (chosen ?? ""),
      ),
    ).toEqual(["1", "3", "7 selected", "14", "30"]);
  });

  it("come back after a mistake with what was entered, and with the mistake at its field", () => {
    const again = progressPage({
      ...props,
      values: { label: "Exam", date: "2027-02-31", daysBefore: "14" },
      problems: { date: "Choose a day from today on." },
    });
    expect(again).toMatch(/<title>Please check the date/);
    expect(again).toMatch(/role="alert"><ul><li><a href="#date">Choose a day from today on\.<\/a>/);
    expect(again).toContain('<p class="mistake" id="date-mistake">Choose a day from today on.</p>');
    expect(again).toMatch(
      /id="date" name="date" aria-describedby="date-mistake" aria-invalid="true" type="date" value="2027-02-31"/,
    );
    expect(again).toMatch(/id="label"[^>]* value="Exam"/);
    expect(again).toContain('<option value="14" selected>');
    expect(again).not.toContain('<option value="7" selected>');
    expect(html).not.toContain("mistake");
  });

  it("are written in words, whatever the zone of the machine", () => {
    expect(dateWords("2027-05-07")).toBe("May 7, 2027");
    expect(dateWords("soon")).toBe("soon");
  });
});
