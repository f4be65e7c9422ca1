import { describe, expect, it } from "vitest";
import { itNames, problemsOf } from "./expect-mistake.ts";
import { withChange } from "./sample-sources.ts";

const file = "content/facts.yaml";

describe("a mistake in facts.yaml", () => {
  // biome-ignore format: one mistake a row
  itNames(file, [
    ["an ill-formed id", "id: pulse", "id: Pulse_1", "[1].id: give the fact in a-z, 0-9 and hyphens"],
    ["two facts of one id", "id: price", "id: pulse", "The fact pulse stands in line 1 already"],
    ["an unknown grade", "grade: official", "grade: sure", "[1].grade: give one of official, secondary"],
    ["a source that is no address", "https://example.org/pulse", "a friend", "[1].source: give the https address"],
    ["a day that is none", "checkedOn: 2026-11-01", "checkedOn: 2026-02-30", "[1].checkedOn: give the day the source was read as"],
    ["a check before the last one", "recheckOn: 2027-11-01", "recheckOn: 2026-11-01", "The fact pulse must be checked again later"],
    ["a value nobody vouches for", "grade: official", "grade: unverified", "The fact pulse is graded unverified: take its value out", 3],
    ["a number as value", '"60 to 100 & more"', "60", "[1].value: write the value in quotes"],
    ["a slot as value", "60 to 100 & more", "{{greeting}}", "{{ cannot stand here"],
    ["a key that is not known", "says: What", "tells: What", "[2].tells is no known key"],
  ]);

  it("is not blamed on the mails that print the fact", async () => {
    expect(await problemsOf(withChange(file, "grade: official", "grade: sure"))).toHaveLength(1);
  });
});
