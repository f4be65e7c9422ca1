import type { SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { untilIdle } from "../../local/idle.ts";

describe("idle", () => {
  it("is when nothing is left", async () => {
    expect(await looksUntilIdle({})).toBe(2);
  });

  it.each<[string, Partial<State>]>([
    ["a request has no answer", { requests: 1 }],
    ["a schedule runs", { schedules: 1 }],
    ["a message is being handled", { inHand: 1 }],
    ["a message can be received", { present: 1 }],
    ["a message was received and nobody knows of it yet", { present: 1, hidden: 1 }],
    ["a message is delayed", { delayed: 1 }],
    ["an event of SES is pending", { pending: 1 }],
    [
      "an event is under way beside one that failed",
      { present: 1, hidden: 1, resting: 1, pending: 2, underWay: 2 },
    ],
  ])("is not while %s", async (_, state) => {
    expect(await looksUntilIdle(state)).toBeGreaterThan(2);
  });

  it("is although a message failed and is hidden, and its event is pending", async () => {
    expect(await looksUntilIdle({ present: 1, hidden: 1, resting: 1, pending: 2, underWay: 1 })).toBe(2);
  });
});

interface State {
  requests: number;
  schedules: number;
  inHand: number;
  resting: number;
  pending: number;
  underWay: number;
  /** What the emulator counts: hidden messages are present, too. */
  present: number;
  hidden: number;
  delayed: number;
}

const quiet: State = {
  requests: 0,
  schedules: 0,
  inHand: 0,
  resting: 0,
  pending: 0,
  underWay: 0,
  present: 0,
  hidden: 0,
  delayed: 0,
};

/** How often it looks at a state that holds for three looks, and is quiet from then on. */
async function looksUntilIdle(first: Partial<State>): Promise<number> {
  let looks = 0;
  const state = () => (looks <= 3 ? { ...quiet, ...first } : quiet);
  const sqs = {
    send: async () => ({
      Attributes: {
        ApproximateNumberOfMessages: String(state().present),
        ApproximateNumberOfMessagesNotVisible: String(state().hidden),
        ApproximateNumberOfMessagesDelayed: String(state().delayed),
      },
    }),
  };
  const poller = { inHand: () => state().inHand, resting: () => state().resting, close: async () => {} };
  await untilIdle({
    sqs: sqs as unknown as SQSClient,
    gateway: {
      open: () => {
        looks++;
        return state().requests;
      },
    },
    scheduler: { running: () => state().schedules },
    sources: [{ queue: "events", url: "", poller }],
    eventQueue: "events",
    eventsPending: () => state().pending,
    sesEvents: { underWay: () => state().underWay },
  })();
  return looks;
}
