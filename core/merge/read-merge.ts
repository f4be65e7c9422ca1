/** What an author may ask for; `progressUrl` is the reader's own page. */
export const mergeFields = ["name", "firstName", "progressUrl"] as const;
export type MergeField = (typeof mergeFields)[number];

/** What decides on a block: whether the reader has given a name, or has a tag, a topic, a list, or a zone that begins so. */
export interface Condition {
  of: "name" | "tag" | "topic" | "list" | "zone";
  what: string;
}

/** A text in parts; of a block, `shown` where its condition holds, else `hidden`. `index` is where a part begins in the text. */
export type MergePart =
  | { kind: "text"; text: string; index: number }
  | { kind: "field"; field: MergeField; fallback: string; index: number }
  | {
      kind: "block";
      condition: Condition;
      negated: boolean;
      shown: MergePart[];
      hidden: MergePart[];
      index: number;
    };

/** Something that cannot be filled in, and where it stands. */
export interface MergeMistake {
  index: number;
  message: string;
}

/** Stand for a field in a text while that is rendered: an author cannot write them. */
export const fieldMarks = ["\uE000", "\uE001"] as const;

const hint = `Write {{${mergeFields.join("}}, {{")}}}, or a block: {{#if tag:rhit}} … {{else}} … {{/if}}`;
/** A tag, with its whole line where it stands alone on one and opens or closes. */
const tags =
  /(?:(?<=^|\n)[ \t]*(?=\{\{(?:#if [^{}]*|else|\/if)\}\}[ \t]*(?:\n|$)))?\{\{([^{}]*)\}\}(?:(?<=(?:^|\n)[ \t]*\{\{(?:#if [^{}]*|else|\/if)\}\})[ \t]*(?:\n|$))?/g;

/** Reads the fields and blocks of a text. Blocks do not stand in blocks. */
export function readMerge(written: string): { parts: MergePart[]; mistakes: MergeMistake[] } {
  const text = written.replaceAll(/[\uE000\uE001]/g, "");
  const parts: MergePart[] = [];
  const mistakes: MergeMistake[] = [];
  let block: (MergePart & { kind: "block" }) | undefined;
  let side: MergePart[] = parts;
  let from = 0;
  const wrong = (index: number, message: string) => void mistakes.push({ index, message });

  for (const { 0: whole, 1: inner = "", index } of text.matchAll(tags)) {
    if (index > from) side.push({ kind: "text", text: text.slice(from, index), index: from });
    from = index + whole.length;
    const tag = inner.trim();
    if (tag.startsWith("#if")) {
      const read = readCondition(tag.slice("#if".length).trim());
      if (block) wrong(index, "A block stands in a block: close the first with {{/if}} before this one");
      else if (!read)
        wrong(
          index,
          `${whole.trim()} asks for nothing that is known of a reader: write name, tag:X, topic:X, list:X or zone:Europe/*, perhaps with not before it`,
        );
      else {
        block = { kind: "block", ...read, shown: [], hidden: [], index };
        parts.push(block);
        side = block.shown;
      }
    } else if (tag === "else") {
      if (block && side === block.shown) side = block.hidden;
      else wrong(index, "{{else}} stands in no block: open one with {{#if …}}");
    } else if (tag === "/if") {
      if (block) side = parts;
      else wrong(index, "{{/if}} closes no block: open one with {{#if …}}");
      block = undefined;
    } else {
      const read = readField(tag);
      if (!read) wrong(index, `${whole.trim()} is nothing that can be filled in. ${hint}`);
      else if (read.fallback === "" && needsFallback(read.field, block, side))
        wrong(
          index,
          `Some readers gave no name: write {{${read.field}|friend}}, or put it into {{#if name}} … {{/if}}`,
        );
      else side.push({ kind: "field", ...read, index });
    }
  }
  if (from < text.length) side.push({ kind: "text", text: text.slice(from), index: from });
  if (block) wrong(block.index, "The block is not closed: write {{/if}} behind it");
  for (const { index } of text.replaceAll(tags, (whole) => " ".repeat(whole.length)).matchAll(/\{\{|\}\}/g))
    wrong(index, `Two braces stand alone. ${hint}`);
  return { parts, mistakes: mistakes.sort((a, b) => a.index - b.index) };
}

/** The conditions of a text, each once. */
export function conditionsOf(parts: MergePart[]): Condition[] {
  const all = parts.flatMap((part) => (part.kind === "block" ? [part.condition] : []));
  return [...new Map(all.map((condition) => [`${condition.of}:${condition.what}`, condition])).values()];
}

/** Whether every reader sees the same. */
export function isShared(parts: MergePart[]): boolean {
  return parts.every(({ kind }) => kind === "text");
}

function readField(tag: string): { field: MergeField; fallback: string } | undefined {
  const bar = tag.indexOf("|");
  const name = (bar < 0 ? tag : tag.slice(0, bar)).trim();
  const field = mergeFields.find((each) => each === name);
  return field && { field, fallback: bar < 0 ? "" : tag.slice(bar + 1).trim() };
}

function readCondition(text: string): { condition: Condition; negated: boolean } | undefined {
  const [, not, of = "", what = ""] =
    /^(not\s+)?(name|tag|topic|list|zone)(?::([\w./*-]{1,60}))?$/.exec(text) ?? [];
  if (of === "" || (of === "name") !== (what === "")) return undefined;
  return { condition: { of: of as Condition["of"], what }, negated: not !== undefined };
}

function needsFallback(
  field: MergeField,
  block: (MergePart & { kind: "block" }) | undefined,
  side: MergePart[],
): boolean {
  if (field === "progressUrl") return false;
  const named = block?.condition.of === "name" && (side === block.shown) !== block.negated;
  return !named;
}
