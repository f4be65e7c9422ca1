import { describe, expect, it } from "vitest";
import { canonicalLink, marksOf, withoutTracking } from "../../../core/feed/item-key.ts";

const entry = { title: "One", summary: "", url: "https://a.example/1" };
const [link = ""] = marksOf("f", entry);

describe("the marks of an entry", () => {
  it("are its address, whatever feed has it, and its guid within its feed", () => {
    const marks = marksOf("f", { ...entry, guid: "g1" });
    expect(marks).toEqual([link, expect.stringMatching(/^[\w-]{22}$/)]);
    const others = marksOf("other", { ...entry, guid: "g1" });
    expect(others[0]).toBe(link);
    expect(others[1]).not.toBe(marks[1]);
    expect(marksOf("f", { ...entry, guid: "g1", title: "Changed" })).toEqual(marks);
  });

  it.each(["?utm_source=x&UTM_Medium=y", "?fbclid=abc", "?gclid=1&mc_cid=2", "#comments"])(
    "do not change with %s",
    (rest) => {
      expect(marksOf("f", { ...entry, url: `${entry.url}${rest}` })).toEqual([link]);
    },
  );

  it("are the same under http and https, and others on another page or host", () => {
    expect(marksOf("f", { ...entry, url: "http://a.example/1" })).toEqual([link]);
    const guid = { ...entry, guid: "https://a.example/?p=1" };
    expect(marksOf("f", { ...guid, guid: " HTTP://a.example/?p=1\n" })).toEqual(marksOf("f", guid));
    for (const url of ["https://a.example/1?page=2", "https://www.a.example/1", "https://a.example/2"])
      expect(marksOf("f", { ...entry, url })).not.toEqual([link]);
  });

  it("are title and day without either, within their feed", () => {
    const { url: _, ...bare } = entry;
    const at = (publishedAt: string) => marksOf("f", { ...bare, publishedAt });
    expect(at("2027-03-01T00:00:00.000Z")).toEqual(at("2027-03-01T09:00:00.000Z"));
    expect(at("2027-03-01T00:00:00.000Z")).not.toEqual(at("2027-03-02T00:00:00.000Z"));
    expect(marksOf("f", bare)).toEqual(marksOf("f", { ...bare, title: " one " }));
    expect(marksOf("f", bare)).not.toEqual(marksOf("other", bare));
  });

  it("cannot be made by putting one kind of name where another belongs", () => {
    const [, guid] = marksOf("f", { ...entry, guid: entry.url });
    expect(guid).not.toBe(link);
  });
});

describe("an address", () => {
  it("loses what only tells where a click came from", () => {
    expect(withoutTracking("https://a.example/?b=1&utm_campaign=x&c=2&fbclid=y#top")).toBe(
      "https://a.example/?b=1&c=2#top",
    );
    expect(canonicalLink("https://a.example/?utm_id=1#top")).toBe("https://a.example/");
  });
});
