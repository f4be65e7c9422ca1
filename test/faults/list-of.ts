import { parseMailing } from "../../core/delivery/mailing.ts";
import type { Tables } from "./tables.ts";

/** The list that a mailing is for; undefined where none has to be joined. */
export function listOf(tables: Tables, id: string): string | undefined {
  const mailing = parseMailing(id);
  switch (mailing?.kind) {
    case "course":
      return mailing.course;
    case "digest":
      return "digest";
    case "deadline":
      return "reminders";
    case "campaign":
      return tables.campaigns.get(mailing.campaign)?.segment.list;
    default:
      return undefined;
  }
}

/** Whether the date that a mailing reminds of is done, or in its next cycle. */
export function isDone(tables: Tables, subscriberId: string, id: string): boolean {
  const mailing = parseMailing(id);
  if (mailing?.kind !== "deadline") return false;
  const date = tables.dates.get(`${subscriberId} ${mailing.deadline}`);
  return date?.doneAt !== undefined || (date !== undefined && date.date !== mailing.date);
}
