import { describe, expect, it } from "vitest";
import { callPatiently } from "../../cli/call-patiently.ts";
import { Failure } from "../../cli/failure.ts";
import { barLine, startProgress } from "../../cli/progress-bar.ts";

describe("a progress bar", () => {
  it("tells how far it is, how fast, and how long it takes", () => {
    const at = { done: 1_200, total: 20_000, noun: "rows" };
    expect(barLine({ ...at, perSecond: 0 })).toBe("█░░░░░░░░░░░░░░░░░░░░░░░ 1,200 of about 20,000 rows");
    expect(barLine({ ...at, perSecond: 940 })).toContain("rows, 940 a second, 20 s left");
    expect(barLine({ ...at, perSecond: 10 })).toContain("32 min left");
    expect(barLine({ ...at, perSecond: 1 })).toContain("5.3 h left");
    expect(barLine({ done: 5, total: 0, perSecond: 0, noun: "rows" })).toMatch(/^█{24} 5 of about 5 rows$/);
  });

  it("is for terminals alone, is not drawn too often, and goes away", () => {
    let now = 0;
    const shown: string[] = [];
    const stream = { isTTY: true, write: (text: string) => shown.push(text) };
    const bar = startProgress(stream, { total: 100, from: 0, noun: "rows" }, () => now);
    for (; now < 1_000; now += 50) bar.update(now / 50);
    bar.end();
    expect(shown).toHaveLength(6);
    expect(shown.at(-2)).toContain("20 a second, 5 s left");
    expect(shown.at(-1)).toBe("\r\u001B[K");
    const none: string[] = [];
    const quiet = startProgress({ write: (text) => none.push(text) }, { total: 1, from: 0, noun: "rows" });
    quiet.update(1);
    quiet.end();
    expect(none).toEqual([]);
  });
});

describe("a patient call", () => {
  it("comes again as long as the failure is one that passes, after what the service asks for at least", async () => {
    const waited: number[] = [];
    const wait = async (seconds: number) => waited.push(seconds);
    const failures = [1, 7, 1].map((againAfterSeconds) => new Failure("busy", "busy", { againAfterSeconds }));
    const call = async () => {
      const failure = failures.shift();
      if (failure) throw failure;
      return "done";
    };
    expect(await callPatiently(call, wait)).toBe("done");
    expect(waited).toEqual([1, 7, 4]);
    const never = async () => {
      throw new Failure("wrong", "wrong");
    };
    await expect(callPatiently(never, wait)).rejects.toThrow("wrong");
    expect(waited).toHaveLength(3);
    const always = async () => {
      throw new Failure("busy", "busy", { againAfterSeconds: 1 });
    };
    await expect(callPatiently(always, wait)).rejects.toThrow("busy");
    expect(waited.slice(3)).toEqual([1, 2, 4, 8, 15, 30, 60]);
  });
});
