import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashAddress, parseAddress } from "../../../core/subscriber/address.ts";
import { keyRing } from "../../helpers/keys.ts";

describe("an address", () => {
  it.each([
    ["name@Example.COM", "name@example.com"],
    ["  name@example.com\n", "name@example.com"],
    ["Zoe@bücher.example", "Zoe@xn--bcher-kva.example"],
    ["o'neill+list@example.org", "o'neill+list@example.org"],
  ])("typed as %j is mailed to as %s", (typed, mailTo) => {
    expect(parseAddress(typed)?.mailTo).toBe(mailTo);
  });

  it.each([
    "",
    "name",
    "@example.com",
    "name@",
    "name@localhost",
    "a b@example.com",
    "a@b@example.com",
    "a,b@example.com",
    "zoë@example.com",
    ".name@example.com",
    "na..me@example.com",
    "name@example.com\r\nBcc: other@example.com",
    `${"a".repeat(65)}@example.com`,
    `name@${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(63)}.com`,
    "name@exa mple.com",
    "<name@example.com>",
  ])("refuses %j", (typed) => {
    expect(parseAddress(typed)).toBeUndefined();
  });

  it("is one subscriber in whatever case it is typed", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9]{1,20}@[a-zA-Z]{1,10}\.[a-zA-Z]{2,5}$/), (typed) => {
        expect(parseAddress(typed.toUpperCase())?.key).toBe(parseAddress(typed.toLowerCase())?.key);
      }),
    );
  });

  it("is claimed under a hash that tells nothing without the key", () => {
    const other = Buffer.alloc(32, 7).toString("base64url");
    expect(hashAddress(keyRing.hash, "name@example.com")).toBe(hashAddress(keyRing.hash, "name@example.com"));
    expect(hashAddress(keyRing.hash, "name@example.com")).not.toBe(hashAddress(other, "name@example.com"));
    expect(hashAddress(keyRing.hash, "name@example.com")).not.toContain("name");
  });
});
