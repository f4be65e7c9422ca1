import { describe, expect, it } from "vitest";
import { type DatesPage, datesPage } from "../../web/dates-page.ts";
import { sampleDates } from "./sample-dates.ts";
import { site } from "./sample-site.ts";

const own = sampleDates();
const [cycle = expect.fail()] = own.cycles;
const props: DatesPage = {
  site,
  token: "t-1",
  today: "2027-05-01",
  own,
  reminders: new Map([["d1", "2027-05-06"]]),
  begins: new Map([["d6", { credential: cycle.credential, date: "2029-04-15" }]]),
  credentials: [cycle.credential],
  form: "ce_1",
};
const html = datesPage(props);
const forms = (of: string) => [...of.matchAll(/<form[\s\S]*?<\/form>/g)].map(([form]) => form);
const to = (action: string, of = html) => forms(of).filter((form) => form.includes(`action="${action}"`));
const hidden = (form = "") =>
  Object.fromEntries(
    [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );

describe("the dates on their page", () => {
  it.each([
    ["Late", "It was due on April 30, 2027. Once it is renewed, press Done, and the next cycle begins."],
    ["RHIT exam", "May 7, 2027. The next reminder comes on Thursday, May 6."],
    ["Application", "August 1, 2027. All its reminders have come."],
    ["Over", "April 20, 2027, this day has passed."],
    ["Finished", "April 15, 2027, done."],
  ])("%s says %j", (label, words) => {
    expect(html).toContain(`<strong>${label}</strong><p>${words}</p>`);
  });

  it("can be done unless they are, for the day that is shown, and all can be removed", () => {
    expect(to("/progress/dates/done").map((form) => hidden(form))).toEqual(
      own.dates.slice(0, 5).map(({ id, date }) => ({ token: "t-1", id, date })),
    );
    expect(to("/progress/dates/remove").map((form) => hidden(form).id)).toEqual(
      own.dates.map(({ id }) => id),
    );
    expect(html).toContain('>Done<span class="unseen"> RHIT exam, May 7, 2027</span></button>');
  });

  it("have a calendar file each while they are ahead, and one for all", () => {
    const files = [...html.matchAll(/href="\/progress\/t-1\/dates\/(\w+)\.ics"/g)].map(([, id]) => id);
    expect(files).toEqual(["d1", "d3", "d4", "all"]);
  });

  it("offer the first cycle of what an exam was passed for", () => {
    const [form] = to("/progress/dates/passed");
    expect(hidden(form)).toEqual({ token: "t-1", id: "d6" });
    expect(html).toContain("Passed? Then RHIT is to be renewed by April 15, 2029.");
    expect(form).toContain('>I passed<span class="unseen"> Finished</span></button>');
  });
});

describe("the cycle on the page of dates", () => {
  it("is told in words, all of what is drawn", () => {
    expect(html).toContain(
      '<strong>12 of 20 hours</strong>, 8 to go; <span class="whole">31 days left</span>',
    );
    expect(html).toContain("96% of the cycle has passed.");
    expect(html).toContain("From AHIMA: <strong>5 of 8 hours</strong>, 3 to go.");
    for (const [svg] of html.matchAll(/<svg[^>]*>/g)) expect(svg).toContain('aria-hidden="true"');
  });

  it("is never drawn beyond its ends", () => {
    const full = { ...cycle, passed: 1, hours: { logged: 99, counted: 20, required: 20, missing: 0 } };
    const page = datesPage({ ...props, own: { ...own, cycles: [full] } });
    expect(page).toContain(
      '<strong>20 of 20 hours</strong> <span class="whole">(99 logged)</span>, all done;',
    );
    expect([...page.matchAll(/(?:width|x1)="([\d.]+)%"/g)].every(([, part]) => Number(part) <= 100)).toBe(
      true,
    );
  });

  it("has its mark of today within the bar", () => {
    const marked = (passed: number) =>
      datesPage({ ...props, own: { ...own, cycles: [{ ...cycle, passed }] } });
    expect(marked(0)).toContain('<line class="now" x1="0.5%"');
    expect(marked(1)).toContain('<line class="now" x1="99.5%"');
  });

  it("that has not begun says when it does", () => {
    const early = { ...cycle, renewal: { ...cycle.renewal, cycleFrom: props.today }, passed: 0 };
    expect(datesPage({ ...props, own: { ...own, cycles: [early] } })).toContain(
      "The cycle begins after May 1, 2027 and ends on June 1, 2027.",
    );
  });

  it("whose day has passed says so instead of a time that is left", () => {
    const over = { ...cycle, renewal: { ...cycle.renewal, date: "2027-04-30" }, left: { days: 0 } };
    const page = datesPage({ ...props, own: { ...own, cycles: [over] } });
    expect(page).toContain('8 to go; <span class="alert">the cycle has ended</span>');
    expect(page).toContain("The cycle ended on April 30, 2027.");
    expect(page).not.toContain("of the cycle has passed");
    expect(page).not.toContain('class="now"');
  });

  it("says how many hours from elsewhere are too many", () => {
    const surplus = "2 more hours from others do not count: 8 of the 20 must come from AHIMA.";
    const page = datesPage({ ...props, own: { ...own, cycles: [{ ...cycle, surplus }] } });
    expect(page).toContain(surplus);
    expect(html).not.toContain("do not count");
  });

  it("lists what was logged, each entry with a button that removes it", () => {
    expect(html).toContain("<p>5 hours, January 15, 2027, from AHIMA</p>");
    expect(to("/progress/hours/remove").map((form) => hidden(form).id)).toEqual(["e1", "e2", "e3"]);
    expect(html).toContain("Hours that count for none of your renewals (1)");
  });

  it("takes more hours by a form of its own, which asks for the credential where there are several", () => {
    const [form] = to("/progress/hours");
    expect(hidden(form)).toEqual({ token: "t-1", form: "ce_1" });
    expect(form).not.toContain('name="covers"');
    const other = { ...cycle, credential: { ...cycle.credential, id: "cca", name: "CCA" } };
    const several = datesPage({ ...props, own: { ...own, cycles: [cycle, other] } });
    expect(to("/progress/hours", several)[0]).toContain('<option value="cca">CCA</option>');
    const third = { ...other, credential: { ...other.credential, id: "cpc", body: "AAPC" } };
    const mixed = datesPage({ ...props, own: { ...own, cycles: [cycle, third, other, third] } });
    const order = [...mixed.matchAll(/<section class="cycle"|You keep several credentials of (\w+)/g)];
    expect(order.map(([, body]) => body ?? "cycle")).toEqual([
      "cycle",
      "cycle",
      "cycle",
      "AHIMA",
      "cycle",
      "AAPC",
    ]);
    expect(html).not.toContain("You keep several");
    const none = datesPage({ ...props, own: { dates: [], cycles: [], others: [] } });
    expect(to("/progress/hours", none)).toEqual([]);
    expect(html.indexOf("Log hours")).toBeLessThan(html.indexOf('<section class="cycle"'));
  });

  it("asks from which of the bodies hours are, and tells whom they take for themselves", () => {
    const from = { percent: 40, from: "AHIMA or HCPro", cyclesFrom: "2025-01-01" };
    const ahima = { ...cycle, credential: { ...cycle.credential, own: from } };
    const { own: _, ...credential } = cycle.credential;
    const aapc = { ...cycle, credential: { ...credential, id: "cpc", body: "AAPC" } };
    const page = datesPage({ ...props, own: { ...own, cycles: [ahima, aapc] } });
    expect(page).toContain(
      '<option value="own:AHIMA">AHIMA</option><option value="own:AAPC">AAPC</option><option value="other">Somebody else</option>',
    );
    expect(page).toContain('id="category-hint">Choose AHIMA for hours from AHIMA or HCPro.</p>');
    expect(html).not.toContain("category-hint");
  });
});

describe("the forms of the page of dates", () => {
  it("are closed until they are asked for, but where there is no date yet", () => {
    expect(html).not.toMatch(/<details class="add" open/);
    const none = datesPage({ ...props, own: { dates: [], cycles: [], others: [] } });
    expect(none).toContain("Add a renewal to keep track of its hours.");
    expect(none).toMatch(/<details class="add" open>\s*<summary>Add a date/);
  });

  it("come back after a mistake with what was entered, and with the mistake at its field", () => {
    const values = { kind: "renewal", credential: "rhit", label: "Mine", date: "2027-02-31" };
    const again = datesPage({ ...props, date: { values, problems: { date: "Enter a day." } } });
    expect(again).toMatch(/<title>Please check the form/);
    expect(again).toContain("<h1>Please check the form</h1>");
    expect(again.indexOf('id="date"')).toBeLessThan(again.indexOf('<section class="cycle"'));
    expect(again).toMatch(/role="alert"><ul><li><a href="#date">Enter a day\.<\/a>/);
    expect(again).toMatch(/<details class="add" open>\s*<summary>Add a date/);
    expect(again).toMatch(
      /id="date" name="date" aria-describedby="date-mistake" aria-invalid="true" type="date" value="2027-02-31"/,
    );
    expect(again).toContain('<option value="renewal" selected>');
    expect(again).toContain('<option value="rhit" selected>');
    expect(again).toMatch(/id="label"[^>]* value="Mine"/);
    expect(html).not.toContain("mistake");
  });

  it("each have fields of their own: no id stands twice on the page", () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted());
  });

  it("change nothing by a link, and run no script", () => {
    expect(html).not.toContain("<script");
    for (const form of forms(html)) expect(form).toMatch(/^<form method="post" action="\/progress\//);
    for (const form of forms(html)) expect(hidden(form).token).toBe("t-1");
  });
});
