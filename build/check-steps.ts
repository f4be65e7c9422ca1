import { checkNoSlots } from "./check-slots.ts";
import type { CourseFile } from "./course-schema.ts";
import type { Report } from "./problem.ts";
import type { YamlRead } from "./read-yaml.ts";

/** Reports what no schema sees: steps that clash, numbers out of order, mails that are not there. */
export function checkSteps(
  folder: string,
  source: { file: string; yaml: YamlRead<CourseFile> },
  files: ReadonlyMap<string, string>,
  report: Report,
): void {
  const { file, yaml } = source;
  if (!files.has("course.yaml")) {
    report({ file, line: 1, message: "This file is missing: it lists the steps of the course" });
    return;
  }
  const raw = (yaml.raw ?? {}) as { name?: unknown; steps?: unknown };
  const at = (path: PropertyKey[], message: string) => report({ file, line: yaml.lineOf(path), message });
  if (typeof raw.name === "string" && raw.name !== folder) {
    at(["name"], `name: the course is called ${raw.name} but its folder ${folder}: give both the same name`);
  }
  checkNoSlots(file, yaml.texts, report);

  const steps = Array.isArray(raw.steps) ? (raw.steps as Partial<CourseFile["steps"][number]>[]) : [];
  const seen = { id: new Map<unknown, number>(), mail: new Map<unknown, number>() };
  let number = 0;
  for (const [index, step] of steps.entries()) {
    for (const key of ["id", "mail"] as const) {
      const first = seen[key].get(step?.[key]);
      if (first !== undefined && step?.[key] !== undefined) {
        at(
          ["steps", index, key],
          `The ${key} ${step[key]} is that of step ${first + 1} of the list already: each step needs its own`,
        );
      } else seen[key].set(step?.[key], index);
    }
    if (typeof step?.mail === "string" && step.mail.endsWith(".md") && !files.has(step.mail)) {
      at(
        ["steps", index, "mail"],
        `The mail ${step.mail} is missing: write it in content/courses/${folder}, or correct its name`,
      );
    }
    if (typeof step?.number === "number" && step.number !== ++number) {
      at(
        ["steps", index, "number"],
        `Readers count the steps 1, 2, 3 …: the number here must be ${number}, not ${step.number}`,
      );
    }
  }
}
