import { basename } from "node:path";
import { setFlagsFromString } from "node:v8";
import type { Command } from "commander";
import * as z from "zod";
import { callApi } from "../api-client.ts";
import { callPatiently } from "../call-patiently.ts";
import { misuse } from "../failure.ts";
import { print } from "../print.ts";
import { startProgress } from "../progress-bar.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { type Imported, importFile } from "./import/import-file.ts";
import { tallyWords } from "./import/tally.ts";

const examples = `
Examples:
  stepletter subscribers import people.csv --list digest --consent "Ticked the box of our shop" --dry-run
  stepletter subscribers import subscribed_segment_export.csv --course medical-records-technician --tag mailchimp \\
    --consent "Double opt-in at Mailchimp, form on example.org"

The first line names the columns: Email, and if you like Name (or First Name, Last Name), Timezone, Tags, Topics,
Confirmed at, IP, Status. Exports of listmonk and Mailchimp are read as they are. A dry run writes nothing and tells
of each row what would become of it, in FILE.dry-run.csv; an import tells of those that are not in, in FILE.report.csv.
Stopped in the middle, the same command goes on from there. Docs: docs/subscribers.md`;

const typedAs = { lists: "--list", tags: "--tag", consent: "--consent", name: "--name" };

const Outcomes = z.object({
  outcomes: z.array(
    z.object({
      kind: z.enum(["new", "joined", "known", "pending", "left", "suppressed", "erased", "invalid"]),
      reason: z.string().exactOptional(),
    }),
  ),
});

interface Options extends SharedOptions {
  list?: string[];
  course?: string[];
  tag?: string[];
  consent: string;
  name?: string;
  dryRun?: boolean;
}

const several = (value: string, before: string[] = []) => [...before, value];

/** `stepletter subscribers import` */
export function addSubscribersImport(subscribers: Command): void {
  subscribers
    .command("import")
    .description("Brings people along who agreed elsewhere, from a table (CSV)")
    .argument("<file>", "the table: one person a row; commas, semicolons or tabs")
    .option("--list <name>", "what they join: digest, or a course; may be repeated", several)
    .option("--course <name>", "the same as --list, for a course", several)
    .option("--tag <tag>", "tags all of them; may be repeated", several)
    .requiredOption("--consent <words>", "how they agreed to be written to, in your words: kept as evidence")
    .option("--name <name>", "names the import in the evidence; without it the file's name")
    .option("--dry-run", "tells what would become of each row, and writes nothing")
    .addHelpText("after", examples)
    .action(async (file: string, _, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const connection = connectionOf(options);
      const lists = [...new Set([...(options.list ?? []), ...(options.course ?? [])])];
      if (lists.length === 0) throw misuse("Say what they join, with --list digest or --course NAME.");
      const dryRun = options.dryRun ?? false;
      // Else garbage lies for as long as the machine has room for it: 400 MB, of which 50 are in use.
      setFlagsFromString("--optimize-for-size");
      const offer = {
        ...{ lists, tags: [...new Set(options.tag ?? [])], consent: options.consent },
        name: options.name ?? nameOf(file),
      };
      let answered = false;
      const imported = await importFile({
        ...{ file, offer, dryRun, now: new Date().toISOString() },
        async send(rows) {
          const body = { ...offer, dryRun, rows };
          const call = { method: "POST", path: "/v1/subscribers/import", body, typedAs } as const;
          const once = () => callApi(connection, Outcomes, call);
          // Who is not there at all is not waited for.
          const { outcomes } = (await (answered ? callPatiently(once) : once())).body;
          answered = true;
          return outcomes;
        },
        progress: (total, from) => startProgress(process.stderr, { total, from, noun: "rows" }),
      });
      print(options.json, { file, dryRun, ...imported }, wordsOn(imported, dryRun));
    });
}

function wordsOn({ tally, report, resumedAfter }: Imported, dryRun: boolean): string {
  const resumed =
    resumedAfter > 0 ? [`Went on after row ${resumedAfter.toLocaleString("en")} of an earlier run.`] : [];
  const next = dryRun
    ? [`What would become of each: ${report}`, "Nothing was written. Without --dry-run they are imported."]
    : [`What is not in, and why: ${report}`];
  return [...resumed, ...tallyWords(tally, dryRun), ...next].join("\n");
}

/** "Spring Event (final).csv" names an import `spring-event-final`. */
function nameOf(file: string): string {
  const slug = basename(file)
    .replace(/\.[^.]*$/, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replaceAll(/^-|-$/g, "");
  return slug === "" ? "file" : slug;
}
