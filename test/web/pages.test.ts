import { describe, expect, it } from "vitest";
import { alreadyConfirmedPage } from "../../web/already-confirmed-page.ts";
import { checkInboxPage } from "../../web/check-inbox-page.ts";
import { confirmPage } from "../../web/confirm-page.ts";
import { confirmedPage } from "../../web/confirmed-page.ts";
import { contentPage } from "../../web/content-page.ts";
import { datesPage } from "../../web/dates-page.ts";
import { didYouMeanPage } from "../../web/did-you-mean-page.ts";
import { lateLinkPage } from "../../web/late-link-page.ts";
import { newLinkPage } from "../../web/new-link-page.ts";
import { newsPage } from "../../web/news-page.ts";
import { newsWeeksPage } from "../../web/news-weeks-page.ts";
import { oneMorePressPage } from "../../web/one-more-press-page.ts";
import { pausedPage } from "../../web/paused-page.ts";
import { problemPage } from "../../web/problem-page.ts";
import { progressPage } from "../../web/progress-page.ts";
import { renewAnywayPage } from "../../web/renew-anyway-page.ts";
import { type SettingsPage, settingsPage } from "../../web/settings-page.ts";
import { signupPage } from "../../web/signup-page.ts";
import { unsubscribePage } from "../../web/unsubscribe-page.ts";
import { unsubscribedPage } from "../../web/unsubscribed-page.ts";
import { sampleDates } from "./sample-dates.ts";
import { course, hostile, hostileCourse, hostileSite, site } from "./sample-site.ts";

const at = { site: hostileSite };
const form = { action: "/signup", trap: "reference", started: hostile };
const door = { form, consent: { course: hostile, digest: hostile, reminders: hostile } };
const values = { name: hostile, email: hostile, zone: hostile };
const asked = { version: hostile, text: hostile, lead: hostile, lists: [hostile, hostile], end: hostile };
const problems = { name: hostile, email: hostile, zone: hostile, course: hostile };
const left = { token: hostile, path: "/", everything: false, hasSaid: false };
const pause = { first: "2027-03-02", last: "2028-03-01" };
const entered = { speed: hostile, day: hostile, hour: hostile, zone: hostile };
const hostileSettings: SettingsPage = {
  ...at,
  token: hostile,
  done: hostile,
  next: [{ title: hostile, words: hostile }],
  pace: {
    token: hostile,
    speeds: [{ speed: "weekly", courses: [{ title: hostile, daysBetween: 7, days: 49 }] }],
    hours: [5],
    values: { ...entered, nudges: true },
    zone: hostile,
    problems: entered,
  },
  pause: { token: hostile, action: "/progress/settings/pause", ...pause, value: hostile },
  pausedUntil: hostile,
  topics: { token: hostile, every: hostile, topics: [{ name: hostile, title: hostile, isWanted: true }] },
  lists: [{ name: hostile, title: hostile }],
};
const hostileDates = sampleDates(hostile);
const page = { title: hostile, description: hostile, html: "<p>Trusted</p>" };

const pages: { name: string; html: string; isPersonal: boolean }[] = [
  { name: "signup", html: signupPage({ ...at, ...door, course: hostileCourse }), isPersonal: false },
  {
    name: "signup again",
    html: signupPage({ ...at, ...door, course: hostileCourse, carried: { hostile }, values, problems }),
    isPersonal: false,
  },
  { name: "content", html: contentPage({ ...at, courseTitle: hostile, page }), isPersonal: false },
  {
    name: "one more press",
    html: oneMorePressPage({ ...at, form, entered: { email: hostile } }),
    isPersonal: true,
  },
  {
    name: "renew anyway",
    html: renewAnywayPage({ ...at, token: hostile, id: hostile, date: hostile, name: hostile, missing: 1 }),
    isPersonal: true,
  },
  {
    name: "did you mean",
    html: didYouMeanPage({ ...at, form, entered: { email: hostile }, suggestion: hostile }),
    isPersonal: true,
  },
  { name: "check inbox", html: checkInboxPage(at), isPersonal: true },
  { name: "confirm", html: confirmPage({ ...at, token: hostile, consent: asked }), isPersonal: true },
  {
    name: "confirm, changed",
    html: confirmPage({ ...at, token: hostile, consent: asked, isChanged: true }),
    isPersonal: true,
  },
  { name: "already confirmed", html: alreadyConfirmedPage(at), isPersonal: true },
  { name: "late link", html: lateLinkPage({ ...at, token: hostile }), isPersonal: true },
  { name: "new link", html: newLinkPage(at), isPersonal: true },
  {
    name: "confirmed",
    html: confirmedPage({ ...at, courses: [hostileCourse], digest: true, reminders: true }),
    isPersonal: true,
  },
  {
    name: "unsubscribe",
    html: unsubscribePage({
      ...at,
      courseTitle: hostile,
      token: hostile,
      pause: { first: hostile, last: hostile, value: hostile, problems: { until: hostile } },
    }),
    isPersonal: true,
  },
  {
    name: "progress",
    html: progressPage({
      ...at,
      name: hostile,
      token: hostile,
      courses: [
        {
          name: hostile,
          title: hostile,
          steps: (["sent", "unknown", "done"] as const).map((state) => ({
            id: hostile,
            title: hostile,
            state,
            sentOn: hostile,
            doneOn: hostile,
          })),
          finished: true,
          complete: true,
        },
      ],
      own: sampleDates(hostile),
      today: hostile,
    }),
    isPersonal: true,
  },
  {
    name: "dates",
    html: datesPage({
      ...at,
      token: hostile,
      today: hostile,
      own: hostileDates,
      reminders: new Map(),
      begins: new Map(),
      credentials: hostileDates.cycles.map(({ credential }) => credential),
      form: hostile,
      done: hostile,
      date: {
        values: { kind: hostile, credential: hostile, label: hostile, date: hostile },
        problems: { kind: hostile, credential: hostile, label: hostile, date: hostile },
      },
      hours: {
        values: { hours: hostile, activity: hostile, category: hostile, day: hostile, covers: hostile },
        problems: { hours: hostile, activity: hostile, category: hostile, day: hostile, covers: hostile },
      },
    }),
    isPersonal: true,
  },
  {
    name: "unsubscribed",
    html: unsubscribedPage({ ...left, ...at, courseTitle: hostile }),
    isPersonal: true,
  },
  {
    name: "news",
    html: newsPage({
      ...at,
      edition: hostile,
      days: hostile,
      topic: { name: hostile, title: hostile },
      others: [{ name: hostile, title: hostile, count: 2 }],
      items: [{ title: hostile, url: hostile, summary: hostile, about: hostile }],
    }),
    isPersonal: false,
  },
  {
    name: "weeks of news",
    html: newsWeeksPage({
      ...at,
      weeks: [{ edition: hostile, days: hostile, topics: [{ name: hostile, title: hostile, count: 1 }] }],
    }),
    isPersonal: false,
  },
  { name: "settings", html: settingsPage(hostileSettings), isPersonal: true },
  { name: "paused", html: pausedPage({ ...at, token: hostile, until: hostile }), isPersonal: true },
  {
    name: "problem",
    html: problemPage({ ...at, status: 404, title: hostile, whatToDo: hostile }),
    isPersonal: true,
  },
];

