import { Temporal } from "temporal-polyfill";
import type { Letter } from "./letters.ts";
import { type OtherKind, otherKinds, type Person, type StepName, steps } from "./people.ts";

/** The window that the fixture was worked out for, in hours of the local day. */
const opensAt = 9;
const closesAt = 12;

/**
 * Holds what the mailboxes received against the dates of the fixture.
 * @returns a sentence for each thing that is wrong: missed, twice, on another day, outside the window, after leaving.
 */
export function checkLetters(people: Person[], letters: Letter[]): string[] {
  const known = new Set(people.map((person) => person.mailbox));
  const strays = letters.filter((letter) => !known.has(letter.mailbox));
  return [
    ...strays.map((letter) => `${letter.mailbox}: a mail came to someone who never signed up`),
    ...people.flatMap((person) =>
      checkPerson(
        person,
        letters.filter((letter) => letter.mailbox === person.mailbox),
      ).map((mistake) => `${person.name || person.email}: ${mistake}`),
    ),
  ];
}

function checkPerson(person: Person, letters: Letter[]): string[] {
  const confirmations = letters.filter((letter) => letter.kind === "confirm").length;
  return [
    ...(confirmations === 1 ? [] : [`${confirmations} confirmations came, not one`]),
    ...steps.flatMap((step) =>
      checkStep(
        person,
        step,
        letters.filter((letter) => letter.kind === step),
      ),
    ),
    ...otherKinds.flatMap((kind) =>
      checkOthers(
        person,
        kind,
        letters.filter((letter) => letter.kind === kind),
      ),
    ),
    ...letters
      .filter((letter) => leftBefore(person, letter))
      .map((letter) => `${letter.kind} came after leaving`),
  ];
}

function checkOthers(person: Person, kind: OtherKind, letters: Letter[]): string[] {
  const expected = person.others.filter((other) => other.kind === kind).map(({ date }) => date);
  const moments = letters.map(({ at }) => Temporal.Instant.from(at).toZonedDateTimeISO(person.zone));
  const came = moments.map((moment) => moment.toPlainDate().toString());
  const atAnyHour = kind === "campaign" || kind === "confirm-reminder";
  const outside = atAnyHour ? [] : moments.filter(({ hour }) => hour < opensAt || hour >= closesAt);
  return [
    ...expected
      .filter((date) => !came.includes(date))
      .map((date) => `${kind} is missing, expected on ${date}`),
    ...came
      .filter((date) => !expected.includes(date))
      .map((date) => `${kind} came on ${date}, though none was due`),
    ...came
      .filter((date, index) => came.indexOf(date) !== index)
      .map((date) => `${kind} came twice on ${date}`),
    ...outside.map((moment) => `${kind} came at ${moment.toPlainTime()}, outside the window`),
  ];
}

function checkStep(person: Person, step: StepName, letters: Letter[]): string[] {
  const expected = person.expected[step];
  const [letter, ...more] = letters;
  if (more.length > 0) return [`${step} came ${letters.length} times`];
  if (!letter) return expected ? [`${step} is missing, expected on ${expected}`] : [];
  if (!expected) return [`${step} came on ${letter.at}, though none was due`];
  const local = Temporal.Instant.from(letter.at).toZonedDateTimeISO(person.zone);
  const date = local.toPlainDate().toString();
  const mistakes = [];
  if (date !== expected) mistakes.push(`${step} came on ${date}, expected on ${expected}`);
  if (person.confirmsAt && letter.at < person.confirmsAt)
    mistakes.push(`${step} came before the confirmation`);
  if (step !== "welcome" && (local.hour < opensAt || local.hour >= closesAt)) {
    mistakes.push(`${step} came at ${local.toPlainTime()}, outside the window`);
  }
  return mistakes;
}

function leftBefore({ story, storyAt }: Person, letter: Letter): boolean {
  return (story === "one-click" || story === "page") && storyAt !== undefined && letter.at > storyAt;
}
