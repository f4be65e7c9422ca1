import { describe, expect, it } from "vitest";
import { canonicalLink, itemKey, withoutTracking } from "../../../core/feed/item-key.ts";

const entry = { title: "One", summary: "", url: "https://a.example/1" };

describe("the key of an item", () => {
  it("is its guid's, whatever else changes", () => {
    const key = itemKey({ ...entry, guid: "g1" });
    expect(itemKey({ ...entry, guid: "g1", title: "Changed", url: "https://a.example/moved" })).toBe(key);
    expect(itemKey({ ...entry, guid: "g2" })).not.toBe(key);
    expect(key).toMatch(/^[\w-]{22}$/);
  });

  it("is its address's without one, however the click is counted", () => {
    const key = itemKey(entry);
    for (const rest of ["?utm_source=x&UTM_Medium=y", "?fbclid=abc", "#comments"])
      expect(itemKey({ ...entry, url: `${entry.url}${rest}`, title: "Changed" })).toBe(key);
    expect(itemKey({ ...entry, url: `${entry.url}?page=2` })).not.toBe(key);
  });

  it("is its title's and date's without either", () => {
    const { url: _, ...bare } = entry;
    expect(itemKey({ ...bare, publishedAt: "2027-03-01T00:00:00.000Z" })).not.toBe(itemKey(bare));
    expect(itemKey({ ...bare, summary: "Changed" })).toBe(itemKey(bare));
  });

  it("cannot be made by putting one kind of name where another belongs", () => {
    expect(itemKey({ ...entry, guid: entry.url })).not.toBe(itemKey(entry));
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
