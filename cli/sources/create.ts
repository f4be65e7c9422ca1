import { type Command, Option } from "commander";
import { dynamoSources } from "../../adapters/dynamodb/sources.ts";
import type { Source } from "../../core/source/source.ts";
import { addSourceSecret, removeSourceSecrets, secretsOf } from "../../core/source/source-secrets.ts";
import { changeKeyRing } from "../change-key-ring.ts";
import { Failure, misuse } from "../failure.ts";
import { print } from "../print.ts";
import type { SharedOptions } from "../shared-options.ts";
import { clockOf } from "../where-clock.ts";
import { addWhereOptions, type Where } from "../where-options.ts";
import { withTable } from "../with-table.ts";
import { baseUrl } from "./find-source.ts";
import { readSecret } from "./read-secret.ts";
import { kinds, readSource, type SourceOptions } from "./source-options.ts";

type Options = SharedOptions & Where & SourceOptions & { secretFromStdin?: boolean };

const examples = `
Examples:
  stepletter sources create shop --kind standard
  stepletter sources create survey --kind typeform --map course="'records'"
  stepletter sources create blog --kind form --site https://blog.example --thank-you https://blog.example/thanks
  stepletter sources create own --kind hmac --header X-Signature --encoding hex --id id --at sent_at --map email=who.mail`;

/** `stepletter sources create` */
export function addSourcesCreate(sources: Command): void {
  addWhereOptions(sources.command("create"))
    .description("Makes a source; of a webhook it prints the secret once")
    .argument("<name>", "in its address, and in the evidence of consent")
    .addOption(
      new Option("--kind <kind>", "how its calls are signed; form is not signed, but sent by browsers")
        .choices([...kinds])
        .makeOptionMandatory(),
    )
    .option("--site <origin...>", "sites whose scripts may send the form, such as https://blog.example")
    .option("--thank-you <url...>", "page to go to after a signup by the form")
    .option("--after-confirm <url...>", "page to go to after the confirmation")
    .option(
      "--map <field=expression...>",
      "where a payload has email, name, zone, course, digest, reminders (JMESPath)",
    )
    .option("--header <name>", "hmac: the header that has the signature")
    .option("--prefix <text>", "hmac: what stands before the signature there")
    .addOption(
      new Option("--encoding <encoding>", "hmac: of the signature; hex unless told").choices([
        "hex",
        "base64",
      ]),
    )
    .option("--signs <text>", "hmac: what is signed, such as {header:X-Time}.{body}; {body} unless told")
    .option("--id <expression>", "hmac: where a payload has its id (JMESPath)")
    .option("--at <expression>", "hmac: where a payload has its time (JMESPath)")
    .option("--secret-from-stdin", "takes the secret that the other site has made")
    .addHelpText("after", examples)
    .action(async (name: string, _, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const source = readSource(name, options, clockOf(options).now());
      const url = await baseUrl(command, options);
      const secret = await create(options, source);
      const made = { name, kind: source.kind, url: addressOf(url, source), ...(secret && { secret }) };
      print(options.json, made, wordsOn(made));
    });
}

/** Where a source is called. */
export function addressOf(base: string, { name, kind }: Pick<Source, "name" | "kind">): string {
  return `${base}/${kind === "form" ? "signup" : "hooks"}/${name}`;
}

/** Answers the new secret; none for a form, or where the key ring had some for a plain source of this name. */
async function create(options: Options, source: Source): Promise<string | undefined> {
  const { name, kind } = source;
  if (kind === "form" && options.secretFromStdin) throw misuse("A form has no secret.");
  const secret = kind === "form" ? undefined : await readSecret(kind, options.secretFromStdin);
  await withTable(options, async (table) => {
    if (await dynamoSources(table).create(source)) return;
    throw new Failure(
      "source.exists",
      `There is a source ${name} already: stepletter sources show ${name}. Choose another name, or remove it first.`,
    );
  });
  if (secret === undefined) return undefined;
  try {
    const ring = await changeKeyRing(options, (ring) => {
      if (kind === "standard" && !options.secretFromStdin && secretsOf(ring, name).length > 0) return ring;
      return addSourceSecret(kind === "hmac" ? removeSourceSecrets(ring, name) : ring, name, secret);
    });
    return secretsOf(ring, name).includes(secret) ? secret : undefined;
  } catch (error) {
    // Without a secret it would be of no use, and in the way of another try.
    await withTable(options, (table) => dynamoSources(table).remove(name));
    throw error;
  }
}

function wordsOn({
  name,
  kind,
  url,
  secret,
}: {
  name: string;
  kind: string;
  url: string;
  secret?: string;
}): string {
  const told =
    secret !== undefined
      ? `Its secret, shown this once; give it to the site, and to nobody else:\n  ${secret}\n`
      : kind === "form"
        ? ""
        : "The key ring has secrets of this name already: they are good.\n";
  const next = kind === "form" ? [] : [`Try it: stepletter sources test ${name}`];
  return [
    `The source ${name} is at ${url}`,
    `${told}How to set it up: stepletter sources show ${name}`,
    ...next,
  ].join("\n");
}
