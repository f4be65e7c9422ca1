import { dynamodbClient, sesClient } from "../adapters/clients.ts";
import { type Environment, readConfig } from "../adapters/config.ts";
import { mailingId } from "../core/delivery/mailing.ts";
import type { Subscriber } from "../core/subscriber/subscriber.ts";
import {
  type Ground,
  type Ledger,
  ledgerOfStatements,
  ledgerOfUpdates,
  type Post,
  postInBulk,
  postOneByOne,
} from "./candidates/candidates.ts";
import { newsletter } from "./fixture/newsletter.ts";
import { keys } from "./fixture/readers.ts";
import type { CpuMeter } from "./measure.ts";

/** A ledger and a post, and how many recipients go through them together. */
export interface Candidate {
  name: string;
  ledger: Ledger;
  post: Post;
  chunk: number;
  /** People whose mail is in doubt when one answer of SES is lost. */
  perCall: number;
}

/** What a function has as its environment, with a sink for all of AWS. */
export function environmentAt(url: string): Environment {
  const queue = `${url}/000000000000/queue`;
  return {
    TABLE_NAME: "stepletter-bench",
    SEND_NOW_QUEUE_URL: queue,
    SEND_BULK_QUEUE_URL: queue,
    FEED_QUEUE_URL: queue,
    PUBLIC_URL: "https://letters.example.com",
    CONFIGURATION_SET: "stepletter",
    KEYS_PARAMETER: "/stepletter/keys",
    POWERTOOLS_METRICS_NAMESPACE: "stepletter",
    SES_TIMEOUT_SECONDS: "15",
    WORK_SECONDS: "40",
    LEASE_SECONDS: "90",
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_ENDPOINT_URL_SESV2: url,
  };
}

/** Clients as the functions make them, against a sink. */
export function groundAt(url: string): Ground {
  const config = readConfig(environmentAt(url));
  const sender = { name: "Stepletter", address: "steps@letters.example.com" };
  const window = { days: ["mon" as const], from: "09:00", to: "12:00" };
  const site = {
    name: "Stepletter",
    sender,
    replyTo: "hello@letters.example.com",
    unsubscribeMailbox: "leave@letters.example.com",
    postalAddress: [],
    defaults: { course: "weekly", zone: "America/New_York", window },
    tracking: { opens: false, clicks: false },
    theme: { accent: "", accentDark: "", font: "" },
  };
  return {
    table: { client: dynamodbClient(config), name: config.TABLE_NAME },
    ses: sesClient(config),
    sender: { configurationSet: config.CONFIGURATION_SET, from: sender, replyTo: site.replyTo },
    stationery: { catalogue: { site, mails: { newsletter } }, keys, publicUrl: config.PUBLIC_URL },
    mailing: { kind: "digest", edition: "2027-W10" },
  };
}

/** Single calls, batches, both mixtures, batches of fewer, and the outer two for packets of one. */
export function candidatesOn(ground: Ground): Candidate[] {
  const updates = ledgerOfUpdates(ground);
  const statements = ledgerOfStatements(ground);
  const single = postOneByOne(ground);
  const bulk = postInBulk(ground);
  return [
    { name: "updates, SendEmail", ledger: updates, post: single, chunk: 10, perCall: 1 },
    { name: "statements, SendEmail", ledger: statements, post: single, chunk: 50, perCall: 1 },
    { name: "updates, SendBulkEmail", ledger: updates, post: bulk, chunk: 50, perCall: 50 },
    { name: "statements, SendBulkEmail", ledger: statements, post: bulk, chunk: 50, perCall: 50 },
    { name: "the same, 25 a call", ledger: statements, post: bulk, chunk: 25, perCall: 25 },
    { name: "the same, 10 a call", ledger: statements, post: bulk, chunk: 10, perCall: 10 },
    { name: "packets of one: updates, SendEmail", ledger: updates, post: single, chunk: 1, perCall: 1 },
    {
      name: "packets of one: statements, SendBulkEmail",
      ledger: statements,
      post: bulk,
      chunk: 1,
      perCall: 1,
    },
  ];
}

/** Takes all readers through a candidate, chunk by chunk, and charges each part to the meter. */
export async function runThrough(
  { ledger, post, chunk }: Candidate,
  ground: Ground,
  to: Subscriber[],
  meter: CpuMeter,
): Promise<void> {
  const held = { mailing: mailingId(ground.mailing), owner: "pkt_bench.1", at: new Date().toISOString() };
  for (let from = 0; from < to.length; from += chunk) {
    const readers = to.slice(from, from + chunk);
    await meter.part("claim", () =>
      ledger.claim(
        readers.map(({ id }) => id),
        held,
      ),
    );
    const send = await meter.part("compose", () => post.compose(readers));
    const ids = await meter.part("send", send);
    const sent = readers.map(({ id }, index) => ({ subscriberId: id, messageId: ids[index] ?? "" }));
    await meter.part("settle", () => ledger.settle(sent, held));
  }
}
