import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Table } from "../adapters/dynamodb/table.ts";
import { watch } from "./aws-client.ts";
import { openEnvironment, openPlace } from "./open-environment.ts";
import type { Where } from "./where-options.ts";

/** The table of a service, found by its environment, or by a name that is given. */
export async function openTable(where: Where & { table?: string }): Promise<Table & { close(): void }> {
  const { data, table } = where;
  const named = data === undefined ? table : undefined;
  const place =
    named === undefined ? await openEnvironment(where) : { ...openPlace(where), values: undefined };
  const client = watch(new DynamoDBClient(place.settingsFor("dynamodb")), "dynamodb");
  return {
    client: DynamoDBDocumentClient.from(client),
    name: named ?? place.values?.TABLE_NAME ?? "",
    close: () => client.destroy(),
  };
}
