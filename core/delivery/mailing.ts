/**
 * One occasion of sending, fixed before anything is enqueued. Its id and a subscriber's id are the key of the
 * ledger and travel as SES tags, so it is made of `[A-Za-z0-9_-]` only; `_` parts, so no part may hold one.
 */
export type Mailing =
  | { kind: "confirm"; date: string; round: number }
  | { kind: "course"; course: string; run: number; step: string };

export type MailingKind = Mailing["kind"];

/** The id of a mailing: `confirm_2027-03-01_1`, `course_NAME_run-1_STEP`. */
export function mailingId(mailing: Mailing): string {
  switch (mailing.kind) {
    case "confirm":
      return `confirm_${mailing.date}_${mailing.round}`;
    case "course":
      return `course_${mailing.course}_run-${mailing.run}_${mailing.step}`;
  }
}

const shapes: { [K in MailingKind]: (parts: string[]) => Mailing | undefined } = {
  confirm: ([date, round, ...rest]) =>
    date && isCount(round) && rest.length === 0 ? { kind: "confirm", date, round: Number(round) } : undefined,
  course: ([course, run, step, ...rest]) =>
    course && run?.startsWith("run-") && isCount(run.slice(4)) && step && rest.length === 0
      ? { kind: "course", course, run: Number(run.slice(4)), step }
      : undefined,
};

/** Reads an id back; undefined if it is none of ours. */
export function parseMailing(id: string): Mailing | undefined {
  const [kind = "", ...parts] = id.split("_");
  return Object.hasOwn(shapes, kind) ? shapes[kind as MailingKind](parts) : undefined;
}

function isCount(text: string | undefined): text is string {
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text);
}
