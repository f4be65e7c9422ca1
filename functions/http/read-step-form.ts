import type { Context } from "hono";

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
  const form: Record<string, unknown> = await c.req.parseBody({ all: true }).catch(() => ({}));
  const all = (name: string) => [form[name]].flat().filter((value) => typeof value === "string");
  const one = (name: string) => all(name)[0] ?? "";
  return {
    token: one("token"),
    course: one("course"),
    step: one("step"),
    tasks: all("task"),
    sooner: one("sooner") !== "",
  };
}
