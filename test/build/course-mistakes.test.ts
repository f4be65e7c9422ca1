import { describe, expect, it } from "vitest";
import { itNames, problemsOf } from "./expect-mistake.ts";
import { sampleSources, without } from "./sample-sources.ts";

const folder = "content/courses/first-aid";

describe("a mistake in course.yaml", () => {
  // biome-ignore format: one mistake a row
  itNames(`${folder}/course.yaml`, [
    ["another name than the folder's", "name: first-aid", "name: aid", "name: the course is called aid but its folder first-aid"],
    ["an underscore in a step id", "id: bandage", "id: band_age", "steps[3].id: give the step in a-z, 0-9 and hyphens"],
    ["a step id used twice", "id: bandage", "id: breathe", "The id breathe is that of step 2 of the list already"],
    ["a mail sent twice", "mail: bandage.md", "mail: breathe.md", "The mail breathe.md is that of step 2"],
    ["a mail file that is missing", "bandage.md", "bandages.md", `The mail bandages.md is missing: write it in ${folder}`],
    ["a mail of another folder", "bandage.md", "../bandage.md", "steps[3].mail: name a .md file of this folder"],
    ["a delay of half a day", "delayDays: 2", "delayDays: 0.5", "steps[2].delayDays: give the whole days after"],
    ["a negative delay", "delayDays: 2", "delayDays: -1", "steps[2].delayDays: give the whole days after"],
    ["minutes beside days", "delayDays: 2", "delayDays: 2, delayMinutes: 5", "steps[2].delayMinutes: count in days or in minutes"],
    ["a bad window of a step", '"20:00"', '"8 pm"', "steps[3].window.to: give the end of the window"],
    ["a step window without end", ', to: "20:00"', "", "steps[3].window.to is missing: give the end of the window"],
    ["a step window of another word", "window: always", "window: never", "steps[1].window: give always or a window"],
    ["numbers out of order", "number: 2", "number: 3", "Readers count the steps 1, 2, 3 …: the number here must be 2, not 3"],
    ["an unknown rule for late mails", "action: skip", "action: drop", "late.action: give send, skip or next-window"],
    ["a fact", "Two steps.", '"{fact:pulse}"', "{fact:pulse} cannot stand here"],
    ["a slot", "Two steps.", '"{{greeting}}"', "{{ cannot stand here"],
    ["no steps", "steps:\n", "phases:\n", "steps is missing: list the steps", 1],
    ["a summary of two lines", "Two steps.", '"Two\\nsteps."', "summary: say in a sentence or two what the course is, on one line"],
  ]);

  it("that is missing", async () => {
    const problems = await problemsOf(without(`${folder}/course.yaml`));
    expect(problems).toContainEqual(
      `${folder}/course.yaml:1  This file is missing: it lists the steps of the course`,
    );
  });

  it("does not hide those of its mails", async () => {
    const sources = new Map([
      ...sampleSources,
      [`${folder}/course.yaml`, ""],
      [`${folder}/bye.md`, "{fact:x}"],
    ]);
    expect((await problemsOf(sources)).map((problem) => problem.split(":")[0])).toContain(`${folder}/bye.md`);
  });
});
