import { describe, expect, it } from "vitest";
import { courseLetter } from "../../../core/course/course-letter.ts";
import type { Mailing } from "../../../core/delivery/mailing.ts";
import { confirmLetter } from "../../../core/subscriber/confirm-letter.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";
import { catalogue, course } from "../../helpers/catalogue.ts";
import { keyRing } from "../../helpers/keys.ts";
import { member, subscriber } from "../../helpers/subscribers.ts";

const planned = "2027-03-08T14:00:00.000Z"; // Monday 09:00 in New York
const school: Mailing = { kind: "course", course: "records", run: 1, step: "school" };
const welcome: Mailing = { ...school, step: "welcome" };
const confirm: Mailing = { kind: "confirm", date: "2027-03-01", round: 1 };

describe("the last look at a course step", () => {
  it("lets it go inside the window", () => {
    expect(look(school, subscriber(), "2027-03-08T16:59:59.000Z")).toEqual({ may: "send" });
  });

  it.each<[string, Subscriber, string]>([
    ["left meanwhile", subscriber(member("left")), "unsubscribed"],
    ["left and asked again", subscriber(member("wanted", 1)), "unsubscribed"],
    ["came back for a new run", subscriber(member("joined", 2)), "superseded"],
  ])("stops it when the person %s", (_, person, reason) => {
    expect(look(school, person, planned)).toEqual({ may: "skip", reason });
  });

  it("moves it to the next opening when the window has closed", () => {
    expect(look(school, subscriber(), "2027-03-08T17:00:00.000Z")).toEqual({
      may: "move",
      to: "2027-03-09T14:00:00.000Z",
      plannedAt: "2027-03-09T14:00:00.000Z",
    });
  });

  it("follows a zone that was changed while it was queued", () => {
    const moved = look(school, subscriber({ zone: "Asia/Kolkata" }), planned);
    expect(moved).toMatchObject({ may: "move", to: "2027-03-09T03:30:00.000Z" });
  });

  it("drops a step that left the course", () => {
    expect(look({ ...school, step: "retired" }, subscriber(), planned)).toEqual({
      may: "skip",
      reason: "superseded",
    });
  });

  describe("late by more than the course allows", () => {
    const late = "2027-03-10T15:00:00.000Z"; // Wednesday 10:00

    it("starts afresh with the next window", () => {
      expect(look(school, subscriber(), late)).toEqual({
        may: "move",
        to: "2027-03-11T14:00:00.000Z",
        plannedAt: "2027-03-11T14:00:00.000Z",
      });
    });

    it("is skipped where the course says so", () => {
      expect(look(school, subscriber(), late, "skip")).toEqual({ may: "skip", reason: "late" });
    });

    it("goes all the same where the course says so", () => {
      expect(look(school, subscriber(), late, "send")).toEqual({ may: "send" });
    });

    it("a welcome goes whenever it can", () => {
      expect(look(welcome, subscriber(), late)).toEqual({ may: "send" });
    });
  });
});

describe("the last look at a confirmation", () => {
  it("lets it go to someone who asked", () => {
    expect(look(confirm, subscriber(member("wanted")), planned)).toEqual({ may: "send" });
  });

  it("is in vain once its link would have died", () => {
    const wanted = subscriber(member("wanted"));
    expect(look(confirm, wanted, "2027-03-15T14:00:00.000Z")).toEqual({ may: "send" });
    expect(look(confirm, wanted, "2027-03-15T14:00:00.001Z")).toEqual({ may: "skip", reason: "late" });
  });

  it.each<[string, Subscriber, string]>([
    ["has confirmed", subscriber(), "already-confirmed"],
    ["left", subscriber(member("left")), "unsubscribed"],
    [
      "was reminded on that day instead",
      subscriber({ ...member("wanted"), remindedAt: "2027-03-01T11:00:00.000Z" }),
      "superseded",
    ],
    [
      "asked again since",
      subscriber({ ...member("wanted"), confirmationsAt: ["2027-03-05T11:00:00.000Z"] }),
      "superseded",
    ],
  ])("stops it when the person %s", (_, person, reason) => {
    expect(look(confirm, person, planned)).toEqual({ may: "skip", reason });
  });
});

describe("the reminder of a confirmation", () => {
  const reminder: Mailing = { ...confirm, round: 2 };
  const reminded = subscriber({ ...member("wanted"), remindedAt: "2027-03-01T11:00:00.000Z" });

  it("goes to someone who has still not confirmed, and no other", () => {
    expect(look(reminder, reminded, planned)).toEqual({ may: "send" });
    expect(look(reminder, { ...reminded, ...member("joined") }, planned)).toMatchObject({ may: "skip" });
    expect(look(reminder, subscriber(member("wanted")), planned)).toMatchObject({ reason: "superseded" });
  });

  it("has words of its own", () => {
    const context = { keys: keyRing, publicUrl: "https://steps.example", now: planned, catalogue };
    const letters = [confirm, reminder].map((mailing) =>
      confirmLetter(mailing as Mailing & { kind: "confirm" }, context),
    );
    expect(letters.map(({ template }) => template)).toEqual(["confirm", "confirm-reminder"]);
  });
});

describe("the words of a confirmation", () => {
  const wanted = { state: "wanted", run: 0, since: planned } as const;
  const joined = { state: "joined", run: 1, since: planned } as const;

  it.each<[string, Subscriber["lists"], string]>([
    ["a course", { records: wanted }, "the course “Three steps”"],
    ["both", { records: wanted, digest: wanted }, "the course “Three steps” and the digest of news"],
    ["the digest on top of a course", { records: joined, digest: wanted }, "the digest of news"],
    ["a course that is no more", { flying: wanted }, "the mails of Stepletter"],
  ])("name all that its button joins: %s", (_, lists, summary) => {
    const context = { keys: keyRing, publicUrl: "https://steps.example", now: planned, catalogue };
    const letter = confirmLetter(confirm as Mailing & { kind: "confirm" }, context);
    expect(letter.personal?.(subscriber({ lists }))).toMatchObject({ summary });
  });
});

function look(mailing: Mailing, person: Subscriber, now: string, action = course.late.action) {
  const late = { ...course.late, action };
  const offered = { ...catalogue, courses: { records: { ...course, late } } };
  const letter =
    mailing.kind === "course"
      ? courseLetter(mailing, offered)
      : confirmLetter(mailing as Mailing & { kind: "confirm" }, {
          keys: keyRing,
          publicUrl: "https://steps.example",
          now,
          catalogue,
        });
  return letter.eligibility(person, { plannedAt: planned, now });
}
