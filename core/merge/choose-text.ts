import type { Subscriber } from "../subscriber/subscriber.ts";
import { type Condition, fieldMarks, type MergeField, type MergePart } from "./read-merge.ts";

/** Who a text is written for: what its conditions ask about. */
export type MergeReader = Pick<Subscriber, "name" | "zone" | "tags" | "topics" | "lists">;

/** A text as some readers see it, each field still by its mark. */
export interface ChosenText {
  text: string;
  fields: { field: MergeField; fallback: string }[];
  /** The line of what was written that a line of this text comes from; both count from 1. */
  lineOf(line: number): number;
}

/** The address that stands for the reader's own page while Markdown is rendered. */
export const progressMark = "https://progress.invalid/";

/** Whether a condition holds for a reader. Who never chose topics reads all. */
export function holds(
  { of, what }: Condition,
  { name, zone, tags = [], topics, lists }: MergeReader,
): boolean {
  switch (of) {
    case "name":
      return name !== "";
    case "tag":
      return tags.includes(what);
    case "topic":
      return topics === undefined || topics.some((topic) => topic === what);
    case "list":
      return Object.hasOwn(lists, what) && lists[what]?.state === "joined";
    case "zone":
      return what.endsWith("*") ? zone.startsWith(what.slice(0, -1)) : zone === what;
  }
}

/** The text of those for whom the conditions turn out so. */
export function chooseText(
  written: string,
  parts: MergePart[],
  turnsOut: (condition: Condition) => boolean,
): ChosenText {
  const fields: ChosenText["fields"] = [];
  const lines: number[] = [];
  let text = "";
  const add = (piece: string, index: number) => {
    for (const [n, line] of piece.split("\n").entries()) {
      const source = lineAt(written, index) + n;
      if (n > 0) text += "\n";
      if (n > 0 || lines.length === 0) lines.push(source);
      else if (text.endsWith("\n")) lines[lines.length - 1] = source;
      text += line;
    }
  };
  for (const part of parts.flatMap((part) => sideOf(part, turnsOut))) {
    if (part.kind === "text") add(part.text, part.index);
    else if (part.kind === "field") {
      const mark = `${fieldMarks[0]}${fields.push(part) - 1}${fieldMarks[1]}`;
      add(part.field === "progressUrl" ? progressMark : mark, part.index);
    }
  }
  return { text, fields, lineOf: (line) => lines[line - 1] ?? line };
}

function sideOf(part: MergePart, turnsOut: (condition: Condition) => boolean): MergePart[] {
  if (part.kind !== "block") return [part];
  return turnsOut(part.condition) === part.negated ? part.hidden : part.shown;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
