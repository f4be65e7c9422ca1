import type { z } from "zod";
import type { CompiledMail, Site } from "../core/catalogue.ts";
import { escapeHtml } from "../core/escape-html.ts";
import { confirmMails, type Template, templateFile } from "./assemble-template.ts";
import { compileMail } from "./compile-mail.ts";
import { splitFrontMatter } from "./front-matter.ts";
import type { Report } from "./problem.ts";
import type { Sources } from "./read-sources.ts";
import { readYaml } from "./read-yaml.ts";
import { line, map } from "./schema-parts.ts";
import { siteValues } from "./template-values.ts";

type ConfirmMail = (typeof confirmMails)[number];

const words = (hint: string) => line(hint).regex(/^[^{}]*$/, `${hint} in plain words, without { }`);

const ConfirmFront = map(
  {
    subject: words("give the subject of the mail"),
    preheader: words("give the line that mailboxes show beside the subject"),
    title: words("give the title of the mail"),
  },
  "start the template with --- , subject, preheader and title, and --- again",
);
type ConfirmFronts = [ConfirmMail, z.infer<typeof ConfirmFront>][];

/** Reads the words of these mails that stand outside their MJML; a mistake leaves one out, and is reported. */
export function readConfirmFronts(sources: Sources, report: Report): ConfirmFronts {
  return confirmMails.flatMap((kind): ConfirmFronts => {
    const file = templateFile(kind);
    const parts = splitFrontMatter(sources.get(file) ?? "");
    const source = { file, text: parts?.front ?? "", firstLine: parts?.frontLine ?? 1 };
    const { value } = readYaml(ConfirmFront, source, report);
    return value ? [[kind, value]] : [];
  });
}

/** Compiles the mail that asks whether it was really they who signed up, and the one that reminds of it. */
export async function compileConfirms(
  fronts: ConfirmFronts,
  { site, templates }: { site: Site; templates: Record<ConfirmMail, Template> },
  report: Report,
): Promise<[string, CompiledMail][]> {
  const compiled = fronts.map(async ([kind, front]): Promise<[string, CompiledMail | undefined]> => {
    const values = {
      ...siteValues(site),
      "mail:title": escapeHtml(front.title),
      "mail:preheader": escapeHtml(front.preheader),
    };
    const mail = { file: templateFile(kind), subject: front.subject, template: templates[kind], values };
    return [kind, await compileMail(mail, report)];
  });
  return (await Promise.all(compiled)).flatMap(([key, mail]) => (mail ? [[key, mail]] : []));
}
