import type { Command } from "commander";
import { courseNamed } from "../../core/catalogue.ts";
import { formSnippet } from "../../core/source/form-snippet.ts";
import type { Source } from "../../core/source/source.ts";
import { signupConsent } from "../../core/subscriber/consent-text.ts";
import { builtCatalogue } from "../built-catalogue.ts";
import { Failure } from "../failure.ts";
import { print } from "../print.ts";
import type { SharedOptions } from "../shared-options.ts";
import { addWhereOptions, type Where } from "../where-options.ts";
import { addressOf } from "./create.ts";
import { baseUrl, findSource } from "./find-source.ts";

type Options = SharedOptions & Where & { course?: string };

/** `stepletter sources show` */
export function addSourcesShow(sources: Command): void {
  addWhereOptions(sources.command("show"))
    .description("Shows a source, and how to set it up: address, header, and of a form its HTML")
    .argument("<name>")
    .option("--course <name>", "the course that the HTML of a form is for; the site's default unless told")
    .action(async (name: string, _, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const source = await findSource(options, name);
      const base = await baseUrl(command, options);
      const url = addressOf(base, source);
      const snippet = source.kind === "form" ? await snippetOf(source, base, options.course) : undefined;
      print(
        options.json,
        { ...source, url, ...(snippet && { snippet }) },
        [
          ...wordsOn(source, url),
          ...(snippet ? ["", "Put this into the page:", "", snippet.trimEnd()] : []),
        ].join("\n"),
      );
    });
}

function wordsOn({ name, kind, sites, thankYou, afterConfirm, map, hmac }: Source, url: string): string[] {
  const line = (label: string, text: string) => `${label.padEnd(16)}${text}`;
  const list = (label: string, all: string[]) => (all.length > 0 ? [line(label, all.join(", "))] : []);
  const signed = hmac
    ? [
        line("Header", hmac.header),
        line(
          "Signature",
          `${hmac.prefix}${hmac.encoding} of HMAC-SHA256 over ${hmac.signs}, the secret as text`,
        ),
        line("Id, time", `${hmac.id}, ${hmac.at}`),
      ]
    : kind === "standard"
      ? [
          line("Headers", "webhook-id, webhook-timestamp, webhook-signature"),
          line("Signature", "as Standard Webhooks have it"),
        ]
      : [];
  return [
    line("Source", name),
    line("Kind", kind),
    line("Address", `POST ${url}`),
    ...signed,
    ...Object.entries(map ?? {}).map(([field, expression]) => line(`  ${field}`, expression)),
    ...list("Sites", sites),
    ...list("Thank-you", thankYou),
    ...list("After confirm", afterConfirm),
    ...(kind === "form"
      ? []
      : [line("Secret", `in the key ring; a new one: stepletter sources rotate ${name}`)]),
  ];
}

async function snippetOf(source: Source, publicUrl: string, named: string | undefined): Promise<string> {
  const { courses, site } = await builtCatalogue();
  const name = named ?? site.defaults.course;
  const course = courseNamed({ courses }, name);
  if (course) return formSnippet({ publicUrl, source, course: name, consent: signupConsent(site, course) });
  throw new Failure(
    "course.missing",
    `There is no course ${name}: choose ${Object.keys(courses).join(", ")}.`,
  );
}
