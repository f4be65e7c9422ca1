/** A file of YAML between two `---` lines and a body after them; lines are counted from 1. */
export interface FrontMatterFile {
  front: string;
  frontLine: number;
  body: string;
  bodyLine: number;
}

/** Parts a file into front matter and body; undefined if it does not start with front matter. */
export function splitFrontMatter(text: string): FrontMatterFile | undefined {
  const match = /^---\n(?:([\s\S]*?)\n)?---(?:\n|$)/.exec(text);
  if (!match) return undefined;
  const [head, front = ""] = match;
  return { front, frontLine: 2, body: text.slice(head.length), bodyLine: head.split("\n").length };
}
