import { expect, it } from "vitest";
import { weekWords, weekWordsInFull } from "../../../core/digest/week-words.ts";

it.each([
  ["2027-W10", "March 1 to 7", "March 1 to 7, 2027"],
  ["2027-W14", "March 29 to April 4", "March 29 to April 4, 2027"],
  ["2027-W01", "December 28 to January 3", "December 28, 2026 to January 3, 2027"],
])("the edition %s holds the week of %s", (edition, short, full) => {
  expect([weekWords(edition), weekWordsInFull(edition)]).toEqual([short, full]);
});
