import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Environment } from "../environment.ts";
import type { Letter } from "./letters.ts";
import { type Person, type StepName, steps } from "./people.ts";

/** What DynamoDB holds of one person. */
export interface Progress {
  /** Ledger states by step. */
  ledger: Partial<Record<StepName, string>>;
  /** Steps that the learner marked as done. */
  done: string[];
  course: string | undefined;
  /** Why no more mail goes to this person, if so. */
  ended: "left" | "bounce" | "complaint" | undefined;
}

/** Reads everybody's rows; people are found by the id that their mails carry. */
export async function readProgress(
  environment: Environment,
  letters: Letter[],
): Promise<Map<string, Progress>> {
  const client = new DynamoDBClient({
    region: environment.AWS_REGION ?? "",
    endpoint: environment.AWS_ENDPOINT_URL_DYNAMODB ?? "",
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? "",
    },
  });
  const documents = DynamoDBDocumentClient.from(client);
  const owners = new Map(letters.map(({ mailbox, subscriberId }) => [mailbox, subscriberId]));
  const progress = new Map<string, Progress>();
  for (const [mailbox, id] of owners) {
    const { Items = [] } = await documents.send(
      new QueryCommand({
        TableName: environment.TABLE_NAME,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": `SUB#${id}` },
      }),
    );
    progress.set(mailbox, toProgress(Items));
  }
  client.destroy();
  return progress;
}

function toProgress(rows: Record<string, unknown>[]): Progress {
  const profile = rows.find((row) => row.sk === "PROFILE") as
    | { suppressed?: { reason: "bounce" | "complaint" }; lists: Record<string, { state: string }> }
    | undefined;
  const enrolment = rows.find((row) => String(row.sk).startsWith("COURSE#"));
  const left = Object.values(profile?.lists ?? {}).some((list) => list.state === "left");
  const ledger: Progress["ledger"] = {};
  for (const step of steps) {
    const row = rows.find(
      ({ sk }) => String(sk).startsWith("MAIL#course_") && String(sk).endsWith(`_${step}`),
    );
    if (row) ledger[step] = String(row.state);
  }
  return {
    ledger,
    done: Object.keys(enrolment ?? {}).flatMap((name) =>
      name.startsWith("done_") ? [name.slice("done_".length)] : [],
    ),
    course: enrolment && String(enrolment.state),
    ended: profile?.suppressed?.reason ?? (left ? "left" : undefined),
  };
}

/** Holds DynamoDB against the mailboxes: each step sent is in the ledger as sent, and nothing else is. */
export function checkProgress(
  people: Person[],
  letters: Letter[],
  progress: Map<string, Progress>,
): string[] {
  return people.flatMap((person) => {
    const got = new Set(letters.filter(({ mailbox }) => mailbox === person.mailbox).map(({ kind }) => kind));
    const { ledger, course, done } = progress.get(person.mailbox) ?? {
      ledger: {},
      course: undefined,
      done: [],
    };
    const marked = person.deeds
      .filter(({ deed }) => deed === "marks-done" || deed === "hastens")
      .map(({ detail }) => detail);
    const mistakes = steps
      .filter((step) => got.has(step) !== (ledger[step] === "sent"))
      .map(
        (step) =>
          `${step} is ${ledger[step] ?? "absent"} in DynamoDB, yet ${got.has(step) ? "came" : "did not come"}`,
      );
    if (done.toSorted().join() !== marked.toSorted().join())
      mistakes.push(`done in DynamoDB: ${done.join() || "nothing"}, marked: ${marked.join() || "nothing"}`);
    if ((course === "finished") !== got.has("farewell")) {
      mistakes.push(
        `the course is ${course ?? "absent"} in DynamoDB, yet the last mail ${got.has("farewell") ? "came" : "did not come"}`,
      );
    }
    return mistakes.map((mistake) => `${person.name || person.email}: ${mistake}`);
  });
}
