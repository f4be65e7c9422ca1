const nearFormat = new Intl.DateTimeFormat("en", {
  weekday: "long",
  month: "long",
  day: "numeric",
  timeZone: "UTC",
});
const farFormat = new Intl.DateTimeFormat("en", { dateStyle: "full", timeZone: "UTC" });
const format = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });

/** A calendar day (`2027-05-07`) in words: "May 7, 2027". What is no day stays as it is. */
export function dateWords(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? day : format.format(date);
}

/** A day with its weekday, in words: "Tuesday, March 9", and with the year where it is not that of today. */
export function weekdayWords(day: string, today: string): string {
  const words = day.slice(0, 4) === today.slice(0, 4) ? nearFormat : farFormat;
  return words.format(new Date(`${day}T00:00:00Z`));
}
