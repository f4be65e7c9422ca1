import { oneLine } from "../one-line.ts";

const longestName = 120;

/** What is wrong with a name, and what to do; undefined if nothing is. It goes into subjects and greetings. */
export function nameProblem(name: string): string | undefined {
  if (name.length > longestName) return `Enter a name of at most ${longestName} characters.`;
  return isLink(name) ? "Enter a name, not a link." : undefined;
}

/** Whether mail programs would make a link of a part of it: `https://…`, `www.…`, or a domain with a path. */
function isLink(name: string): boolean {
  return /:\/\/|(?<![\p{L}\p{N}])www\.|[\p{L}\p{N}]\.\p{L}{2,}(:\d+)?\//iu.test(
    oneLine(name).normalize("NFKC"),
  );
}
