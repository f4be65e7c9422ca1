import { describe, expect, it } from "vitest";
import { checkLetters } from "../../../local/demo/check-letters.ts";
import type { Letter } from "../../../local/demo/letters.ts";
import { type Person, readPeople, steps } from "../../../local/demo/people.ts";

const ada: Person = {
  name: "Ada",
  email: "ada@example.com",
  mailbox: "ada@example.com",
  zone: "America/New_York",
  signsUpAt: "2027-03-01T13:00:00.000Z",
  confirmsAt: "2027-03-01T14:00:00.000Z",
  story: "one-click",
  storyAt: "2027-03-12T14:00:00.000Z",
  expected: { welcome: "2027-03-01", school: "2027-03-03", training: "2027-03-10" },
  deeds: [],
  others: [{ kind: "digest", date: "2027-03-08" }],
};
const letter = (kind: Letter["kind"], at: string): Letter => ({
  mailbox: ada.mailbox,
  subscriberId: "sub_1",
  kind,
  at,
  subject: "",
  outcome: "delivered",
  emlPath: "",
});
const right = [
  letter("confirm", "2027-03-01T13:00:00.000Z"),
  letter("welcome", "2027-03-01T14:01:00.000Z"),
  letter("school", "2027-03-03T14:00:00.000Z"),
  letter("training", "2027-03-10T16:59:00.000Z"),
  letter("digest", "2027-03-08T14:00:00.000Z"),
];

describe("the demo's check of the mailboxes", () => {
  it("is content when every mail is where it was expected", () => {
    expect(checkLetters([ada], right)).toEqual([]);
  });

  it.each<[string, Letter[], RegExp]>([
    [
      "a step that is missing",
      right.filter(({ kind }) => kind !== "training"),
      /training is missing, expected on 2027-03-10/,
    ],
    [
      "a mail that came twice",
      [...right, letter("school", "2027-03-03T15:00:00.000Z")],
      /school came 2 times/,
    ],
    ["a second confirmation", [...right, letter("confirm", "2027-03-02T15:00:00.000Z")], /2 confirmations/],
    ["no confirmation", right.slice(1), /0 confirmations/],
    [
      "a step a day early",
      replace("training", "2027-03-09T14:00:00.000Z"),
      /training came on 2027-03-09, expected on 2027-03-10/,
    ],
    [
      "a step before the window",
      replace("school", "2027-03-03T13:59:00.000Z"),
      /school came at 08:59:00, outside the window/,
    ],
    [
      "a step after the window",
      replace("school", "2027-03-03T17:00:00.000Z"),
      /school came at 12:00:00, outside the window/,
    ],
    [
      "a welcome before the confirmation",
      replace("welcome", "2027-03-01T13:30:00.000Z"),
      /before the confirmation/,
    ],
    [
      "a step that was not due",
      [...right, letter("practice", "2027-03-17T14:00:00.000Z")],
      /practice came .* though none was due/,
    ],
    [
      "a mail after leaving",
      [...right, letter("practice", "2027-03-17T14:00:00.000Z")],
      /practice came after leaving/,
    ],
    ["a digest that is missing", right.slice(0, 4), /digest is missing, expected on 2027-03-08/],
    [
      "a digest without news",
      [...right, letter("digest", "2027-03-15T13:00:00.000Z")],
      /digest came on 2027-03-15, though none/,
    ],
    [
      "a digest that came twice",
      [...right, letter("digest", "2027-03-08T15:00:00.000Z")],
      /digest came twice on 2027-03-08/,
    ],
    [
      "a digest at night",
      replace("digest", "2027-03-08T07:00:00.000Z"),
      /digest came at 02:00:00, outside the window/,
    ],
    [
      "a campaign to someone else",
      [...right, letter("campaign", "2027-03-08T14:00:00.000Z")],
      /campaign came .* though none was due/,
    ],
    [
      "a mail to a stranger",
      [...right, { ...right[1], mailbox: "eve@example.com" } as Letter],
      /eve@example.com: a mail came/,
    ],
  ])("finds %s", (_, letters, mistake) => {
    expect(checkLetters([ada], letters).join("\n")).toMatch(mistake);
  });
});

describe("the demo's people", () => {
  const people = readPeople(new URL("../../fixtures/demo/", import.meta.url));

  it("are forty in eight zones, with every story", () => {
    expect(people).toHaveLength(40);
    expect(new Set(people.map(({ zone }) => zone)).size).toBe(8);
    expect(new Set(people.map(({ story }) => story)).size).toBe(7);
  });

  it("who stay, at the usual pace or a faster one, have a date for every step, in order", () => {
    for (const { story, expected, deeds } of people) {
      const dates = steps.map((step) => expected[step] ?? "");
      const slower = deeds.some(({ detail }) => detail === "speed=slower");
      if ((story === "" && !slower) || story === "signs-up-twice") expect(dates.every(Boolean)).toBe(true);
      expect(dates.filter(Boolean)).toEqual(dates.filter(Boolean).toSorted());
    }
  });
});

function replace(kind: Letter["kind"], at: string): Letter[] {
  return right.map((one) => (one.kind === kind ? { ...one, at } : one));
}
