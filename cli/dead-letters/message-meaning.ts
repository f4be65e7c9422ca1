import * as z from "zod";
import { dynamoDeliveries } from "../../adapters/dynamodb/deliveries.ts";
import { dynamoFeeds } from "../../adapters/dynamodb/feeds.ts";
import { dynamoPackets } from "../../adapters/dynamodb/packets.ts";
import { dynamoSubscribers } from "../../adapters/dynamodb/subscribers.ts";
import type { Table } from "../../adapters/dynamodb/table.ts";
import { deliveryKey } from "../../core/delivery/delivery.ts";
import { Doorbell } from "../../core/delivery/packet.ts";
import { FeedPoll } from "../../core/feed/poll-feed.ts";
import { tokenInSubject } from "../../core/subscriber/token-in-subject.ts";
import { type ReceivedMail, subjectOf } from "../../functions/mail/received-mail.ts";
import { shortInstant } from "../delivery-words.ts";
import { deadMail } from "./dead-mail.ts";

/** An SES event, as far as it takes to find its row; its addresses are left where they are. */
const Event = z.object({
  detail: z.object({
    eventType: z.string(),
    mail: z.object({
      tags: z.object({ mailing: z.tuple([z.string()]), subscriber: z.tuple([z.string()]) }),
    }),
  }),
});

/** What a dead letter is about, and how it stands with that by now: the row is the truth. */
export async function meaningOf(table: Table, body: string): Promise<string> {
  const message = parse(body);
  const doorbell = Doorbell.safeParse(message).data;
  if (doorbell) return packetMeaning(table, doorbell.packetId);
  const poll = FeedPoll.safeParse(message).data;
  if (poll) return feedMeaning(table, poll.feedId);
  const mail = deadMail(message);
  if (mail) return mailMeaning(table, mail);
  const event = Event.safeParse(message).data;
  if (event) return eventMeaning(table, event.detail);
  return "not one of our messages: it cannot be read, and never will be";
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

async function packetMeaning(table: Table, id: string): Promise<string> {
  const packet = await dynamoPackets(table).load(id);
  if (!packet) return `packet ${id}: no such row; it was done long ago`;
  const { mailing, state, dueAt } = packet;
  if (state === "done") return `packet ${id} of ${mailing}: done, nothing is left to do`;
  return `packet ${id} of ${mailing}: open; dispatch rings for it anyway${dueAt ? `, ${shortInstant(dueAt)}` : ""}`;
}

async function feedMeaning(table: Table, id: string): Promise<string> {
  const state = await dynamoFeeds(table).loadState(id);
  if (!state) return `feed ${id}: never polled; it is asked for anyway`;
  return `feed ${id}: ${state.health}, last polled ${shortInstant(state.lastPolledAt)}; it is asked for anyway`;
}

async function eventMeaning(
  table: Table,
  { eventType, mail }: z.infer<typeof Event>["detail"],
): Promise<string> {
  const key = { mailing: mail.tags.mailing[0], subscriberId: mail.tags.subscriber[0] };
  const row = (await dynamoDeliveries(table).loadMany([key])).get(deliveryKey(key));
  const about = `${eventType} of ${key.mailing} to ${key.subscriberId}`;
  if (!row) return `${about}: no such delivery is in the ledger, so it would change nothing`;
  const seen = Object.keys(row.events ?? {});
  return `${about}: the delivery is ${row.state}, events seen: ${seen.join(", ") || "none"}`;
}

/** What a mail asks for, whether or not its token is ours: the table does not know. */
async function mailMeaning(table: Table, mail: ReceivedMail): Promise<string> {
  const [, id = "", list = ""] = tokenInSubject(subjectOf(mail))?.split(".") ?? [];
  if (id === "") return "a mail that does not ask to leave anything: it would change nothing";
  const state = (await dynamoSubscribers(table).load(id))?.lists[list]?.state;
  const now = { joined: "still on it", wanted: "not confirmed", left: "has left it by now" };
  return `a mail by which ${id} asks to leave ${list}: ${state ? now[state] : "was never on it"}`;
}
