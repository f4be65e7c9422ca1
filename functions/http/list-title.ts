import { type Catalogue, courseNamed } from "../../core/catalogue.ts";
import { digestList } from "../../core/digest/digest-subscription.ts";
import { remindersList } from "../../core/reminder/reminder-date.ts";

/** How a reader knows a list. */
export function listTitle(catalogue: Pick<Catalogue, "courses">, list: string): string {
  if (list === digestList) return "The digest of news";
  if (list === remindersList) return "Reminders of your dates";
  return courseNamed(catalogue, list)?.title ?? list;
}
