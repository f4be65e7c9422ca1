import { describe, expect, it } from "vitest";
import { parseAt, parseSpeed } from "../../local/parse-time.ts";

describe("parseSpeed", () => {
  it.each([
    ["1d=1s", 86_400],
    ["1h=1s", 3600],
    ["1d=1m", 1440],
    ["2.5h=30s", 300],
    ["1s=1s", 1],
    [" 1d = 1s ", 86_400],
  ])("%s", (text, factor) => {
    expect(parseSpeed(text)).toBe(factor);
  });

  it.each(["", "1d", "1d=", "=1s", "1d=0s", "0d=1s", "1w=1s", "1d=1s=1s", "-1d=1s", "1ms=1s", "d=s"])(
    "refuses %j",
    (text) => {
      expect(() => parseSpeed(text)).toThrow(/--speed 1d=1s/);
    },
  );
});

describe("parseAt", () => {
  it.each([
    ["2027-03-13T09:00Z", "2027-03-13T09:00:00.000Z"],
    ["2027-03-13T09:00-05:00", "2027-03-13T14:00:00.000Z"],
    ["2027-03-13T09:00:01.5Z", "2027-03-13T09:00:01.500Z"],
  ])("%s", (text, instant) => {
    expect(parseAt(text)).toBe(instant);
  });

  it.each(["", "2027-03-13", "2027-03-13T09:00", "2027-02-30T09:00Z", "tomorrow", "13.3.2027 9:00"])(
    "refuses %j",
    (text) => {
      expect(() => parseAt(text)).toThrow(/with its offset from UTC/);
    },
  );
});
