import { describe, expect, it } from "vitest";
import { readAdvice } from "../../../adapters/feeds/read-advice.ts";

const now = Date.parse("2027-03-01T12:00:00Z");
const advice = (headers: Record<string, string>) => readAdvice((name) => headers[name] ?? "", now);

describe("what an answer says of when to come again", () => {
  it.each([
    [{ "retry-after": "61" }, { retryAfterMinutes: 2 }],
    [{ "retry-after": "Mon, 01 Mar 2027 13:00:00 GMT" }, { retryAfterMinutes: 60 }],
    [{ "retry-after": "Mon, 01 Mar 2027 11:00:00 GMT" }, {}],
    [{ "retry-after": "soon" }, {}],
    [{ "retry-after": "-5" }, {}],
    [{ "cache-control": "public, max-age=600" }, { freshMinutes: 10 }],
    [{ "cache-control": "max-age=600", age: "601" }, {}],
    [{ "cache-control": "s-maxage=600" }, {}],
    [{ "cache-control": "no-cache, max-age=600" }, {}],
    [{ "cache-control": "max-age=99999999999999" }, { freshMinutes: 16_666_666 }],
    [{}, {}],
  ])("of %j is %j", (headers, said) => {
    expect(advice(headers as Record<string, string>)).toEqual(said);
  });
});
