import type { Command } from "commander";
import { dynamoSources } from "../../adapters/dynamodb/sources.ts";
import { type Source, sourceName } from "../../core/source/source.ts";
import { Failure } from "../failure.ts";
import { openEnvironment } from "../open-environment.ts";
import type { SharedOptions } from "../shared-options.ts";
import type { Where } from "../where-options.ts";
import { withTable } from "../with-table.ts";

/** The row of a source; one that only has secrets has none. */
export async function loadSource(where: Where, name: string): Promise<Source | undefined> {
  if (!sourceName.test(name)) return undefined;
  return withTable(where, (table) => dynamoSources(table).load(name));
}

/** @throws Failure when there is no such source. */
export async function findSource(where: Where, name: string): Promise<Source> {
  const source = await loadSource(where, name);
  if (source) return source;
  throw missing(name);
}

/** There is no source of this name. */
export function missing(name: string): Failure {
  return new Failure(
    "source.missing",
    `There is no source ${name}. See which there are: stepletter sources list`,
  );
}

/** Where the service is: as it was said, or else as the service itself knows. */
export async function baseUrl(command: Command, options: SharedOptions & Where): Promise<string> {
  const said = command.getOptionValueSourceWithGlobals("url") !== "default";
  const known = said ? undefined : (await openEnvironment(options)).values.PUBLIC_URL;
  return (known ?? options.url).replace(/\/+$/, "");
}
