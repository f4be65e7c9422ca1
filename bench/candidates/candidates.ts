import type { SESv2Client } from "@aws-sdk/client-sesv2";
import { dynamoDeliveries } from "../../adapters/dynamodb/deliveries.ts";
import { rowVersion, type Table, updateRow } from "../../adapters/dynamodb/table.ts";
import { type Sender, sesMailer } from "../../adapters/ses/mailer.ts";
import { composer, type Stationery } from "../../core/delivery/compose.ts";
import type { Mailing } from "../../core/delivery/mailing.ts";
import { fill, type MailValues } from "../../core/delivery/render.ts";
import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import { letter, newsletter } from "../fixture/newsletter.ts";
import { sendOne } from "./send-one.ts";

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

/** A conditional UpdateItem for each, as the ledger's adapter did before it took to statements. */
export function ledgerOfUpdates({ table }: Ground): Ledger {
  return {
    claim: (ids, { mailing, owner, at }) =>
      Promise.all(
        ids.map((id) =>
          updateRow(
            table,
            { pk: `SUB#${id}`, sk: `MAIL#${mailing}` },
            {
              set: { v: rowVersion, state: "sending", owner, attempt: 1, claimedAt: at },
              remove: ["reason", "settledAt", "due", "dueAt"],
            },
            {
              when: "attribute_not_exists(#pk) OR (#state = :released AND #attempt <= :attempt) OR (#state = :unknown AND #attempt < :attempt)",
              values: { released: "released", unknown: "unknown", attempt: 1 },
            },
          ),
        ),
      ),
    settle: (sent, { mailing, owner, at }) =>
      Promise.all(
        sent.map(({ subscriberId, messageId }) =>
          updateRow(
            table,
            { pk: `SUB#${subscriberId}`, sk: `MAIL#${mailing}` },
            { set: { state: "sent", settledAt: at, messageId }, remove: ["due", "dueAt", "reason"] },
            {
              when: "#owner = :owner AND #state IN (:sending, :unknown)",
              values: { owner, sending: "sending", unknown: "unknown" },
            },
          ),
        ),
      ),
  };
}

/** PartiQL, 25 statements a call, as the ledger's adapter does. */
export function ledgerOfStatements({ table }: Ground): Ledger {
  const deliveries = dynamoDeliveries(table);
  return {
    claim: (ids, { mailing, owner, at }) =>
      deliveries.claimMany({ mailing, owner, attempt: 1, claimedAt: at }, ids),
    settle: (sent, { mailing, owner, at }) =>
      deliveries.settleMany(
        { mailing, owner },
        sent.map(({ subscriberId, messageId }) => [subscriberId, { state: "sent", messageId }]),
        at,
      ),
  };
}

/** SendEmail for each, as the mailer did before it sent in bulk. */
export function postOneByOne({ ses, sender, stationery, mailing }: Ground): Post {
  const links = linksOf(stationery, mailing);
  return {
    compose(to) {
      const mails = to.map((reader) => {
        const { values, ...rest } = links(reader);
        const { subject, html, text } = newsletter;
        return {
          ...rest,
          subject: fill(subject, values),
          html: fill(html, values),
          text: fill(text, values),
        };
      });
      return () => Promise.all(mails.map((mail) => sendOne(ses, sender, mail)));
    },
  };
}

/** SendBulkEmail with the template in the call, by the composer and the mailer of the service. */
export function postInBulk({ ses, sender, stationery, mailing }: Ground): Post {
  const { template, compose } = composer(mailing, letter, stationery);
  const mailer = sesMailer(ses, sender);
  return {
    compose(to) {
      const mails = to.map(compose);
      return async () => {
        const results = await mailer.send(template, mails);
        return results.map((result) => (result.outcome === "accepted" ? result.messageId : result.outcome));
      };
    },
  };
}

const nothing = { literals: [""], slots: [] };
/** What the composer alone knows, as values of a mail of nothing else. */
const own = ["greeting", "unsubscribeUrl", "progressUrl"] as const;

/** The composer makes links and headers; the texts that they go into are each way's own. */
function linksOf(stationery: Stationery, mailing: Mailing) {
  const text = { literals: ["", "", "", ""], slots: own.map((name) => ({ name, as: "text" as const })) };
  const { compose } = composer(mailing, letter, {
    ...stationery,
    catalogue: { ...stationery.catalogue, mails: { newsletter: { subject: nothing, html: nothing, text } } },
  });
  return (reader: Subscriber) => {
    const { values, ...rest } = compose(reader);
    const links = Object.fromEntries(own.map((name) => [name, values[`${name}_text`] ?? ""]));
    const all: MailValues = { ...links, publicUrl: stationery.publicUrl, ...letter.personal?.(reader) };
    return { ...rest, values: all };
  };
}
