import type { Context } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { FunctionTimeoutError, type Handler, invoker } from "../../local/invoke.ts";

const spec = { timeoutSeconds: 60, memoryMb: 512 };

describe("a call of a function", () => {
  it("has a context", async () => {
    const contexts: Context[] = [];
    const invoke = invoker("dispatch", spec, async (_, context) => contexts.push(context));
    await invoke({});
    await invoke({});
    const [first, second] = contexts;
    expect(first).toMatchObject({
      functionName: "dispatch",
      memoryLimitInMB: "512",
      functionVersion: "$LATEST",
    });
    expect(first?.awsRequestId).not.toBe(second?.awsRequestId);
    expect(first?.getRemainingTimeInMillis()).toBeGreaterThan(50_000);
    expect(first?.getRemainingTimeInMillis()).toBeLessThanOrEqual(60_000);
  });

  it("gets the event as JSON, a copy of its own", async () => {
    const event = { list: [1], gone: undefined };
    const handler: Handler = async (given) => {
      const copy = given as { list: number[] };
      expect(Object.keys(copy)).toEqual(["list"]);
      copy.list.push(2);
    };
    await invoker("any", spec, handler)(event);
    expect(event.list).toEqual([1]);
  });

  it("passes on what the function answers or throws", async () => {
    expect(await invoker("any", spec, async () => "answer")({})).toBe("answer");
    await expect(invoker("any", spec, () => Promise.reject(new Error("no")))({})).rejects.toThrow("no");
  });

  it("ends when its time is over", async () => {
    const hangs = invoker("hangs", { timeoutSeconds: 0.02, memoryMb: 128 }, () => new Promise(() => {}));
    await expect(hangs({})).rejects.toThrow(FunctionTimeoutError);
  });
});
