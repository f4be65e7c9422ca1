import { styleText } from "node:util";
import { wrap } from "../wrap.ts";
import type { Finding, Level } from "./finding.ts";

const marks: Record<Level, string> = { ok: "✓", advice: "!", blocks: "✗", skipped: "–" };
const colours = { ok: "green", advice: "yellow", blocks: "red", skipped: "dim" } as const;

/** How wide words may run; a command or record is never broken, so that it can be copied. */
export interface Terminal {
  columns: number;
  colour: boolean;
}

/** One line, or several under one mark. */
interface Entry extends Pick<Finding, "level" | "says"> {
  name: string;
  next: string | undefined;
}

/** The findings for people: a mark and the check's name, what was found, and below it what to do. */
export function showFindings(title: string, findings: Finding[], terminal: Terminal): string {
  const { seen, skipped } = sort(findings);
  const entries = [...seen.map(toEntry), ...skipped];
  const width = Math.max(...entries.map(({ name }) => name.length));
  const lines = entries.flatMap((entry) => show(entry, width, terminal));
  return [title, "", ...lines, "", conclusion(findings)].join("\n");
}

/** What several checks were left out for is said once, at the end. */
function sort(findings: Finding[]): { seen: Finding[]; skipped: Entry[] } {
  const reasons = Map.groupBy(
    findings.filter(({ level, next }) => level === "skipped" && next === undefined),
    ({ says }) => says,
  );
  const shared = [...reasons].filter(([, group]) => group.length > 1);
  const skipped = shared.map(([reason, group]): Entry => {
    const says = `${group.map(({ check }) => check).join(", ")}: ${reason}`;
    return { level: "skipped", name: "not looked at", says, next: undefined };
  });
  const together = new Set(shared.flatMap(([, group]) => group));
  return { seen: findings.filter((finding) => !together.has(finding)), skipped };
}

/** A name is said once for all that its check found, and so is what to do about it. */
function toEntry({ check, level, says, next }: Finding, index: number, all: Finding[]): Entry {
  const [before, after] = [all[index - 1], all[index + 1]];
  const name = before?.check === check ? "" : check;
  return { level, name, says, next: after?.check === check && after.next === next ? undefined : next };
}

function show({ level, name, says, next }: Entry, width: number, terminal: Terminal): string[] {
  const paint = (text: string) =>
    terminal.colour ? styleText(colours[level], text, { validateStream: false }) : text;
  const quiet = level === "skipped" ? paint : (text: string) => text;
  const indent = " ".repeat(width + 4);
  const [first = "", ...rest] = wrap(says, terminal.columns - indent.length);
  return [
    `${paint(marks[level])} ${quiet(`${name.padEnd(width)}  ${first}`)}`,
    ...rest.map((line) => `${indent}${quiet(line)}`),
    ...(next?.split("\n") ?? []).map((line, index) => `  ${index === 0 ? "→" : " "} ${line}`),
  ];
}

function conclusion(findings: Finding[]): string {
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  const parts = [count("blocks") === 0 ? "nothing blocks" : `${count("blocks")} blocking`];
  if (count("advice") > 0) parts.push(`${count("advice")} to consider`);
  if (count("skipped") > 0) parts.push(`${count("skipped")} not looked at`);
  return `${new Set(findings.map(({ check }) => check)).size} checks: ${parts.join(", ")}.`;
}
