import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confirmConsent, signupConsent } from "../../../core/subscriber/consent-text.ts";
import { courseLength } from "../../../web/course-length.ts";
import { course } from "../../helpers/catalogue.ts";

const site = { name: "Stepletter" };
const courses = { records: course };

describe("what a signup agrees to", () => {
  const consent = signupConsent(site, course);

  it("names course, digest and reminders apart, each to be left by itself", () => {
    expect(consent.course).toContain("“Three steps”");
    expect(consent.course).not.toMatch(/digest|reminders/);
    expect(consent.digest).toContain("the digest of news");
    expect(consent.reminders).toContain("dates that you set");
    for (const words of [consent.digest, consent.reminders]) expect(words).toContain("a list of its own");
    expect(consent.text.split("\n")).toEqual([consent.course, consent.digest, consent.reminders]);
  });

  it("tells how much mail that is, as the page above it does", () => {
    expect(consent.course).toContain(courseLength(course));
  });
});

describe("what a confirmation agrees to", () => {
  it("names exactly what is joined, in whatever order it was asked for", () => {
    const { lists, version } = confirmConsent(site, courses, ["digest", "records"]);
    expect(lists).toHaveLength(2);
    expect(lists.join(" ")).toMatch(/“Three steps”.*the digest of news/);
    expect(confirmConsent(site, courses, ["records", "digest"]).version).toBe(version);
    expect(confirmConsent(site, courses, ["flying"]).lists).toEqual(["the mails of the list “flying”"]);
  });
});

describe("the version", () => {
  it("is made of the words: the same for the same, another for any other", () => {
    const names = fc.string({ minLength: 1, maxLength: 12 });
    const lists = fc.uniqueArray(fc.constantFrom("records", "digest", "reminders"), { minLength: 1 });
    fc.assert(
      fc.property(names, names, lists, lists, (one, other, some, others) => {
        const [first, second] = [
          confirmConsent({ name: one }, courses, some),
          confirmConsent({ name: other }, courses, others),
        ];
        expect(first.version === second.version).toBe(first.text === second.text);
        expect(first.version).toMatch(/^[0-9a-f]{12}$/);
      }),
    );
  });
});
