import type { Table } from "../adapters/dynamodb/table.ts";
import { AppError } from "../core/errors.ts";
import { explainError } from "./explain-error.ts";
import { Failure } from "./failure.ts";
import { openTable } from "./open-table.ts";
import type { Where } from "./where-options.ts";

/**
 * Works on the table of a service, and lets go of it.
 * @throws Failure when the table cannot be reached.
 */
export async function withTable<Result>(
  where: Where & { table?: string },
  work: (table: Table) => Promise<Result>,
): Promise<Result> {
  const table = await openTable(where);
  try {
    return await work(table);
  } catch (error) {
    throw error instanceof AppError ? unreachable(where, table.name, error) : error;
  } finally {
    table.close();
  }
}

function unreachable({ data }: Where, table: string, cause: AppError): Failure {
  return new Failure(
    "table.unreachable",
    data === undefined
      ? `The table ${table} cannot be reached: ${explainError(cause).says}. Check your AWS credentials, region and the table's name, or give --data for a service on this machine.`
      : `The service in ${data} does not answer. Start it with npm start -- --data ${data}, and try again.`,
    { cause },
  );
}
