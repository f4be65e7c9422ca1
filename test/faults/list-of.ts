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
      return tables.campaigns.get(mailing.campaign)?.list;
    default:
      return undefined;
  }
}
