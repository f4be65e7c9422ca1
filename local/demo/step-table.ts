import Table from "cli-table3";
import type { Letter } from "./letters.ts";
import { type Person, type StepName, steps } from "./people.ts";
import type { Progress } from "./progress.ts";

const endings = { left: "unsubscribed", bounce: "bounced", complaint: "complained" } as const;

/** A row per step: how many had confirmed and were due it, how many got it, and why the others did not. */
export function stepTable(people: Person[], letters: Letter[], progress: Map<string, Progress>): string {
  const table = new Table({
    head: ["step", "due", "sent", "not sent, and why"],
    colAligns: ["left", "right", "right", "left"],
    style: { head: ["bold"], border: ["gray"] },
  });
  const confirmed = people.filter((person) => person.confirmsAt);
  for (const step of steps) {
    const sent = new Set(letters.filter(({ kind }) => kind === step).map(({ mailbox }) => mailbox));
    const missing = confirmed.filter((person) => !sent.has(person.mailbox));
    table.push([step, confirmed.length, sent.size, reasonsOf(missing, progress, step)]);
  }
  return table.toString();
}

function reasonsOf(missing: Person[], progress: Map<string, Progress>, step: StepName): string {
  const groups = Map.groupBy(missing, (person) => {
    const { ended, ledger } = progress.get(person.mailbox) ?? { ended: undefined, ledger: {} };
    return ended ? endings[ended] : (ledger[step] ?? "no reason known");
  });
  return [...groups].map(([reason, group]) => `${group.length} ${reason}`).join(", ");
}
