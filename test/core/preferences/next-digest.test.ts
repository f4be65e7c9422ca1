import { describe, expect, it } from "vitest";
import { digestForecast } from "../../../core/preferences/next-digest.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";
import { bounced, subscriber } from "../../helpers/subscribers.ts";

const window = { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "12:00" } as const;
const now = "2027-03-02T12:00:00.000Z";
const reader = (changes: Partial<Subscriber> = {}) =>
  subscriber({ lists: { digest: { state: "joined", run: 1, since: now } }, ...changes });
const row = { run: 1, edition: "2027-W10", dueAt: "2027-03-08T14:00:00.000Z" };

describe("when the next digest comes", () => {
  it.each<[string, Subscriber, unknown, unknown]>([
    ["as it is planned", reader(), row, { status: "goes", at: row.dueAt }],
    [
      "by a choice that dispatch has not looked at yet",
      reader({ digestEvery: "month", todo: { replan: now } }),
      row,
      { status: "goes", at: "2027-04-05T13:00:00.000Z" },
    ],
    [
      "after a pause, in which others are left out",
      reader({ rhythm: { pausedUntil: "2027-03-20T04:00:00.000Z" } }),
      row,
      { status: "goes", at: "2027-03-22T13:00:00.000Z" },
    ],
    [
      "after a pause, once a month",
      reader({ rhythm: { pausedUntil: "2027-03-20T04:00:00.000Z" }, digestEvery: "month" }),
      row,
      { status: "goes", at: "2027-04-05T13:00:00.000Z" },
    ],
    ["not yet, while a course walks", reader(), undefined, { status: "begins" }],
    ["not yet, in a run that has not begun", reader(), { ...row, run: 0 }, { status: "begins" }],
    ["not where it has stopped", reader(), { run: 1, since: "2027-W10" }, { status: "begins" }],
    ["never to who bounced", reader(bounced), row, { status: "stops" }],
  ])("%s", (_, of, standing, expected) =>
    expect(digestForecast(standing as typeof row, of, window, now)).toEqual(expected),
  );
});
