import type { CeEntry } from "../../core/ce/ce-entry.ts";
import type { Enrolment } from "../../core/course/enrolment.ts";
import type { Delivery } from "../../core/delivery/delivery.ts";
import type { Packet } from "../../core/delivery/packet.ts";
import type { NewsItem } from "../../core/feed/feed-item.ts";
import type { Nudge } from "../../core/nudge/nudge.ts";
import type { ReminderDate } from "../../core/reminder/reminder-date.ts";
import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import type { Suppression } from "../../core/suppression/suppression.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { CampaignRow } from "./model/campaigns.ts";
import type { DigestRow } from "./model/dates-and-digests.ts";
import type { SendingRows } from "./model/sending.ts";
import { taskOf } from "./model/subscribers.ts";

/** All rows of a model, by kind. */
export interface Tables {
  subscribers: Map<string, Subscriber>;
  suppressions: Map<string, Suppression>;
  enrolments: Map<string, Enrolment>;
  nudges: Map<string, Nudge>;
  packets: Map<string, Packet>;
  deliveries: Map<string, Delivery>;
  campaigns: Map<string, CampaignRow>;
  dates: Map<string, ReminderDate>;
  ceLog: Map<string, CeEntry>;
  digests: Map<string, DigestRow>;
  news: Map<string, NewsItem[]>;
  sending: SendingRows;
  slots: Map<string, string>;
  pace: { freeAt: number };
}

/** Tables without a row. */
export function emptyTables(): Tables {
  return {
    subscribers: new Map(),
    suppressions: new Map(),
    enrolments: new Map(),
    nudges: new Map(),
    packets: new Map(),
    deliveries: new Map(),
    campaigns: new Map(),
    dates: new Map(),
    ceLog: new Map(),
    digests: new Map(),
    news: new Map(),
    sending: { stops: new Map() },
    slots: new Map(),
    pace: { freeAt: 0 },
  };
}

/** When the next thing is due that dispatch has to look after; undefined if nothing is. */
export function nextDue(tables: Tables): Instant | undefined {
  let next: Instant | undefined;
  const see = (dueAt: Instant | undefined) => {
    if (dueAt !== undefined && (next === undefined || dueAt < next)) next = dueAt;
  };
  for (const subscriber of tables.subscribers.values()) see(taskOf(subscriber).dueAt);
  for (const { frozenAt, freezeAt, lookAt } of tables.campaigns.values())
    see(lookAt ?? (frozenAt ? undefined : freezeAt));
  for (const kind of ["enrolments", "nudges", "packets", "deliveries", "dates", "digests"] as const)
    for (const row of tables[kind].values()) see(row.dueAt);
  return next;
}
