import type { DeliveryReport } from "./delivery-report.ts";

/** What is said when everything has stopped: all mails by state, and by name those of which nobody knows. */
export function closingWords({ counts, unknown }: DeliveryReport): string {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const states = Object.entries(counts).map(([state, count]) => `${count} ${state}`);
  const lines = [total === 0 ? "Stopped. No mails so far." : `Stopped. Mails so far: ${states.join(", ")}.`];
  if (unknown.length > 0) {
    lines.push("Nobody knows whether these were sent:");
    for (const { mailing, subscriberId } of unknown) lines.push(`  ${mailing}  to  ${subscriberId}`);
  }
  return lines.join("\n");
}
