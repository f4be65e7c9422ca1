import { BatchExecuteStatementCommand } from "@aws-sdk/lib-dynamodb";
import { rowVersion, type Table } from "../../adapters/dynamodb/table.ts";
import { AppError } from "../../core/errors.ts";

/** Statements of one call, at most: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html */
const statementsPerCall = 25;

interface Statement {
  Statement: string;
  Parameters: unknown[];
}

/** Whether each statement was carried out; `no` when its own condition did not hold, `again` when it was throttled. */
export type StatementResult = "yes" | "no" | "again";

/** What all claims of a call have in common. */
export interface Claim {
  mailing: string;
  owner: string;
  attempt: number;
  claimedAt: string;
}

/**
 * Claims by one INSERT each. `no` is a row that is there already: perhaps by this very call, whose answer was
 * lost and which the SDK repeated; only its `owner` can tell.
 */
export function claimAll(
  table: Table,
  subscriberIds: string[],
  { mailing, owner, attempt, claimedAt }: Claim,
): Promise<StatementResult[]> {
  // `state` and `owner` are reserved words; as names in quotes they are not.
  const Statement = `INSERT INTO "${table.name}" VALUE {'pk': ?, 'sk': ?, 'v': ?, 'state': ?, 'owner': ?, 'attempt': ?, 'claimedAt': ?}`;
  const rest = [`MAIL#${mailing}`, rowVersion, "sending", owner, attempt, claimedAt];
  return execute(
    table,
    subscriberIds.map((id) => ({ Statement, Parameters: [`SUB#${id}`, ...rest] })),
  );
}

/** Settles as sent by one UPDATE each, on the condition that the ledger's adapter sets. */
export function settleAllSent(
  table: Table,
  sent: { subscriberId: string; messageId: string }[],
  { mailing, owner, at }: { mailing: string; owner: string; at: string },
): Promise<StatementResult[]> {
  const Statement =
    `UPDATE "${table.name}" SET "state" = ? SET "settledAt" = ? SET "messageId" = ? REMOVE "due" REMOVE "dueAt" REMOVE "reason"` +
    ` WHERE "pk" = ? AND "sk" = ? AND "owner" = ? AND "state" IN [?, ?]`;
  const sk = `MAIL#${mailing}`;
  return execute(
    table,
    sent.map(({ subscriberId, messageId }) => ({
      Statement,
      Parameters: ["sent", at, messageId, `SUB#${subscriberId}`, sk, owner, "sending", "unknown"],
    })),
  );
}

async function execute(table: Table, statements: Statement[]): Promise<StatementResult[]> {
  const calls: Statement[][] = [];
  for (let from = 0; from < statements.length; from += statementsPerCall)
    calls.push(statements.slice(from, from + statementsPerCall));
  const results = await Promise.all(calls.map((Statements) => call(table, Statements)));
  return results.flat();
}

async function call(table: Table, Statements: Statement[]): Promise<StatementResult[]> {
  const { Responses = [] } = await table.client.send(new BatchExecuteStatementCommand({ Statements }));
  return Statements.map((_, index) => resultOf(Responses[index]?.Error?.Code));
}

/** What a statement's error means; the call itself is answered with 200. */
function resultOf(code: string | undefined): StatementResult {
  switch (code) {
    case undefined:
      return "yes";
    case "DuplicateItem":
    case "ConditionalCheckFailed":
      return "no";
    case "ProvisionedThroughputExceeded":
    case "ThrottlingError":
    case "RequestLimitExceeded":
    case "TransactionConflict":
    // It may have been carried out: to be asked again it must be harmless twice, which both statements are.
    case "InternalServerError":
      return "again";
    default:
      throw new AppError("invalid", "dynamodb.bad-statement", `DynamoDB refused a statement: ${code}`);
  }
}
