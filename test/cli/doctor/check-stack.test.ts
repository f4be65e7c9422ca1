import { describe, expect, it } from "vitest";
import { type Answer, Refusal } from "../../helpers/aws-stub.ts";
import { useHealthyAccount } from "./examined.ts";
import {
  deploy,
  deployedEnvironment,
  environmentParameter,
  queueAttributes,
  settings,
  table,
} from "./healthy-account.ts";

const account = useHealthyAccount();

describe("the check of the", () => {
  it("keys that are missing, malformed, or may not be decrypted, and quotes none", async () => {
    const name = "/stepletter/production/keys";
    account.parameters.set(name, ['{"hash":"secret"}']);
    expect(await account.complaints("keys")).toEqual([
      `blocks: ${name} does not hold keys as Stepletter writes them | aws ssm get-parameter-history --name ${name}   # an earlier version may`,
    ]);
    account.parameters.delete(name);
    expect(await account.complaints("keys")).toEqual([
      `blocks: ${name} does not exist | npm run stepletter -- keys init --stage production`,
    ]);
    const message = "User: x is not authorized to perform: kms:Decrypt on resource: key/1";
    expect(
      await account.complaints("keys", { "ssm:GetParameter": new Refusal("AccessDeniedException", message) }),
    ).toEqual(["advice: could not be looked at: your credentials lack kms:Decrypt"]);
  });

  it("deployment of another version, or of other settings", async () => {
    const environment = deployedEnvironment(account.aws.url);
    const web = {
      STEPLETTER_WEB_DOMAIN: "news.letters.test",
      STEPLETTER_CERTIFICATE_ARN: "arn:aws:acm:eu-west-1:123456789012:certificate/1",
    };
    const [wrong] = await account.complaints("deployment", {}, { variables: { ...settings, ...web } });
    expect(wrong).toBe(
      `advice: links lead to https://abc.execute-api.eu-west-1.amazonaws.com, not yet to https://news.letters.test | ${deploy}`,
    );
    account.parameters.set(environmentParameter, ["{}"]);
    expect(await account.complaints("deployment")).toEqual([
      "blocks: /stepletter/production/environment does not hold the environment of a stage",
    ]);
    const { LEASE_SECONDS: _, ...older } = environment;
    account.parameters.set(environmentParameter, [JSON.stringify(older)]);
    expect(await account.complaints("deployment")).toEqual([
      `blocks: deployed by another version, without LEASE_SECONDS | ${deploy}`,
    ]);
  });

  const [firstIndex, ...otherIndexes] = table.GlobalSecondaryIndexes;
  const indexes = (changes: object) => [{ ...firstIndex, ...changes }, ...otherIndexes];
  it.each([
    ["that is being made", { TableStatus: "CREATING" }, "blocks: the-table is CREATING"],
    [
      "without an index",
      { GlobalSecondaryIndexes: otherIndexes },
      `blocks: the index due is missing | ${deploy}`,
    ],
    [
      "with an index that is being filled",
      { GlobalSecondaryIndexes: indexes({ IndexStatus: "CREATING" }) },
      "blocks: the index due is CREATING: wait",
    ],
    [
      "with an index of other keys",
      { GlobalSecondaryIndexes: indexes({ KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }] }) },
      `blocks: the index due has the keys pk | ${deploy}`,
    ],
    [
      "with an index of an earlier version",
      {
        GlobalSecondaryIndexes: indexes({
          Projection: {
            ProjectionType: "INCLUDE",
            NonKeyAttributes: firstIndex?.Projection.NonKeyAttributes.slice(1),
          },
        }),
      },
      `blocks: the index due lacks v | ${deploy}`,
    ],
  ])("table %s", async (_, changes, words) => {
    expect(
      await account.complaints("table", { "dynamodb:DescribeTable": { Table: { ...table, ...changes } } }),
    ).toEqual([words]);
  });

  it("table that was restored: nothing expires, and nothing backs it up", async () => {
    const found = await account.complaints("table", {
      "dynamodb:DescribeTimeToLive": { TimeToLiveDescription: { TimeToLiveStatus: "DISABLED" } },
      "dynamodb:DescribeContinuousBackups": {},
    });
    expect(found).toEqual([
      "advice: no row ever expires | aws dynamodb update-time-to-live --table-name the-table --time-to-live-specification Enabled=true,AttributeName=expiresAt",
      "advice: it cannot be restored: point-in-time recovery is off | aws dynamodb update-continuous-backups --table-name the-table --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true",
    ]);
  });

  it("table that is gone", async () => {
    const answer = new Refusal("com.amazonaws.dynamodb.v20120810#ResourceNotFoundException");
    expect(await account.complaints("table", { "dynamodb:DescribeTable": answer })).toEqual([
      `blocks: the table the-table does not exist | ${deploy}`,
    ]);
  });

  const attributes = (of: RegExp, changes: Record<string, string> | Refusal) => ({
    "sqs:GetQueueAttributes": ({ QueueUrl }: { QueueUrl: string }) => {
      const usual = queueAttributes(QueueUrl);
      if (!of.test(QueueUrl)) return { Attributes: usual };
      return changes instanceof Refusal ? changes : { Attributes: { ...usual, ...changes } };
    },
  });
  const gone = new Refusal("QueueDoesNotExist");
  const waiting = { ApproximateNumberOfMessages: "2" };
  it.each<[string, Record<string, Answer>, string[]]>([
    [
      "in one of whose dead-letter queues something lies",
      attributes(/feeds-dead$/, waiting),
      [
        `advice: 2 messages lie in feeds-dead, to be put back once the cause is mended | npx stepletter dead-letters redrive feeds --stage production`,
      ],
    ],
    [
      "in which mails lie that nobody acted on",
      attributes(/receive-leave-dead$/, waiting),
      [
        "advice: 2 messages lie in receive-leave-dead: readers who want to leave | npx stepletter dead-letters redrive receive-leave --stage production",
      ],
    ],
    [
      "for mails, which is gone",
      attributes(/receive-leave-dead$/, gone),
      [`blocks: the queue for mails that failed does not exist | ${deploy}`],
    ],
    [
      "past which events went",
      attributes(/ses-rule-dead$/, waiting),
      [
        expect.stringMatching(
          /^advice: 2 messages lie in ses-rule-dead: .* \| npx stepletter dead-letters redrive ses-rule --stage production$/,
        ),
      ],
    ],
    [
      "with another visibility",
      attributes(/send-now$/, { VisibilityTimeout: "30" }),
      [`blocks: messages of send-now are hidden for 30 s, not 360 | ${deploy}`],
    ],
    [
      "without a dead-letter queue",
      attributes(/send-bulk$/, { RedrivePolicy: "{}" }),
      [`blocks: send-bulk does not move messages away after 5 receives | ${deploy}`],
    ],
    [
      "of which one is gone",
      attributes(/feeds$/, gone),
      [`blocks: the queue feeds does not exist | ${deploy}`],
    ],
    [
      "of which a dead-letter queue is gone",
      attributes(/feeds-dead$/, gone),
      [`blocks: the queue feeds-dead does not exist | ${deploy}`],
    ],
    [
      "to which no rule leads",
      { "events:ListRules": {} },
      [`blocks: the queue ses-events cannot be found | ${deploy}`],
    ],
  ])("queues %s", async (_, answers, words) => {
    expect(await account.complaints("queues", answers)).toEqual(words);
  });

  it.each([
    [
      "by an operator",
      { table: "the-table", heldAt: "2027-03-01T12:00:00.000Z" },
      "held since 2027-03-01T12:00:00.000Z",
    ],
    ["since it was restored", { table: "other" }, "held: this is a copy of another table"],
  ])("sending that is held %s", async (_, row, words) => {
    const Item = Object.fromEntries(Object.entries(row).map(([name, S]) => [name, { S }]));
    expect(await account.complaints("sending", { "dynamodb:GetItem": { Item } })).toEqual([
      `blocks: ${words} | npm run stepletter -- sending status --stage production   # tells what to do`,
    ]);
  });

  it("sending that is stopped by what SES answered: for everybody, and of one mailing", async () => {
    const stop = {
      M: {
        cause: { S: "quota" },
        code: { S: "ThrottlingException" },
        since: { S: "2027-03-01T12:00:00.000Z" },
        probeAt: { S: "2027-03-01T12:05:00.000Z" },
        probes: { N: "0" },
      },
    };
    const mailing = { pk: { S: "ACCOUNT" }, sk: { S: "STOP#digest_2027-W10" }, stop };
    const words =
      "stopped: SES's daily quota is used up (ThrottlingException), since 2027-03-01T12:00:00.000Z; the next probe is due at 2027-03-01T12:05:00.000Z";
    const status = "npm run stepletter -- sending status --stage production   # tells what to do";
    expect(
      await account.complaints("sending", {
        "dynamodb:GetItem": { Item: { table: { S: "the-table" }, stop } },
        "dynamodb:Query": { Items: [mailing] },
      }),
    ).toEqual([`blocks: ${words} | ${status}`, `blocks: digest_2027-W10 is ${words} | ${status}`]);
  });

  it("suppressions of SES, counted and never named", async () => {
    const listed = (...addresses: string[]) =>
      addresses.map((EmailAddress) => ({ EmailAddress, Reason: "BOUNCE", LastUpdateTime: 1 }));
    const pages = {
      "ses:ListSuppressedDestinations": ({ NextToken }: { NextToken?: string }) =>
        NextToken
          ? { SuppressedDestinationSummaries: listed("c@people.test", "A@people.test") }
          : { SuppressedDestinationSummaries: listed("a@people.test", "b@people.test"), NextToken: "2" },
    };
    // Two spellings of one address are one row.
    expect(await account.complaints("suppressions", pages)).toEqual([
      "advice: 3 of 4 on SES's list are not suppressed here: a mail to one is lost, and suppresses it",
    ]);
    const known = ({ RequestItems }: { RequestItems: Record<string, { Keys: object[] }> }) => ({
      Responses: { "the-table": RequestItems["the-table"]?.Keys },
    });
    expect(await account.complaints("suppressions", { "dynamodb:BatchGetItem": known })).toEqual([]);
    account.parameters.delete("/stepletter/production/keys");
    expect(await account.complaints("suppressions")).toEqual(["skipped: needs the keys"]);
  });
});
