import { checkNoSlots } from "./check-slots.ts";
import { type Fact, FactsFile } from "./fact-schema.ts";
import { lineAt, type Problem, type Report } from "./problem.ts";
import type { Sources } from "./read-sources.ts";
import { readYaml } from "./read-yaml.ts";

const file = "content/facts.yaml";
const reference = /\{fact:([^}]*)\}/g;

/** The facts by id, each with its line. */
export type Facts = ReadonlyMap<string, Fact & { line: number }>;

/** Reads the facts. Those with a mistake of their own are still known by id, so that no mail is blamed for them. */
export function readFacts(sources: Sources, report: Report): Facts {
  const text = sources.get(file) ?? "[]";
  const { value, raw, texts, lineOf } = readYaml(FactsFile, { file, text }, report);
  checkNoSlots(file, texts, report);
  const facts = new Map<string, Fact & { line: number }>();
  const entries = value ?? (Array.isArray(raw) ? (raw as (Fact | null)[]) : []);
  for (const [index, fact] of entries.entries()) {
    if (typeof fact?.id !== "string") continue;
    const line = lineOf([index, "id"]);
    const first = facts.get(fact.id);
    if (first)
      report({ file, line, message: `The fact ${fact.id} stands in line ${first.line} already: keep one` });
    else facts.set(fact.id, { ...fact, line });
    if (fact.value !== undefined && (fact.grade === "unverified" || fact.grade === "conflict")) {
      const message = `The fact ${fact.id} is graded ${fact.grade}: take its value out, so that no mail prints it`;
      report({ file, line: lineOf([index, "value"]), message });
    }
    if (fact.recheckOn <= fact.checkedOn) {
      const message = `The fact ${fact.id} must be checked again later than it was checked`;
      report({ file, line: lineOf([index, "recheckOn"]), message });
    }
  }
  return facts;
}

/** Reports each `{fact:id}` of a file that cannot be printed. */
export function checkFactReferences(
  source: { file: string; text: string },
  facts: Facts,
  report: Report,
): void {
  for (const match of source.text.matchAll(reference)) {
    const [written, id = ""] = match;
    const fact = facts.get(id);
    if (fact?.value !== undefined) continue;
    const message = fact
      ? `${written} has no value, because it is graded ${fact.grade}: do not print it, link to ${fact.source}`
      : `${written} is no known fact: correct the id, or add it to ${file}`;
    report({ file: source.file, line: lineAt(source.text, match.index), message });
  }
}

/** Puts the values of facts into a text, escaped for where it will stand. */
export function replaceFacts(
  text: string,
  facts: Facts,
  escapeValue: (value: string) => string = String,
): string {
  return text.replace(reference, (written, id: string) => {
    const value = facts.get(id)?.value;
    return value === undefined ? written : escapeValue(value);
  });
}

/** Facts whose day to be checked again has passed; a warning, since mails must still go out. */
export function staleFacts(facts: Facts, today: string): Problem[] {
  return [...facts.values()]
    .filter((fact) => fact.recheckOn < today)
    .map(({ id, line, recheckOn, source }) => ({
      file,
      line,
      message: `The fact ${id} was to be checked again by ${recheckOn}: read ${source}, then set checkedOn and recheckOn`,
    }));
}
