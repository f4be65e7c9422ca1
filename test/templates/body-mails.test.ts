import { describe, expect, it } from "vitest";
import { fill, type MailValues } from "../../core/delivery/render.ts";
import { renderMarkdown } from "../../core/markdown/render-markdown.ts";
import { projectCatalogue, written } from "./project-catalogue.ts";

const { mails, fragments, site } = projectCatalogue;
const links = {
  unsubscribeUrl: "https://example.org/unsubscribe/t",
  progressUrl: "https://example.org/progress/t",
  publicUrl: "https://example.org",
};
const greeting = "Hello Zoë,";

function filled(key: string, values: MailValues) {
  const mail = mails[key] ?? expect.fail(`There is no mail ${key}`);
  const all = { greeting, ...links, ...values };
  return {
    subject: fill(mail.subject, all),
    html: fill(mail.html, { ...all, bodyText: "not for this part" }),
    text: fill(mail.text, all),
  };
}

function piece(key: string, part: "html" | "text", values: MailValues) {
  const fragment = fragments[key] ?? expect.fail(`There is no piece ${key}`);
  return fill(fragment[part], values);
}

describe.each([
  ["digest", "you asked for the digest of Stepletter and confirmed your address"],
  ["campaign", "you signed up for mails of Stepletter and confirmed your address"],
  ["deadline", "you set this date on your progress page at Stepletter"],
])("the mail %s", (key, why) => {
  const html = mails[key] ? written(mails[key].html) : "";
  const text = mails[key] ? written(mails[key].text).replace(/\s+/g, " ") : "";

  it("says why it comes, how to leave and where the way so far is", () => {
    for (const part of [html, text]) expect(part).toContain(`You get this mail because ${why}`);
    expect(html).toMatch(/<a href="\{\{unsubscribeUrl\}\}"[^>]*>Unsubscribe<\/a>/);
    expect(html).toMatch(/href="\{\{progressUrl\}\}(\/dates)?"/);
    expect(text).toContain("Unsubscribe ({{unsubscribeUrl}})");
    expect(text).toMatch(/\(\{\{progressUrl\}\}(\/dates)?\)/);
  });

  it("asks for what it is given, and for nothing else", () => {
    const body =
      key === "deadline"
        ? { date: "Friday, 7 May 2027", summary: "in 7 days", standing: "Done?", calendar: "A file." }
        : { bodyHtml: "", bodyText: "" };
    expect(() => filled(key, { title: "A", ...body })).not.toThrow();
  });
});

describe("the body of a digest or a campaign", () => {
  it.each(["digest", "campaign"])(
    "stands between two paragraphs of the mail %s, not inside of one",
    (key) => {
      expect(written(mails[key]?.html ?? expect.fail())).toMatch(/<\/p> ?\{\{bodyHtml\}\}<\/div>/);
      expect(written(mails[key]?.text ?? expect.fail())).toContain("\n\n{{bodyText}}\n\n");
    },
  );

  it("of a campaign is put in as it was rendered, while its title is escaped", () => {
    const body = renderMarkdown("## One\n\n- [two](https://example.org)", site.theme);
    const { subject, html, text } = filled("campaign", {
      title: "A < B",
      bodyHtml: body.html,
      bodyText: body.text,
    });
    expect(subject).toBe("A < B");
    expect(html).toContain(`>A &lt; B</h1>`);
    expect(html).toContain(body.html);
    expect(text).toContain("A < B\n");
    expect(text).toContain(`${greeting}\n\nOne\n---\n\n- two (https://example.org)\n\n`);
  });

  it("of a digest is topics and items, joined by a line end", () => {
    const item = {
      title: "Fees rise <again>",
      url: "https://example.org/fees?a=1&b=2",
      summary: "From January & on.",
      hours: "1 CE hour · ",
      source: "CMS",
      date: "3 May 2027",
    };
    const pieces = (part: "html" | "text") =>
      [
        piece("digest-topic", part, { title: "Coding" }),
        piece("digest-item", part, item),
        piece("digest-item", part, item),
      ].join("\n");
    const { html, text } = filled("digest", {
      title: "News",
      bodyHtml: pieces("html"),
      bodyText: pieces("text"),
    });
    expect(html).toContain('<a href="https://example.org/fees?a=1&amp;b=2" style="');
    expect(html).toContain(">Fees rise &lt;again&gt;</a></h3>");
    const once =
      "Fees rise <again>\n  From January & on.\n  1 CE hour · CMS · 3 May 2027\n  https://example.org/fees?a=1&b=2\n";
    expect(text).toContain(`${greeting}\n\nCoding\n${"-".repeat(40)}\n\n${once}\n${once}`);
  });
});

describe("the pieces of a digest", () => {
  it("have their styles on their elements, from the same rules as the mails", () => {
    const steps = Object.entries(mails).find(([key]) => key.startsWith("course/"))?.[1] ?? expect.fail();
    const [heading = ""] = /<h2 style="[^"]+">/.exec(written(steps.html)) ?? [];
    expect(heading).not.toBe("");
    expect(written(fragments["digest-topic"]?.html ?? expect.fail())).toBe(`${heading}{{title}}</h2>`);
    for (const [tag] of written(fragments["digest-item"]?.html ?? expect.fail()).matchAll(/<[a-z][^>]*>/g)) {
      expect(tag).toMatch(/ style="[^"]+"/);
    }
  });

  it("are whole: every element that opens closes", () => {
    for (const { html } of Object.values(fragments)) {
      const open: string[] = [];
      for (const [, slash, tag = ""] of written(html).matchAll(/<(\/?)([a-z0-9]+)/g)) {
        if (slash) expect(open.pop()).toBe(tag);
        else open.push(tag);
      }
      expect(open).toEqual([]);
    }
  });
});

describe("the reminder of a date", () => {
  const { subject, html, text } = filled("deadline", {
    title: "RHIT exam",
    date: "Friday, 7 May 2027",
    summary: "in 7 days",
    standing: "You have logged 12 of 20 hours for RHIT & more.",
    calendar: "The file puts the day into your calendar.",
  });

  it("says what, when and how soon, in the subject as well", () => {
    expect(subject).toBe("RHIT exam: in 7 days");
    expect(html).toMatch(/<p class="day" style="[^"]*font-size: 29px[^"]*">Friday, 7 May 2027<\/p>/);
    for (const part of [html, text]) expect(part).toContain("It is in 7 days:");
    expect(text).toContain("\n\nFriday, 7 May 2027\n\n");
    expect(html).toContain("You have logged 12 of 20 hours for RHIT &amp; more.</p>");
    expect(text).toContain("You have logged 12 of 20 hours for RHIT & more.");
    expect(text).toContain("The file puts the day into your calendar.");
  });

  it("leads to where the date can be changed, and leaves only reminders", () => {
    expect(html).toMatch(
      /<a href="https:\/\/example\.org\/progress\/t\/dates"[^>]*>\s*Open your dates\s*<\/a>/,
    );
    expect(html).toMatch(/Unsubscribe<\/a> from all reminders of dates\./);
  });
});
