import type { Context } from "hono";
import { readTexts } from "../edge/read-form.ts";

/** What the form of a step's page sends: which step, the tasks that are ticked, and which button was pressed. */
export interface StepForm {
  token: string;
  course: string;
  step: string;
  tasks: string[];
  /** The next step is wanted sooner. */
  sooner: boolean;
}

/** Reads it; a field that is missing, or is a file, is empty. */
export async function readStepForm(c: Context): Promise<StepForm> {
  const all = await readTexts(c);
  const one = (name: string) => all(name)[0] ?? "";
  return {
    token: one("token"),
    course: one("course"),
    step: one("step"),
    tasks: all("task"),
    sooner: one("sooner") !== "",
  };
}