describe.each(pages)("the page $name", ({ html, isPersonal }) => {
  it("escapes hostile values, in text and in attributes", () => {
    expect(html).toContain("&lt;script&gt;alert(1)");
    expect(html).not.toMatch(/<script>|<img|onerror='/);
    expect(html).not.toContain(`value="">`);
  });

  it("keeps to its Content-Security-Policy: no inline style or script, nothing from elsewhere", () => {
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+="/i);
    for (const [, script] of html.matchAll(/<script([^>]*)>/g))
      expect(script).toMatch(/ src="\/assets\/\w+\.js"/);
    // A link that leads away says nothing of where it was, or is what the news are about.
    const own = html.replaceAll(/<a [^>]*rel="noopener">|<a href="https:[^"]*" rel="noreferrer">/g, "");
    for (const [, address = ""] of own.matchAll(/(?:href|src|action)="([^"]*)"/g)) {
      expect(address).toMatch(/^(\/|#|mailto:)/);
    }
  });

  it("says its language and title, fits a phone, and has one heading and one main part", () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toMatch(/<title>[^<]{5,}<\/title>/);
    expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    expect(html.match(/<h1[ >]/g)).toHaveLength(1);
    expect(html.match(/<main>/g)).toHaveLength(1);
  });

  it("stays out of search engines and referrers if it is one person's", () => {
    expect(html.includes('<meta name="robots" content="noindex">')).toBe(isPersonal);
    expect(html.includes('<meta name="referrer" content="no-referrer">')).toBe(isPersonal);
  });

  it("is a whole string, with nothing left undone", () => {
    expect(typeof html).toBe("string");
    expect(html).not.toMatch(/\[object |undefined|NaN/);
    expect(html.trimEnd()).toMatch(/<\/html>$/);
  });
});

describe("pages that mail scanners open", () => {
  it.each([
    ["/confirm", "Confirm my address", confirmPage({ site, token: "t-1", consent: asked })],
    ["/unsubscribe", "Unsubscribe", unsubscribePage({ site, courseTitle: "First aid", token: "t-1", pause })],
  ])("act at %s by a button only", (action, label, html) => {
    expect(html).toContain(`<form method="post" action="${action}">`);
    expect(html).toContain('<input type="hidden" name="token" value="t-1">');
    expect(html).toContain(`<button type="submit">${label}</button>`);
    expect(html).not.toContain("<script");
  });
});

describe("what pages say", () => {
  it("names the list that is left, or the list as such when its course is no more", () => {
    expect(unsubscribePage({ site, courseTitle: "First aid", token: "t", pause })).toContain(
      "no more mails of “First aid”",
    );
    expect(unsubscribedPage({ ...left, site, courseTitle: undefined })).toContain(
      "no more mails of this list",
    );
  });

  it("asks whether to leave the course only where it is one", () => {
    expect(unsubscribePage({ site, courseTitle: "First aid", token: "t", pause })).toContain(
      "<h1>Leave the course?</h1>",
    );
    expect(unsubscribePage({ site, courseTitle: undefined, token: "t", pause })).toContain(
      "<h1>Leave this list?</h1>",
    );
  });

  it("promises the first mail at once only where it comes at once", () => {
    expect(confirmedPage({ site, courses: [course], digest: false })).toContain(
      "Your first mail is on its way.",
    );
    const later = { ...course, steps: course.steps.slice(1) };
    expect(confirmedPage({ site, courses: [later], digest: false })).toContain(
      "comes soon, on weekdays between 9 a.m. and noon.",
    );
  });

  it("shows our own Markdown as it is", () => {
    const html = contentPage({
      site,
      courseTitle: "First aid",
      page: { ...page, html: '<h2 id="a">A &amp; B</h2>' },
    });
    expect(html).toContain('<h2 id="a">A &amp; B</h2>');
  });

  it("tells what went wrong with its number and a way on", () => {
    const html = problemPage({
      site,
      status: 410,
      title: "This link has expired",
      whatToDo: "Sign up again.",
    });
    expect(html).toContain("Error 410");
    expect(html).toContain('<a href="/">Go to the start page</a>');
  });
});
