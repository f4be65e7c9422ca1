import type { Table } from "../adapters/dynamodb/table.ts";
import type { Clock } from "../core/time/clock.ts";
import { type FunctionEnvironment, openEnvironment, type Place } from "./open-environment.ts";
import { clockOf } from "./where-clock.ts";
import type { Where } from "./where-options.ts";
import { withTable } from "./with-table.ts";

/** What a command works with that needs more than the table. */
export interface Service extends Pick<Place, "settingsFor"> {
  table: Table;
  environment: FunctionEnvironment;
  clock: Clock;
  /** Whether it is a service on this machine. */
  local: boolean;
}

/**
 * Works on a service, and lets go of it.
 * @throws Failure when it is not there, or its table cannot be reached.
 */
export async function withService<Result>(
  where: Where,
  work: (service: Service) => Promise<Result>,
): Promise<Result> {
  const { values, settingsFor, data } = await openEnvironment(where);
  const rest = { environment: values, settingsFor, clock: clockOf(where), local: data !== undefined };
  return withTable(where, (table) => work({ ...rest, table }));
}
