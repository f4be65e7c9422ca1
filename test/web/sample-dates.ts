import type { CeEntry } from "../../core/ce/ce-entry.ts";
import type { OwnDates } from "../../core/progress/own-dates.ts";
import type { ShownDate } from "../../core/reminder/date-standing.ts";

/** Dates of every standing, and a cycle with hours in it; each text is `text`, if that is given. */
export function sampleDates(text?: string): OwnDates {
  const date = (id: string, label: string, changes: Partial<ShownDate>): ShownDate => ({
    subscriberId: "sub_1",
    id: text ?? id,
    label: text ?? label,
    date: text ?? "2027-05-07",
    kind: "exam",
    daysBefore: 7,
    run: 1,
    standing: "ahead",
    ...changes,
  });
  const renewal = date("d3", "RHIT renewal", {
    kind: "renewal",
    credential: "rhit",
    date: text ?? "2027-06-01",
  });
  const entry = (id: string, category: CeEntry["category"], hours: number): CeEntry => ({
    subscriberId: "sub_1",
    id: text ?? id,
    hours,
    activity: text ?? "Webinar on coding",
    category,
    day: text ?? "2027-01-15",
    loggedAt: "2027-01-15T12:00:00.000Z",
  });
  return {
    dates: [
      date("d2", "Late", { kind: "renewal", date: text ?? "2027-04-30", standing: "overdue" }),
      date("d1", "RHIT exam", {}),
      renewal,
      date("d4", "Application", { date: text ?? "2027-08-01" }),
      date("d5", "Over", { date: text ?? "2027-04-20", standing: "past" }),
      date("d6", "Finished", { date: text ?? "2027-04-15", standing: "done" }),
    ],
    cycles: [
      {
        credential: {
          id: text ?? "rhit",
          name: text ?? "RHIT",
          fullName: text ?? "Registered Health Information Technician",
          body: text ?? "AHIMA",
          url: "https://ahima.example/renew",
          cycleMonths: 24,
          required: { hours: 20, source: "https://ahima.example/hours", checkedOn: text ?? "2026-11-23" },
          own: { percent: 40, from: text ?? "AHIMA", cyclesFrom: "2025-01-01" },
        },
        renewal,
        hours: {
          logged: 12,
          counted: 12,
          required: 20,
          missing: 8,
          own: { counted: 5, required: 8, missing: 3 },
        },
        surplus: "",
        passed: 0.9589,
        left: { days: 31 },
        entries: [entry("e1", "own", 5), entry("e2", "other", 7)],
      },
    ],
    others: [entry("e3", "own", 1)],
  };
}
