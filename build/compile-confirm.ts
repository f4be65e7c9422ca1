import type { z } from "zod";
import type { CompiledMail, Site } from "../core/catalogue.ts";
import { escapeHtml } from "../core/escape-html.ts";
import { type Template, templateFile } from "./assemble-template.ts";
import { compileMail } from "./compile-mail.ts";
import { splitFrontMatter } from "./front-matter.ts";
import type { Report } from "./problem.ts";
import type { Sources } from "./read-sources.ts";
import { readYaml } from "./read-yaml.ts";
import { line, map } from "./schema-parts.ts";
import { siteValues } from "./template-values.ts";

const file = templateFile("confirm");
const words = (hint: string) => line(hint).regex(/^[^{}]*$/, `${hint} in plain words, without { }`);

const ConfirmFront = map(
  {
    subject: words("give the subject of the mail"),
    preheader: words("give the line that mailboxes show beside the subject"),
    title: words("give the title of the mail"),
  },
  "start the template with --- , subject, preheader and title, and --- again",
);
type ConfirmFront = z.infer<typeof ConfirmFront>;

/** Reads the words of the confirmation mail that stand outside its MJML. */
export function readConfirmFront(sources: Sources, report: Report): ConfirmFront | undefined {
  const parts = splitFrontMatter(sources.get(file) ?? "");
  return readYaml(ConfirmFront, { file, text: parts?.front ?? "", firstLine: parts?.frontLine ?? 1 }, report)
    .value;
}

/** Compiles the mail that asks whether it was really they who signed up. */
export function compileConfirm(
  front: ConfirmFront,
  context: { site: Site; template: Template },
  report: Report,
): Promise<CompiledMail | undefined> {
  const { site, template } = context;
  const values = {
    ...siteValues(site),
    "mail:title": escapeHtml(front.title),
    "mail:preheader": escapeHtml(front.preheader),
  };
  return compileMail({ file, subject: front.subject, template, values }, report);
}
