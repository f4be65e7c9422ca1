/**
 * One occasion of sending, fixed before anything is enqueued. Its id and a subscriber's id are the key of the
 * ledger and travel as SES tags, so it is made of `[A-Za-z0-9_-]` only; `_` parts, so no part may hold one.
 */
export type Mailing =
  /** `round` 1 was asked for, 2 reminds of it. */
  | { kind: "confirm"; date: string; round: number }
  /** The link to one's data, the `round`th of a day. */
  | { kind: "access"; date: string; round: number }
  /** The confirmation of a new address, sent there. */
  | { kind: "address"; date: string; round: number }
  | { kind: "course"; course: string; run: number; step: string }
  /** Steps that stay open, which are looked up when it goes; `round` counts the nudges of the run. */
  | { kind: "nudge"; course: string; run: number; round: number }
  /** `weeks` counts the weekly editions up to `edition` that it holds; absent is that one alone. */
  | { kind: "digest"; edition: string; weeks?: number }
  /** A campaign that goes once more is one of its own, `ID_resend-1`. */
  | { kind: "campaign"; campaign: string }
  /** A campaign that its author looks at in a mailbox; `round` tells several apart. */
  | { kind: "test"; campaign: string; round: number }
  | { kind: "deadline"; deadline: string; date: string; days: number };

export type MailingKind = Mailing["kind"];

/** The id of a mailing: `confirm_2027-03-01_1`, `course_NAME_run-1_STEP`, `nudge_NAME_run-1_2`, `digest_2027-W10`, `digest_2027-W14-5`, `campaign_ID`, `campaign_ID_resend-1`, `test_ID_1`, `deadline_ID_2027-05-01_7`. */
export function mailingId(mailing: Mailing): string {
  switch (mailing.kind) {
    case "confirm":
    case "access":
    case "address":
      return `${mailing.kind}_${mailing.date}_${mailing.round}`;
    case "nudge":
      return `nudge_${mailing.course}_run-${mailing.run}_${mailing.round}`;
    case "course":
      return `course_${mailing.course}_run-${mailing.run}_${mailing.step}`;
    case "digest":
      return `digest_${mailing.edition}${mailing.weeks === undefined ? "" : `-${mailing.weeks}`}`;
    case "campaign":
      return `campaign_${mailing.campaign}`;
    case "test":
      return `test_${mailing.campaign}_${mailing.round}`;
    case "deadline":
      return `deadline_${mailing.deadline}_${mailing.date}_${mailing.days}`;
  }
}

const word = "[a-z0-9]+(?:-[a-z0-9]+)*";
const count = "[1-9]\\d{0,8}";
const date = "\\d{4}-\\d{2}-\\d{2}";

type Shape = [RegExp, (parts: string[]) => Mailing];

const shapes: Shape[] = [
  ...(["confirm", "access", "address"] as const).map(
    (kind): Shape => [
      new RegExp(`^${kind}_(${date})_(${count})$`),
      ([date = "", round]) => ({ kind, date, round: Number(round) }),
    ],
  ),
  [
    new RegExp(`^nudge_(${word})_run-(${count})_(${count})$`),
    ([course = "", run, round]) => ({ kind: "nudge", course, run: Number(run), round: Number(round) }),
  ],
  [
    new RegExp(`^course_(${word})_run-(${count})_(${word})$`),
    ([course = "", run, step = ""]) => ({ kind: "course", course, run: Number(run), step }),
  ],
  [/^digest_(\d{4}-W\d{2})$/, ([edition = ""]) => ({ kind: "digest", edition })],
  [
    /^digest_(\d{4}-W\d{2})-([2-6])$/,
    ([edition = "", weeks]) => ({ kind: "digest", edition, weeks: Number(weeks) }),
  ],
  [
    new RegExp(`^campaign_(${word}(?:_resend-${count})?)$`),
    ([campaign = ""]) => ({ kind: "campaign", campaign }),
  ],
  [
    new RegExp(`^test_(${word}(?:_resend-${count})?)_(${count})$`),
    ([campaign = "", round]) => ({ kind: "test", campaign, round: Number(round) }),
  ],
  [
    new RegExp(`^deadline_(${word})_(${date})_(${count})$`),
    ([deadline = "", date = "", days]) => ({ kind: "deadline", deadline, date, days: Number(days) }),
  ],
];

/** Reads an id back; undefined if it is none of ours. */
export function parseMailing(id: string): Mailing | undefined {
  for (const [shape, read] of shapes) {
    const found = shape.exec(id);
    if (found) return read(found.slice(1));
  }
  return undefined;
}
