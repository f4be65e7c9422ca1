import { type Catalogue, courseNamed } from "../catalogue.ts";
import type { Eligibility, Letter } from "../delivery/letter.ts";
import { type Mailing, mailingId } from "../delivery/mailing.ts";
import { digestList } from "../digest/digest-subscription.ts";
import { remindersList } from "../reminder/reminder-date.ts";
import { addDays, type Instant } from "../time/instant.ts";
import { type KeyRing, signToken } from "../token/token.ts";
import { greetingFor } from "./greeting.ts";
import { confirmDays } from "./plan-confirmation.ts";
import { confirmMailing } from "./send-confirmation.ts";
import { listsIn, type Subscriber, statusOf } from "./subscriber.ts";

/** The mail of the double opt-in, and the one that reminds of it. */
export function confirmLetter(
  mailing: Mailing & { kind: "confirm" },
  context: { keys: KeyRing; publicUrl: string; now: Instant; catalogue: Pick<Catalogue, "site" | "courses"> },
): Letter {
  const expiresAt = addDays(context.now, confirmDays);
  return {
    template: mailing.round === 1 ? "confirm" : "confirm-reminder",
    values: {},
    eligibility: (subscriber, when) => mayConfirm(mailing, subscriber, when),
    personal: (subscriber) => {
      const claims = { purpose: "confirm", subscriberId: subscriber.id, list: "all", expiresAt } as const;
      return {
        // Anybody can type a name beside somebody's address: before the first confirmation it is a stranger's text.
        greeting: greetingFor(subscriber.consent.confirmedAt === undefined ? "" : subscriber.name),
        confirmUrl: `${context.publicUrl}/confirm/${signToken(context.keys, claims)}`,
        summary: askedInWords(context.catalogue, subscriber),
      };
    },
  };
}

/** What the button joins: "the course “First aid” and the digest of news". */
function askedInWords(catalogue: Pick<Catalogue, "site" | "courses">, subscriber: Subscriber): string {
  const names = listsIn(subscriber, "wanted").flatMap((list) => {
    if (list === digestList) return "the digest of news";
    if (list === remindersList) return "reminders of your own dates";
    const course = courseNamed(catalogue, list);
    return course ? `the course “${course.title}”` : [];
  });
  return (
    new Intl.ListFormat("en", { type: "conjunction" }).format(names) || `the mails of ${catalogue.site.name}`
  );
}

function mayConfirm(
  mailing: Mailing & { kind: "confirm" },
  subscriber: Subscriber,
  { plannedAt, now }: { plannedAt: Instant; now: Instant },
): Eligibility {
  if (listsIn(subscriber, "wanted").length === 0) {
    return { may: "skip", reason: statusOf(subscriber) === "active" ? "already-confirmed" : "unsubscribed" };
  }
  const newest = subscriber.confirmationsAt.at(-1);
  if (!newest || mailingId(confirmMailing(subscriber, newest)) !== mailingId(mailing))
    return { may: "skip", reason: "superseded" };
  // As long as its link would have lived: nobody expects it any more, and whoever does can ask again.
  return now > addDays(plannedAt, confirmDays) ? { may: "skip", reason: "late" } : { may: "send" };
}
