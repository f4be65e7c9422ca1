const hoursOpen = 3;

/** The three hours in which mail may come, in words: "9 a.m. to noon". */
export function hourWords(from: number): string {
  return `${clockWords(from)} to ${clockWords(from + hoursOpen)}`;
}

/** A time of the day as readers in the United States say it. */
export function clockWords(hour: number, minute = 0): string {
  if (minute === 0 && hour % 24 === 0) return "midnight";
  if (minute === 0 && hour % 24 === 12) return "noon";
  const minutes = minute === 0 ? "" : `:${String(minute).padStart(2, "0")}`;
  return `${hour % 12 || 12}${minutes} ${hour % 24 < 12 ? "a.m." : "p.m."}`;
}
