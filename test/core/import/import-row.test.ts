import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { importConsent, offerProblems } from "../../../core/import/import-offer.ts";
import { readRow } from "../../../core/import/import-row.ts";
import { catalogue } from "../../helpers/catalogue.ts";

const now = "2027-03-01T12:00:00.000Z";

describe("a row of an import", () => {
  it("is read, with doubles said once", () => {
    const row = {
      address: " Ada@EXAMPLE.com ",
      name: "Ada\nLovelace",
      zone: "Europe/London",
      tags: ["vip", "vip"],
      topics: ["coding", "coding"],
      agreedAt: "2026-01-02T03:04:05Z",
      network: "192.0.2.0/24",
    };
    expect(readRow(row, now)).toEqual({
      status: "read",
      candidate: {
        address: { mailTo: "Ada@example.com", key: "ada@example.com" },
        name: "Ada Lovelace",
        zone: "Europe/London",
        tags: ["vip"],
        topics: ["coding"],
        agreedAt: "2026-01-02T03:04:05.000Z",
        network: "192.0.2.0/24",
      },
    });
    expect(readRow({ address: "ada@example.com" }, now)).toMatchObject({ candidate: { name: "", tags: [] } });
  });

  it.each([
    ["no address", { address: "ada" }, "This is no e-mail address"],
    ["a long name", { name: "x".repeat(121) }, "at most 120 characters"],
    ["a link for a name", { name: "see www.spam.example" }, "not a link"],
    ["an unknown zone", { zone: "Mars/Base" }, 'There is no time zone "Mars/Base"'],
    ["an offset for a zone", { zone: "+02:00" }, "There is no time zone"],
    ["a tag with a space", { tags: ["very important"] }, '"very important" is no tag'],
    ["an unknown topic", { topics: ["sports"] }, 'There is no topic "sports". Choose of: coding'],
    ["no time", { agreedAt: "yesterday" }, "time of consent"],
    ["a time to come", { agreedAt: "2027-03-01T12:00:01Z" }, "lies ahead"],
    ["the beginning of all time", { agreedAt: "1970-01-01T00:00:00Z" }, "time of consent"],
  ])("is refused for %s", (_, wrong, reason) => {
    const read = readRow({ address: "ada@example.com", ...wrong }, now);
    expect(read).toMatchObject({ status: "invalid", reason: expect.stringContaining(reason) });
  });

  it("is read or refused in words of one line, whatever is in it", () => {
    const text = fc.option(fc.oneof(fc.string({ unit: "binary" }), fc.emailAddress()), { nil: undefined });
    const texts = fc.option(fc.array(fc.string({ unit: "binary" })), { nil: undefined });
    const row = fc.record({
      ...{ address: fc.oneof(fc.string(), fc.emailAddress()), name: text, zone: text },
      ...{ tags: texts, topics: texts, agreedAt: text, network: text },
    });
    fc.assert(
      fc.property(row, (any) => {
        const read = readRow(any, now);
        if (read.status === "invalid") expect(read.reason).toMatch(/^[^\p{Cc}]{1,200}$/u);
        else expect(read.candidate.name).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe("what an import is to do", () => {
  const offer = {
    lists: ["records", "digest"],
    tags: [],
    consent: "They ticked the box of our shop.",
    name: "shop-2027",
  };
  it("is refused by field, with what there is", () => {
    expect(offerProblems(offer, catalogue)).toEqual({});
    expect(offerProblems({ ...offer, lists: [] }, catalogue)).toEqual({
      lists: "Name a list that they join: records, digest.",
    });
    expect(
      offerProblems({ lists: ["reminders"], tags: ["A"], consent: "yes", name: "A b" }, catalogue),
    ).toEqual({
      lists: 'There is no list "reminders" to import to. Choose of: records, digest.',
      tags: '"A" is no tag: write one such as spring-event.',
      consent: expect.stringContaining("10 to 1000 characters"),
      name: expect.stringContaining("such as spring-event"),
    });
  });

  it("is kept in the operator's words, under a version made of them", () => {
    const one = importConsent({ consent: " They ticked the box. " });
    expect(one.text).toContain("how these people agreed: They ticked the box.");
    expect(one).toEqual(importConsent({ consent: "They ticked the box." }));
    expect(importConsent({ consent: "They did not." }).version).not.toBe(one.version);
  });
});
