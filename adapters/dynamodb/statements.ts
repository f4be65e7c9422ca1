import { setTimeout } from "node:timers/promises";
import { BatchExecuteStatementCommand } from "@aws-sdk/lib-dynamodb";
import { AppError } from "../../core/errors.ts";
import { type Change, calling, type Row, type RowKey, type Table } from "./table.ts";

/** One write in PartiQL, on its own condition. Every value is a parameter: a text has 8,192 characters at most. */
export interface Statement {
  Statement: string;
  Parameters: unknown[];
}

/** Of one call, at most: docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html */
const statementsPerCall = 25;
/** Pauses before the statements that were throttled are asked again; after the last they have failed. */
const pausesMs = [25, 50, 100, 200, 400];

/** Puts a row; refused if there is one of its key. */
export function insertOf(table: Table, row: Row): Statement {
  const fields = Object.entries(row).filter(([, value]) => value !== undefined);
  return {
    Statement: `INSERT INTO "${table.name}" VALUE {${fields.map(([name]) => `'${name}': ?`).join(", ")}}`,
    Parameters: fields.map(([, value]) => value),
  };
}

/** Changes a row; refused unless there is one whose attributes are as in `where`: equal, or one of several. */
export function updateOf(
  table: Table,
  { pk, sk }: RowKey,
  change: Change,
  where: Record<string, string | number | string[]>,
): Statement {
  const set = Object.entries(change.set ?? {}).filter(([, value]) => value !== undefined);
  const conditions = Object.entries({ pk, sk, ...where });
  // In double quotes reserved words, as `state` and `owner` are, name attributes.
  const clauses = [
    `UPDATE "${table.name}"`,
    ...set.map(([name]) => `SET "${name}" = ?`),
    ...(change.remove ?? []).map((name) => `REMOVE "${name}"`),
    `WHERE ${conditions.map(([name, value]) => `"${name}" ${comparison(value)}`).join(" AND ")}`,
  ];
  return {
    Statement: clauses.join(" "),
    Parameters: [...set.map(([, value]) => value), ...conditions.flatMap(([, value]) => value)],
  };
}

/**
 * Carries out statements, each on its own, in no order; whether each was, or its condition did not hold. No two may
 * be about one row. When one has failed for another reason it throws, after the others have been carried out.
 */
export async function executeStatements(table: Table, statements: Statement[]): Promise<boolean[]> {
  const calls: Promise<boolean[]>[] = [];
  for (let from = 0; from < statements.length; from += statementsPerCall)
    calls.push(executeCall(table, statements.slice(from, from + statementsPerCall)));
  const results: boolean[] = [];
  for (const call of await Promise.allSettled(calls)) {
    if (call.status === "rejected") throw call.reason;
    results.push(...call.value);
  }
  return results;
}

async function executeCall(table: Table, statements: Statement[]): Promise<boolean[]> {
  const results = new Array<boolean>(statements.length).fill(false);
  let failure: AppError | undefined;
  let open = [...statements.keys()];
  for (const pauseMs of [0, ...pausesMs]) {
    if (pauseMs > 0) await setTimeout(pauseMs);
    const Statements = open.map((index) => statements[index] as Statement);
    const { Responses = [] } = await calling(() =>
      table.client.send(new BatchExecuteStatementCommand({ Statements })),
    );
    const again: number[] = [];
    open.forEach((index, position) => {
      const response = Responses[position];
      const verdict = response ? verdictOn(response.Error?.Code) : "again";
      if (verdict === "again") again.push(index);
      else if (verdict === "failed") failure ??= failed(response?.Error);
      else results[index] = verdict === "done";
    });
    if (again.length === 0) {
      if (failure) throw failure;
      return results;
    }
    open = again;
  }
  throw failure ?? new AppError("unavailable", "dynamodb.unavailable", "DynamoDB throttles statements");
}

/** What the error of a statement means; the call itself was answered with 200. */
function verdictOn(code: string | undefined): "done" | "refused" | "again" | "failed" {
  switch (code) {
    case undefined:
      return "done";
    case "ConditionalCheckFailed":
    case "DuplicateItem":
      return "refused";
    case "ProvisionedThroughputExceeded":
    case "ThrottlingError":
    case "RequestLimitExceeded":
    case "TransactionConflict":
    // It may have been carried out: whoever has statements executed must bear each of them twice.
    case "InternalServerError":
      return "again";
    default:
      return "failed";
  }
}

function failed({
  Code,
  Message,
}: {
  Code?: string | undefined;
  Message?: string | undefined;
} = {}): AppError {
  return new AppError(
    "unavailable",
    "dynamodb.statement",
    `DynamoDB refused a statement: ${Code}: ${Message}`,
  );
}

function comparison(value: string | number | string[]): string {
  return Array.isArray(value) ? `IN [${value.map(() => "?").join(", ")}]` : "= ?";
}
