import * as z from "zod";

/**
 * A subscriber's way through one course. It is a plan: `step` is the one that goes next, at `dueAt`; what was
 * really sent stands in the ledger. Without `step` the course is finished or was stopped.
 */
export const Enrolment = z.object({
  subscriberId: z.string(),
  course: z.string(),
  run: z.number(),
  state: z.enum(["walking", "finished", "stopped"]),
  step: z.string().optional(),
  /** The step enqueued last, whose delivery must be settled before `step` goes. */
  previous: z.string().optional(),
  dueAt: z.string().optional(),
  /** From then on `step` may go, whatever its delay says: the reader was faster, or started again there. */
  goesFrom: z.string().exactOptional(),
  startedAt: z.string(),
  /** Steps that the learner has marked as done in this run, each with the first instant. */
  done: z.record(z.string(), z.string()).exactOptional(),
  /** Tasks of checklists that are ticked, by step. */
  tasks: z.record(z.string(), z.array(z.string())).exactOptional(),
});
export type Enrolment = z.infer<typeof Enrolment>;

/** What the due index tells of an enrolment. */
export interface DueEnrolment {
  subscriberId: string;
  course: string;
  run: number;
  step: string;
  previous?: string;
  goesFrom?: string;
  dueAt: string;
}

/** Where an enrolment goes next; without `step` it is over. `previous` stays as it is where nothing was sent, `goesFrom` does not. */
export interface EnrolmentChange {
  state: Enrolment["state"];
  step?: string;
  previous?: string;
  goesFrom?: string;
  dueAt?: string;
}
