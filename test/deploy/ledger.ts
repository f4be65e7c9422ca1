import { type DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";

/** A row of the table. */
export type Row = Record<string, unknown> & { pk: string; sk: string };

/** Every row of a table. */
export async function allRows(client: DynamoDBDocumentClient, TableName: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true }))
    rows.push(...(Items as Row[]));
  return rows;
}

/** What became of each mail to these people: address, mailing, state, and what was heard of it since. */
export function ledgerOf(rows: Row[], addresses: string[]): string[] {
  const addressOf = new Map(
    rows.filter(({ sk }) => sk === "PROFILE").map(({ pk, address }) => [pk, String(address)]),
  );
  return rows
    .filter(({ pk, sk }) => sk.startsWith("MAIL#") && addresses.includes(addressOf.get(pk) ?? ""))
    .map((row) => {
      const heard = Object.keys(row).filter((name) => name.startsWith("on_"));
      return [addressOf.get(row.pk), row.sk.slice("MAIL#".length), row.state, ...heard.sort()].join(" ");
    })
    .sort();
}
