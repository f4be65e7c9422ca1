import { describe, expect, it } from "vitest";
import { isDue, nextPoll } from "../../../core/feed/schedule-poll.ts";

const source = (everyMinutes: number) => ({
  id: "f",
  title: "F",
  url: "https://f.example/",
  topic: "coding" as const,
  everyMinutes,
});

describe("the next poll", () => {
  it.each([
    [60, 0, "2027-03-01T13:00:00.000Z"],
    [15, 0, "2027-03-01T12:15:00.000Z"],
    [20, 0, "2027-03-01T12:30:00.000Z"],
    [1, 0, "2027-03-01T12:15:00.000Z"],
    [60, 1, "2027-03-01T14:00:00.000Z"],
    [60, 3, "2027-03-01T20:00:00.000Z"],
    [60, 5, "2027-03-02T12:00:00.000Z"],
    [60, 5_000, "2027-03-02T12:00:00.000Z"],
    [2_880, 4, "2027-03-03T12:00:00.000Z"],
  ])("every %i minutes, after %i failures, is at %s", (everyMinutes, failures, at) => {
    expect(nextPoll(source(everyMinutes), failures, "2027-03-01T12:00:00.000Z")).toBe(at);
  });

  it("is in time for the tick, though a message took its while", () => {
    expect(nextPoll(source(15), 0, "2027-03-01T12:04:10.000Z")).toBe("2027-03-01T12:15:00.000Z");
  });

  it("is at once for a feed that was never polled", () => {
    expect(isDue(undefined, "2027-03-01T12:00:00.000Z")).toBe(true);
  });
});
