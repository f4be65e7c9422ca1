import type { Catalogue } from "../../core/catalogue.ts";
import type { Measures } from "../../core/measures.ts";
import type { Clock } from "../../core/time/clock.ts";
import { dynamodbClient } from "../clients.ts";
import { systemClock } from "../clock.ts";
import { embeddedMeasures } from "../cloudwatch/measures.ts";
import { type Config, type Environment, readConfig } from "../config.ts";
import type { Table } from "../dynamodb/table.ts";

/** What a run brings along itself, in place of the machine's clock and of what was built. */
export interface Given {
  clock?: Clock;
  catalogue?: Catalogue;
  /** One exact origin of feeds that may be on this machine: for fixtures, never in a deployment. */
  trustedFeedOrigin?: string;
  /** Takes measurements in place of the log. */
  measures?: Measures;
}

/** Connects what one function needs, and nothing else, to the endpoints that an environment names. */
export type Connect<Deps> = (environment: Environment, given?: Given) => Deps;

/**
 * What every function stands on.
 * @throws AppError `config.invalid` when the environment is not complete.
 */
export function ground(
  environment: Environment,
  given: Given,
): { config: Config; clock: Clock; table: Table } {
  const config = readConfig(environment);
  const table = { client: dynamodbClient(config), name: config.TABLE_NAME };
  return { config, clock: given.clock ?? systemClock, table };
}

/** Where measurements go. */
export function measuresOf(config: Config, given: Given): Measures {
  return given.measures ?? embeddedMeasures(config.POWERTOOLS_METRICS_NAMESPACE);
}
