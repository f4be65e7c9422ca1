import { describe, expect, it } from "vitest";
import { donePage } from "../../web/done-page.ts";
import { finishedPage } from "../../web/finished-page.ts";
import { type ReaderPage, readerNav } from "../../web/reader-nav.ts";
import { restartedPage } from "../../web/restarted-page.ts";
import { type StepPage, stepPage } from "../../web/step-page.ts";
import { hostile, hostileSite, site } from "./sample-site.ts";

const props: StepPage = {
  site,
  token: "t-1",
  course: { name: "first-aid", title: "First aid", numbered: 6 },
  step: { id: "breathe", title: "Breathe", number: 3 },
  subject: "Step 3: Breathe",
  bodyHtml: "<h2>In</h2><p>and out &amp; in</p>",
  sentOn: "May 3, 2027",
  isCurrent: true,
  isToDo: true,
  mayRestart: true,
  tasks: [
    { id: "sit", text: "Sit", isTicked: true },
    { id: "count", text: "Count", isTicked: false },
  ],
  next: { comes: "on Tuesday, May 11", sooner: "tomorrow" },
  around: { before: { id: "welcome", title: "Welcome" } },
  references: [{ path: "courses/first-aid/glossary", title: "Glossary" }],
};
const html = stepPage(props);
const forms = (of: string) => [...of.matchAll(/<form[\s\S]*?<\/form>/g)].map(([form]) => form);

describe("the page of a step", () => {
  it("shows our own text as it is, under its title, and says where on the way it is", () => {
    expect(html).toContain("<h2>In</h2><p>and out &amp; in</p>");
    expect(html).toContain("First aid · Step 3 of 6");
    expect(html).toContain("Sent on May 3, 2027 as “Step 3: Breathe”.");
    expect(stepPage({ ...props, sentOn: undefined })).toContain("Sent to you earlier as");
  });

  it("has one form for ticks and mark, so that neither button loses what the other keeps", () => {
    const [work = "", again = "", ...more] = forms(html);
    expect(more).toEqual([]);
    expect(work).toContain('<form method="post" action="/progress/tasks">');
    for (const [name, value] of [
      ["token", "t-1"],
      ["course", "first-aid"],
      ["step", "breathe"],
    ]) {
      for (const form of [work, again])
        expect(form).toContain(`<input type="hidden" name="${name}" value="${value}">`);
    }
    expect(work).toContain('<input type="checkbox" id="task-sit" name="task" value="sit" checked>');
    expect(work).toContain('<input type="checkbox" id="task-count" name="task" value="count">');
    expect(work).toContain('<label for="task-count">Count</label>');
    // The first button is what Enter presses: it must be the harmless one.
    expect([...work.matchAll(/<button type="submit"([^>]*)>/g)].map(([, rest]) => rest)).toEqual([
      ' class="small quiet"',
      ' formaction="/progress"',
    ]);
    expect(again).toContain('action="/progress/restart"');
  });

  it("asks about the next step only where there is a choice", () => {
    expect(html).toContain("Send me the next step tomorrow already");
    expect(html).toContain("Otherwise it comes on Tuesday, May 11.");
    expect(stepPage({ ...props, next: { comes: "tomorrow" } })).not.toContain('name="sooner"');
    expect(stepPage({ ...props, next: undefined })).not.toContain('name="sooner"');
  });

  it("lets ticks change after it is done, and marks nothing twice", () => {
    const done = stepPage({ ...props, doneOn: "May 4, 2027" });
    expect(done).toContain("Done on May 4, 2027.");
    expect(done).toContain("Save my ticks");
    expect(done).not.toContain("formaction");
    const bare = stepPage({ ...props, doneOn: "May 4, 2027", tasks: [] });
    expect(bare).not.toContain('id="work"');
    expect(bare).not.toContain('href="#work"');
  });

  it("of an earlier time is only read", () => {
    const earlier = stepPage({ ...props, isCurrent: false });
    expect(earlier).toContain("from an earlier time that you took the course");
    expect(earlier).toContain("<li>Count</li>");
    expect(earlier).not.toContain("checkbox");
    const left = stepPage({ ...props, isCurrent: false, mayRestart: false });
    expect(left).toContain("not on this course any more");
    expect(forms(left)).toEqual([]);
  });

  it("says that ticks were saved where screen readers hear it first", () => {
    const saved = stepPage({ ...props, isSaved: true });
    expect(saved).toContain("<title>Saved: Breathe");
    expect(saved).toContain('role="status">Your ticks are saved.');
    expect(html).not.toContain("role=");
  });

  it("links to what came before and after, and to the pages of the course", () => {
    expect(html).toContain('<a href="/progress/t-1/courses/first-aid/welcome">Before: Welcome</a>');
    expect(html).not.toContain("After:");
    expect(html).toContain('<a href="/courses/first-aid/glossary">Glossary</a>');
  });
});

