import type { SESv2Client } from "@aws-sdk/client-sesv2";
import { dynamoDeliveries } from "../../adapters/dynamodb/deliveries.ts";
import type { Table } from "../../adapters/dynamodb/table.ts";
import { type Sender, sesMailer } from "../../adapters/ses/mailer.ts";
import { composer, type Stationery } from "../../core/delivery/compose.ts";
import type { Mailing } from "../../core/delivery/mailing.ts";
import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import { letter, newsletter } from "../fixture/newsletter.ts";
import { bulkTemplate } from "./bulk-template.ts";
import { sendBulk } from "./send-bulk.ts";
import { claimAll, settleAllSent } from "./statements.ts";

/** What the parts of the send path need. */
export interface Ground {
  table: Table;
  ses: SESv2Client;
  sender: Sender;
  stationery: Stationery;
  mailing: Mailing;
}

/** Under which name a chunk is claimed and settled, and when. */
export interface Held {
  mailing: string;
  owner: string;
  at: string;
}

/** A way to claim and settle the deliveries of a chunk. */
export interface Ledger {
  claim(ids: string[], held: Held): Promise<unknown>;
  settle(sent: { subscriberId: string; messageId: string }[], held: Held): Promise<unknown>;
}

/** A way to hand over a chunk: what `compose` makes is called to send, and answers SES's ids in the same order. */
export interface Post {
  compose(to: Subscriber[]): () => Promise<string[]>;
}

/** A conditional UpdateItem for each, as the ledger's adapter does. */
export function ledgerOfUpdates({ table }: Ground): Ledger {
  const deliveries = dynamoDeliveries(table);
  return {
    claim: (ids, { mailing, owner, at }) =>
      Promise.all(
        ids.map((subscriberId) =>
          deliveries.claim({ subscriberId, mailing, owner, attempt: 1, claimedAt: at }),
        ),
      ),
    settle: (sent, { mailing, owner, at }) =>
      Promise.all(
        sent.map(({ subscriberId, messageId }) =>
          deliveries.settle({ subscriberId, mailing, owner }, { state: "sent", messageId }, at),
        ),
      ),
  };
}

/** PartiQL, 25 statements a call. */
export function ledgerOfStatements({ table }: Ground): Ledger {
  return {
    claim: (ids, { mailing, owner, at }) =>
      claimAll(table, ids, { mailing, owner, attempt: 1, claimedAt: at }),
    settle: (sent, held) => settleAllSent(table, sent, held),
  };
}

/** SendEmail for each, as the mailer does. */
export function postOneByOne({ ses, sender, stationery, mailing }: Ground): Post {
  const mailer = sesMailer(ses, sender);
  const compose = composer(mailing, letter, stationery);
  return {
    compose(to) {
      const mails = to.map(compose);
      return async () =>
        (await mailer.send(mails)).map((result) => {
          if (result.outcome === "accepted") return result.messageId;
          throw new Error(`The sink refused a mail: ${result.code}`);
        });
    },
  };
}

/** SendBulkEmail with the template in the call. */
export function postInBulk({ ses, sender, stationery, mailing }: Ground): Post {
  const template = bulkTemplate(newsletter);
  // The composer makes links and headers; the texts it fills are those that are left to SES here.
  const envelope = composer(mailing, letter, {
    ...stationery,
    catalogue: { ...stationery.catalogue, mails: { newsletter: links } },
  });
  return {
    compose(to) {
      const entries = to.map((reader) => {
        const { html, text, subject, ...rest } = envelope(reader);
        const [unsubscribeUrl = "", progressUrl = ""] = text.split(" ");
        const values = { greeting: subject, publicUrl: stationery.publicUrl, unsubscribeUrl, progressUrl };
        return { ...rest, data: template.dataOf({ ...values, ...letter.personal?.(reader) }) };
      });
      return () => sendBulk(ses, sender, template.content, entries);
    },
  };
}

const nothing = { literals: [""], slots: [] };
/** A mail of nothing but what the composer alone knows. */
const links = {
  subject: { literals: ["", ""], slots: [{ name: "greeting" as const, as: "text" as const }] },
  html: nothing,
  text: {
    literals: ["", " ", ""],
    slots: [
      { name: "unsubscribeUrl" as const, as: "text" as const },
      { name: "progressUrl" as const, as: "text" as const },
    ],
  },
};
