import type { Catalogue } from "../catalogue.ts";
import { fill, type MailValues } from "../delivery/render.ts";
import { AppError } from "../errors.ts";
import { greetingFor } from "../subscriber/greeting.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";

/** A mail as its reader sees it on a page; `bodyHtml` is trusted: our own text, with escaped values. */
export interface ReadAgain {
  subject: string;
  bodyHtml: string;
}

/**
 * Fills a step's mail for the page of one reader. Its links stay on the reader's own pages; nothing is signed for it.
 * @throws AppError `step.no-reading` if the catalogue has a step without its mail.
 */
export function readAgain(
  { catalogue, publicUrl }: { catalogue: Pick<Catalogue, "readings">; publicUrl: string },
  { reader, token, course, step }: { reader: Subscriber; token: string; course: string; step: string },
): ReadAgain {
  const reading = catalogue.readings[`${course}/${step}`];
  if (!reading) throw new AppError("missing", "step.no-reading", `There is no mail of the step ${step}`);
  const progressUrl = `${publicUrl}/progress/${token}`;
  const values: MailValues = {
    greeting: greetingFor(reader.name),
    publicUrl,
    progressUrl,
    stepUrl: `${progressUrl}/courses/${course}/${step}`,
    unsubscribeUrl: `${progressUrl}/settings`,
  };
  return { subject: fill(reading.subject, values), bodyHtml: fill(reading.body, values) };
}