describe("the answers of its buttons", () => {
  const course = { name: "first-aid", title: "First aid" };
  const done = { site, token: "t-1", course, step: props.step, done: [true, true, false] };

  it("count what is done, and say what comes next", () => {
    const page = donePage({ ...done, next: { title: "Bandage", comes: "tomorrow" } });
    expect(page).toContain("That makes 2 of 3 steps.");
    expect(page.match(/<li class="done">/g)).toHaveLength(2);
    expect(page).toContain("<strong>Bandage</strong> comes to your inbox tomorrow.");
    expect(donePage({ ...done, next: { title: "Bandage" } })).toContain("as soon as the mail before it");
    expect(donePage(done)).toContain("All mails of this course have come.");
  });

  it("tell at the end of a course what was achieved and what now", () => {
    const end = {
      site,
      token: "t-1",
      name: "",
      course,
      steps: [
        { id: "a", title: "A", isDone: true, isOpen: true, doneOn: "May 1, 2027" },
        { id: "b", title: "B", isDone: false, isOpen: false },
      ],
      isComplete: false,
      readsDigest: false,
      references: [],
    };
    const open = finishedPage(end);
    expect(open).toContain("<h1>All mails have come</h1>");
    expect(open).toContain("1 of 2 steps are done");
    expect(open).toContain('<a href="/progress/t-1/courses/first-aid/a">A</a>');
    expect(open).not.toContain("first-aid/b");
    expect(open).not.toMatch(/<svg|digest|details/);
    const complete = finishedPage({
      ...end,
      name: "Zoë",
      isComplete: true,
      beganOn: "May 1, 2027",
      endedOn: "May 9, 2027",
      readsDigest: true,
      next: { title: "Goodbye", comes: "tomorrow" },
      first: { id: "a", title: "A" },
    });
    expect(complete).toContain("<h1>You did it, Zoë</h1>");
    expect(complete).toContain('<svg class="summit"');
    expect(complete).toContain("“Goodbye” comes tomorrow.");
    expect(complete).toContain("After that, your digest of news begins.");
    expect(complete).toContain('name="step" value="a"');
    expect(finishedPage({ ...end, readsDigest: true })).toContain("Your digest of news begins.");
  });

  it("say when a course that was started again goes on", () => {
    const again = { site, token: "t-1", courseTitle: "First aid", stepTitle: "Breathe" };
    expect(restartedPage({ ...again, comes: "tomorrow" })).toContain("Its mail comes tomorrow, and");
    expect(restartedPage(again)).toContain("Its mail comes soon, and");
  });
});

describe("the pages of one reader", () => {
  it.each<[ReaderPage, string]>([
    ["progress", "/progress/t-1"],
    ["settings", "/progress/t-1/settings"],
    ["data", "/progress/t-1/data"],
  ])("%s is marked as the current one at %s", (name, path) => {
    const nav = String(readerNav("t-1", name));
    expect(nav).toContain(`<a href="${path}" aria-current="page">`);
    expect(nav.match(/aria-current/g)).toHaveLength(1);
    expect(String(readerNav("t-1"))).not.toContain("aria-current");
  });
});

const hostileCourse = { name: hostile, title: hostile, numbered: 6 };
const neighbour = { id: hostile, title: hostile };
const at = { site: hostileSite, token: hostile };
const far = { title: hostile, comes: hostile };

it.each([
  [
    "step",
    stepPage({
      ...props,
      ...at,
      course: hostileCourse,
      step: neighbour,
      subject: hostile,
      sentOn: hostile,
      tasks: [{ id: hostile, text: hostile, isTicked: true }],
      next: { comes: hostile, sooner: hostile },
      around: { before: neighbour, after: neighbour },
      references: [{ path: hostile, title: hostile }],
    }),
  ],
  ["done", donePage({ ...at, course: hostileCourse, step: neighbour, done: [true], next: far })],
  [
    "finished",
    finishedPage({
      ...at,
      name: hostile,
      course: hostileCourse,
      steps: [{ ...neighbour, isDone: true, isOpen: true, doneOn: hostile }],
      isComplete: true,
      beganOn: hostile,
      endedOn: hostile,
      next: far,
      readsDigest: true,
      references: [{ path: hostile, title: hostile }],
      first: neighbour,
    }),
  ],
  ["restarted", restartedPage({ ...at, courseTitle: hostile, stepTitle: hostile, comes: hostile })],
])("the page %s escapes hostile values and keeps to its policy", (_, page) => {
  expect(page).toContain("&lt;script&gt;alert(1)");
  expect(page).not.toMatch(/<script|<img|onerror='|<style|\sstyle=|\son\w+="|\[object |undefined|NaN/);
  expect(page).not.toContain(`value="">`);
  expect(page.match(/<h1[ >]/g)).toHaveLength(1);
  expect(page).toContain('<meta name="robots" content="noindex">');
});
