import Table from "cli-table3";
import type { Letter } from "./letters.ts";
import { otherKinds, type Person, type StepName, steps } from "./people.ts";
import type { Progress } from "./progress.ts";

const endings = { left: "unsubscribed", bounce: "bounced", complaint: "complained" } as const;

/**
 * A row for each step of the course and each other kind of mail: how many were due, how many were sent, and why
 * the others were not. A step is due to everyone who confirmed, another mail to whom the fixture names.
 */
export function mailTable(people: Person[], letters: Letter[], progress: Map<string, Progress>): string {
  const table = new Table({
    head: ["mail", "due", "sent", "not sent, and why"],
    colAligns: ["left", "right", "right", "left"],
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    style: { head: [], border: [] },
  });
  const confirmed = people.filter((person) => person.confirmsAt);
  for (const step of steps) {
    const sent = new Set(letters.filter(({ kind }) => kind === step).map(({ mailbox }) => mailbox));
    const missing = confirmed.filter((person) => !sent.has(person.mailbox));
    table.push([`course: ${step}`, confirmed.length, sent.size, reasonsOf(missing, progress, step)]);
  }
  for (const kind of otherKinds) {
    const due = people.flatMap(({ others }) => others.filter((other) => other.kind === kind)).length;
    table.push([kind, due, letters.filter((letter) => letter.kind === kind).length, ""]);
  }
  return table.toString();
}

function reasonsOf(missing: Person[], progress: Map<string, Progress>, step: StepName): string {
  const groups = Map.groupBy(missing, (person) => {
    const known = progress.get(person.mailbox);
    const { ended, ledger, course } = known ?? { ended: undefined, ledger: {}, course: undefined };
    return ended ? endings[ended] : (ledger[step] ?? (course === "walking" ? "later" : "no reason known"));
  });
  return [...groups].map(([reason, group]) => `${group.length} ${reason}`).join(", ");
}
