import { findMistakes } from "../core/markdown/find-mistakes.ts";
import { lineAt, type Report } from "./problem.ts";
import { type LinkPlace, resolveLink } from "./resolve-link.ts";

/** Reports what mails and pages cannot show: HTML, pictures, a second title, links that lead nowhere. */
export function checkMarkdown(
  source: { file: string; body: string; bodyLine: number },
  place: LinkPlace,
  report: Report,
): void {
  const mistakes = findMistakes(source.body, ({ href, title }) => {
    if (title?.includes("{{")) return "A slot cannot stand in the tooltip of a link: put it in the text";
    const link = resolveLink(href, place);
    return "mistake" in link ? link.mistake : undefined;
  });
  for (const { index, message } of mistakes) {
    report({ file: source.file, line: source.bodyLine - 1 + lineAt(source.body, index), message });
  }
}
