import { splitFrontMatter } from "./front-matter.ts";
import type { Problem, Report } from "./problem.ts";
import type { Sources } from "./read-sources.ts";

/** The mails that have a template of their own. */
export const templateKinds = [
  "confirm",
  "confirm-reminder",
  "welcome",
  "step",
  "farewell",
  "digest",
  "campaign",
  "deadline",
  "nudge",
  "access",
  "address",
] as const;
/** One of them. */
export type TemplateKind = (typeof templateKinds)[number];

/** The mails of the double opt-in, which belong to no list yet. */
export const confirmMails = ["confirm", "confirm-reminder"] as const satisfies TemplateKind[];

/** The mails of no course, whose words are all in their template and their slots. */
export const bodyMails = [
  "digest",
  "campaign",
  "deadline",
  "nudge",
  "access",
  "address",
] as const satisfies TemplateKind[];

/** The pieces that the body of a digest is put together from. */
export const fragmentKinds = ["digest-topic", "digest-item", "digest-week", "digest-more"] as const;
/** One of them. */
export type FragmentKind = (typeof fragmentKinds)[number];

/** What a fragment stands between, so that it can be cut out of the mail. */
export const fragmentMarks = ["[[[fragment", "fragment]]]"] as const;

/** A whole MJML document of layout, kind and parts, which knows where each of its lines was written. */
export interface Template {
  mjml: string;
  origins: Pick<Problem, "file" | "line">[];
}

/** The file of a template or of a part. */
export const templateFile = (name: string): string =>
  name.startsWith(designs)
    ? `content/campaigns/${name.slice(designs.length)}.mjml`
    : `templates/${name}.mjml`;

/** What the keys of campaigns that are designed begin with. */
export const designs = "design/";
/** The mail of a campaign that is designed. */
export type Design = `${typeof designs}${string}`;

/**
 * Puts a kind of mail into the layout: `{part:content}` is the kind, `{part:NAME}` the file of that name. A fragment
 * takes the place of the body, between marks.
 */
export function assembleTemplate(
  kind: TemplateKind | Design,
  sources: Sources,
  report: Report,
  fragment?: FragmentKind,
): Template {
  const mjml: string[] = [];
  const origins: Template["origins"] = [];
  const push = (line: string, origin: Template["origins"][number]) => {
    mjml.push(line);
    origins.push(origin);
  };
  const add = (name: string, seen: string[]) => {
    const file = templateFile(name);
    const text = sources.get(file);
    if (text === undefined) {
      const [from] = origins.slice(-1);
      const message = `The template ${file} is missing: write it, or take out the line that names it`;
      return report({ file: from?.file ?? file, line: (from?.line ?? 0) + 1, message });
    }
    const front = splitFrontMatter(text);
    for (const [at, line] of (front?.body ?? text).trimEnd().split("\n").entries()) {
      const index = at + (front?.bodyLine ?? 1) - 1;
      const part = /^\s*\{part:([a-z-]+)\}\s*$/.exec(line)?.[1];
      const included = part === "content" ? kind : part;
      if (included && seen.includes(included)) {
        report({ file, line: index + 1, message: `The part ${included} holds itself: take this line out` });
      } else if (included) {
        add(included, [...seen, included]);
      } else if (fragment && line.trim() === "{{bodyHtml}}") {
        push(fragmentMarks[0], { file, line: index + 1 });
        add(fragment, [...seen, fragment]);
        push(fragmentMarks[1], { file, line: index + 1 });
      } else {
        push(line, { file, line: index + 1 });
      }
    }
  };
  add("layout", ["layout"]);
  return { mjml: mjml.join("\n"), origins };
}
