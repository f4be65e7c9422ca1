import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mailboxOf } from "../../../core/guard/mailbox-limit.ts";
import { parseAddress } from "../../../core/subscriber/address.ts";

const keyOf = (typed: string) => parseAddress(typed)?.key ?? "";

describe("the mailbox of an address", () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,19}$/);
  const tag = fc.stringMatching(/^[a-z0-9+-]{0,20}$/);

  it("is one for all its tags and cases, and at Gmail for all its dots", () => {
    fc.assert(
      fc.property(name, tag, fc.nat({ max: 19 }), (local, anything, at) => {
        expect(mailboxOf(keyOf(`${local.toUpperCase()}+${anything}@example.com`))).toBe(
          `${local}@example.com`,
        );
        const dotted = at > 0 && at < local.length ? `${local.slice(0, at)}.${local.slice(at)}` : local;
        for (const domain of ["gmail.com", "googlemail.com"])
          expect(mailboxOf(keyOf(`${dotted}+${anything}@${domain}`))).toBe(`${local}@gmail.com`);
      }),
    );
  });

  it.each([
    ["a.b@example.com", "a.b@example.com"],
    ["+tag@example.com", "+tag@example.com"],
    ["a-b@yahoo.com", "a-b@yahoo.com"],
    ["a.b@gmail.com.example", "a.b@gmail.com.example"],
  ])("of %s is %s", (typed, mailbox) => expect(mailboxOf(keyOf(typed))).toBe(mailbox));
});
