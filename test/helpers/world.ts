import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { type ParsedMail, simpleParser } from "mailparser";
import { dynamodbClient } from "../../adapters/clients.ts";
import { readConfig } from "../../adapters/config.ts";
import { connect, type Deps } from "../../adapters/connect.ts";
import { addHours, type Instant } from "../../core/time/instant.ts";
import { catalogue } from "../../dist/catalogue.ts";
import { calendarClock } from "../../local/clock.ts";
import { functionLoader } from "../../local/load-functions.ts";
import { type Runtime, startRuntime } from "../../local/runtime.ts";

/** The whole service on this machine, with a calendar that the test moves on. */
export interface World {
  runtime: Runtime;
  app: string;
  inbox: string;
  /** The course of the front page. */
  course: string;
  /** Everything as an operator reaches it. */
  deps: Deps;
  /** Lets the calendar run to an instant, and everything that is due on the way be done. */
  until(instant: Instant): Promise<void>;
  afterHours(hours: number): Promise<void>;
  /** The newest mail to an address of a mailing, or of a kind of mailing such as `course` or `confirm`. */
  mail(address: string, kind: string): Promise<ParsedMail>;
  /** How many mails of a kind went to an address. */
  count(address: string, kind: string): number;
  /** Addresses of our own pages in both parts of a mail. */
  linksIn(mail: ParsedMail): string[];
  /** Every row of the table, by its key. */
  rows(): Promise<Map<string, unknown>>;
  close(): Promise<void>;
}

/** Starts it on a Monday morning in New York; no feed is polled. */
export async function startWorld(startAt: Instant = "2027-03-01T14:00:00.000Z"): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), "stepletter-world-"));
  const clock = calendarClock({ startAt });
  const load = functionLoader({ catalogue: { ...catalogue, feeds: [] } });
  const runtime = await startRuntime({ dataDir, clock, load, quiet: true });
  const { ses } = runtime;
  if (!ses) throw new Error("These tests need the local mailboxes: unset AWS_ENDPOINT_URL_SESV2.");
  const mailsTo = (address: string, kind: string) =>
    ses.mails().filter(({ to, tags }) => to.includes(address) && `${tags.mailing}_`.startsWith(`${kind}_`));
  const until = async (instant: Instant) => {
    await runtime.runUntil(instant, () => {});
    await runtime.idle();
  };
  const environment = runtime.operatorEnvironment();
  const config = readConfig(environment);
  const table = dynamodbClient(config);
  return {
    runtime,
    course: catalogue.site.defaults.course,
    deps: connect(environment, { clock }),
    app: runtime.urls.app,
    inbox: runtime.urls.mail,
    until,
    afterHours: (hours) => until(addHours(clock.now(), hours)),
    async mail(address, kind) {
      await runtime.idle();
      const mail = mailsTo(address, kind).at(-1);
      if (!mail) throw new Error(`No mail of the kind ${kind} came to ${address}`);
      return simpleParser(await readFile(mail.emlPath));
    },
    count: (address, kind) => mailsTo(address, kind).length,
    linksIn({ html, text = "" }) {
      const links = [...`${html} ${text}`.matchAll(/https?:\/\/[^\s"<>)]+/g)].map(([link]) => link);
      return [...new Set(links)].filter((link) => link.startsWith(runtime.urls.app));
    },
    async rows() {
      const rows = new Map<string, unknown>();
      let start: Record<string, unknown> | undefined;
      do {
        const answer = await table.send(
          new ScanCommand({ TableName: config.TABLE_NAME, ...(start && { ExclusiveStartKey: start }) }),
        );
        for (const row of answer.Items ?? []) rows.set(`${row.pk} ${row.sk}`, row);
        start = answer.LastEvaluatedKey;
      } while (start);
      return rows;
    },
    async close() {
      table.destroy();
      await runtime.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
