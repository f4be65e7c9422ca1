import { describe, expect, it } from "vitest";
import { closers } from "../../local/closers.ts";

describe("closers", () => {
  it("stop stage by stage, whatever was started first", async () => {
    const { stack, log } = setUp("directory", "servers", "mail", "calendar");
    await stack.close();
    expect(log).toEqual(["calendar", "mail", "servers", "directory"]);
  });

  it("stop each thing once, also in two goes", async () => {
    const { stack, log } = setUp("servers", "events", "requests");
    await stack.close("events");
    expect(log).toEqual(["requests", "events"]);
    await Promise.all([stack.close(), stack.close()]);
    expect(log).toEqual(["requests", "events", "servers"]);
  });

  it("stop the rest although one fails, and say so", async () => {
    const { stack, log } = setUp("servers");
    stack.add("mail", () => {
      throw new Error("no");
    });
    await expect(stack.close()).rejects.toThrow(AggregateError);
    expect(log).toEqual(["servers"]);
  });
});

function setUp(...stages: Parameters<ReturnType<typeof closers>["add"]>[0][]) {
  const stack = closers();
  const log: string[] = [];
  for (const stage of stages) {
    stack.add(stage, async () => {
      log.push(stage);
    });
  }
  return { stack, log };
}
