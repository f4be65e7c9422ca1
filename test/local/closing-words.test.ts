import { describe, expect, it } from "vitest";
import { closingWords } from "../../local/closing-words.ts";

describe("closing words", () => {
  it("count mails by state", () => {
    expect(closingWords({ counts: {}, unknown: [] })).toBe("Stopped. No mails so far.");
    expect(closingWords({ counts: { sent: 3, failed: 1 }, unknown: [] })).toBe(
      "Stopped. Mails so far: 3 sent, 1 failed.",
    );
  });

  it("name each mail of which nobody knows", () => {
    const unknown = [{ mailing: "course_records_run-1_school", subscriberId: "sub_1" }];
    expect(closingWords({ counts: { unknown: 1 }, unknown }).split("\n")).toEqual([
      "Stopped. Mails so far: 1 unknown.",
      "Nobody knows whether these were sent:",
      "  course_records_run-1_school  to  sub_1",
    ]);
  });
});
