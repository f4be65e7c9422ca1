import { campaignIdShape } from "../core/campaign/campaign.ts";
import type { CompiledMail, Site } from "../core/catalogue.ts";
import { escapeHtml } from "../core/escape-html.ts";
import { assembleTemplate, type Design, designs, templateFile } from "./assemble-template.ts";
import { MailFront, type MailFrontOf } from "./compile-body-mails.ts";
import { compileMail } from "./compile-mail.ts";
import { splitFrontMatter } from "./front-matter.ts";
import type { Report } from "./problem.ts";
import type { Sources } from "./read-sources.ts";
import { readYaml } from "./read-yaml.ts";
import { siteValues } from "./template-values.ts";

/** Names of the campaigns that are designed in `content/campaigns/`; a file that none can be made of is reported. */
export function designNames(sources: Sources, report: Report): string[] {
  return [...sources].flatMap(([file, text]) => {
    const [, name] = /^content\/campaigns\/(.*)\.mjml$/.exec(file) ?? [];
    if (name === undefined) return [];
    if (!campaignIdShape.test(name))
      report({
        file,
        line: 1,
        message: "Name the file in small letters and digits with single dashes, such as spring-fair.mjml",
      });
    if (!/href="\{\{unsubscribeUrl\}\}"/.test(text))
      report({
        file,
        line: 1,
        message: 'A campaign needs a way to leave: put in <a href="{{unsubscribeUrl}}">Unsubscribe</a>',
      });
    return [name];
  });
}

/** Compiles the designs, each under its key in the catalogue. */
export async function compileDesigns(
  names: string[],
  { site, sources }: { site: Site; sources: Sources },
  report: Report,
): Promise<[Design, CompiledMail][]> {
  const compiled = names.map(async (name): Promise<[Design, CompiledMail][]> => {
    const key: Design = `${designs}${name}`;
    const file = templateFile(key);
    const parts = splitFrontMatter(sources.get(file) ?? "");
    const source = { file, text: parts?.front ?? "", firstLine: parts?.frontLine ?? 1 };
    const front: MailFrontOf | undefined = readYaml(MailFront, source, report).value;
    if (!front) return [];
    const values = {
      ...siteValues(site),
      "mail:title": escapeHtml(front.title),
      "mail:preheader": escapeHtml(front.preheader),
    };
    const template = assembleTemplate(key, sources, report);
    const mail = await compileMail({ file, subject: front.subject, template, values }, report);
    return mail ? [[key, mail]] : [];
  });
  return (await Promise.all(compiled)).flat();
}
