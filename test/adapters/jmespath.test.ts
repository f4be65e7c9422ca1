import { describe, expect, it } from "vitest";
import { expressionMistake, jmesPath } from "../../adapters/jmespath.ts";

describe("expressions over payloads", () => {
  it("find what is there, and nothing where they do not apply", () => {
    const payload = { a: [{ b: 1 }, { b: 2 }] };
    expect(jmesPath.find("a[?b==`2`].b | [0]", payload)).toBe(2);
    for (const nothing of ["a.b", "length(c)", "a[", "__proto__", "constructor.name"])
      expect(jmesPath.find(nothing, payload)).toBeUndefined();
    for (const none of [undefined, null, 7, "text"]) expect(jmesPath.find("a", none)).toBeUndefined();
  });

  it.each(["a[", "", "nope(a)", "a b", "$", "contains(a)"])("%j is no expression", (expression) => {
    expect(expressionMistake(expression)).toEqual(expect.any(String));
  });

  it.each(["a.b", "length(a)", "'records'", "answers[?type=='email'].email | [0]"])(
    "%s is one",
    (expression) => {
      expect(expressionMistake(expression)).toBeUndefined();
    },
  );
});
