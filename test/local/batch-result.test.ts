import { describe, expect, it } from "vitest";
import { failedMessages } from "../../local/batch-result.ts";

const ids = ["a", "b", "c"];

describe("what a batch's result says of its messages", () => {
  it.each([[undefined], [null], [{}], [{ batchItemFailures: [] }], [{ batchItemFailures: null }]])(
    "%j: all are done",
    (result) => {
      expect([...failedMessages(result, ids)]).toEqual([]);
    },
  );

  it("names those that failed", () => {
    const batchItemFailures = [{ itemIdentifier: "c" }, { itemIdentifier: "a" }, { itemIdentifier: "a" }];
    expect([...failedMessages({ batchItemFailures }, ids)].sort()).toEqual(["a", "c"]);
  });

  it.each([
    ["an id that is not in the batch", { batchItemFailures: [{ itemIdentifier: "x" }] }],
    ["one bad id among good ones", { batchItemFailures: [{ itemIdentifier: "a" }, { itemIdentifier: "x" }] }],
    ["an empty id", { batchItemFailures: [{ itemIdentifier: "" }] }],
    ["null for an id", { batchItemFailures: [{ itemIdentifier: null }] }],
    ["no id", { batchItemFailures: [{}] }],
    ["null for an item", { batchItemFailures: [null] }],
    ["another key", { batchItemFailures: [{ messageId: "a" }] }],
    ["no list", { batchItemFailures: "a" }],
    ["a list for a result", []],
    ["a text for a result", "done"],
    ["a number for a result", 1],
  ])("%s: all have failed", (_, result) => {
    expect([...failedMessages(result, ids)]).toEqual(ids);
  });
});
