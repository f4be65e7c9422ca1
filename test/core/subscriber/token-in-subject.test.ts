import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tokenInSubject } from "../../../core/subscriber/token-in-subject.ts";

const token = "k1.sub_01JQ.medical-records-technician..tWm_0-ZAbcdefghijklmno";

describe("the token in the subject of an unsubscribe mail", () => {
  it.each([
    ["as it was offered", `unsubscribe ${token}`],
    ["with the word in capitals", `UNSUBSCRIBE ${token}`],
    ["as an answer", `Re: unsubscribe ${token}`],
    ["as an answer of an answer, in another language", `AW: WG: Unsubscribe ${token}`],
    ["marked by a filter", `[SPAM] unsubscribe ${token}`],
    ["with blanks around", `   unsubscribe    ${token}  `],
    ["folded", `unsubscribe\r\n ${token}`],
    ["with a blank as a plus", `unsubscribe+${token}`],
    ["with a full stop behind", `unsubscribe ${token}.`],
    ["with words behind", `unsubscribe ${token} please`],
    ["encoded letter by letter", `=?utf-8?Q?unsubscribe_${token.replaceAll("_", "=5F")}?=`],
    ["encoded as a whole", `=?UTF-8?B?${Buffer.from(`unsubscribe ${token}`).toString("base64")}?=`],
    [
      "encoded in two words, cut in the midst of it",
      `=?utf-8?q?Re:_unsubscribe_${token.slice(0, 20).replaceAll("_", "=5F")}?=\r\n =?utf-8?q?${token.slice(20).replaceAll("_", "=5F")}?=`,
    ],
  ])("is found %s", (_, subject) => {
    expect(tokenInSubject(subject)).toBe(token);
  });

  it.each([
    "",
    "unsubscribe",
    "unsubscribe me please",
    token,
    `resubscribe ${token}`,
    `notunsubscribe ${token}`,
    "unsubscribe a.b.c",
    "=?utf-8?Q?=ZZ?=",
  ])("is not there in %j", (subject) => {
    expect(tokenInSubject(subject)).toBeUndefined();
  });

  it("is found in whatever mail programs put around it, and never takes long or fails", () => {
    const blanks = fc.stringMatching(/^[ \t]{1,4}$/);
    fc.assert(
      fc.property(fc.constantFrom("", "Re:", "Fwd: ", "[x] "), blanks, blanks, (before, between, after) => {
        expect(tokenInSubject(`${before}${between}Unsubscribe${between}${token}${after}`)).toBe(token);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => void tokenInSubject(text)));
  });
});
