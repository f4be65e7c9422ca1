import * as z from "zod";
import type { CompiledFragment, CompiledMail, Site } from "../core/catalogue.ts";
import { escapeHtml } from "../core/escape-html.ts";
import {
  bodyMails,
  type FragmentKind,
  fragmentKinds,
  fragmentMarks,
  type Template,
  templateFile,
} from "./assemble-template.ts";
import { compileMail, renderMjml } from "./compile-mail.ts";
import { splitFrontMatter } from "./front-matter.ts";
import type { Report } from "./problem.ts";
import type { Sources } from "./read-sources.ts";
import { readYaml } from "./read-yaml.ts";
import { line, map } from "./schema-parts.ts";
import { splitHtml, splitText } from "./split-slots.ts";
import { siteValues } from "./template-values.ts";

const words = (hint: string) =>
  line(hint).regex(/^(?:[^{}]|\{\{\w+\}\})*$/, `${hint} in plain words and slots`);

/** What stands before the markup of a mail of no course. */
export const MailFront = map(
  {
    subject: words("give the subject of the mail"),
    preheader: words("give the line that mailboxes show beside the subject"),
    title: line("give the title of the window").regex(
      /^[^{}]*$/,
      "give the title in plain words, without { }",
    ),
  },
  "start the template with --- , subject, preheader and title, and --- again",
);

/** It, as it is read. */
export type MailFrontOf = z.infer<typeof MailFront>;

const FragmentFront = map(
  { text: z.string("write the piece as plain text, after text: |") },
  "start the piece with --- , its text as plain text, and --- again",
);

/** The words of these mails and pieces that stand outside their markup. */
export interface BodyFronts {
  mails: [(typeof bodyMails)[number], z.infer<typeof MailFront> | undefined][];
  fragments: [FragmentKind, z.infer<typeof FragmentFront> | undefined][];
}

/** Reads what stands before the markup of the mails of no course, and of the pieces of a digest. */
export function readBodyFronts(sources: Sources, report: Report): BodyFronts {
  const read = <T>(schema: z.ZodType<T>, kind: string) => {
    const file = templateFile(kind);
    const parts = splitFrontMatter(sources.get(file) ?? "");
    return readYaml(schema, { file, text: parts?.front ?? "", firstLine: parts?.frontLine ?? 1 }, report)
      .value;
  };
  return {
    mails: bodyMails.map((kind) => [kind, read(MailFront, kind)]),
    fragments: fragmentKinds.map((kind) => [kind, read(FragmentFront, kind)]),
  };
}

/** Compiles the mails of no course, each under its key in the catalogue. */
export async function compileBodyMails(
  fronts: BodyFronts["mails"],
  context: { site: Site; templates: Record<(typeof bodyMails)[number], Template> },
  report: Report,
): Promise<[string, CompiledMail][]> {
  const compiled = fronts.map(async ([kind, front]): Promise<[string, CompiledMail | undefined]> => {
    if (!front) return [kind, undefined];
    const values = {
      ...siteValues(context.site),
      "mail:title": escapeHtml(front.title),
      "mail:preheader": escapeHtml(front.preheader),
    };
    const template = context.templates[kind];
    const mail = { file: templateFile(kind), subject: front.subject, template, values };
    return [kind, await compileMail(mail, report)];
  });
  return (await Promise.all(compiled)).flatMap(([key, mail]) => (mail ? [[key, mail]] : []));
}

/** Compiles the pieces of a digest inside the digest, so that they look as if they were written in it. */
export async function compileFragments(
  fronts: BodyFronts["fragments"],
  context: { site: Site; templates: Record<FragmentKind, Template> },
  report: Report,
): Promise<[string, CompiledFragment][]> {
  const values = { ...siteValues(context.site), "mail:title": "", "mail:preheader": "" };
  const compiled = fronts.map(async ([kind, front]): Promise<[string, CompiledFragment][]> => {
    const html = await renderMjml(context.templates[kind], values, report);
    if (!front || html === undefined) return [];
    const [start, end] = fragmentMarks;
    const piece = html.slice(html.indexOf(start) + start.length, html.indexOf(end)).trim();
    return [[kind, { html: splitHtml(piece), text: splitText(front.text) }]];
  });
  return (await Promise.all(compiled)).flat();
}
