const dayFormat = new Intl.DateTimeFormat("en", {
  weekday: "long",
  month: "long",
  day: "numeric",
  timeZone: "UTC",
});
const format = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });

/** A calendar day (`2027-05-07`) in words: "May 7, 2027". What is no day stays as it is. */
export function dateWords(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? day : format.format(date);
}

/** A day that is near, in words: "Tuesday, March 9". */
export function weekdayWords(day: string): string {
  return dayFormat.format(new Date(`${day}T00:00:00Z`));
}
