import { ListSuppressedDestinationsCommand, type SESv2Client } from "@aws-sdk/client-sesv2";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { getRows } from "../../adapters/dynamodb/table.ts";
import { hashAddress, parseAddress } from "../../core/subscriber/address.ts";
import { advice, ok, skipped } from "./finding.ts";
import { getKeys } from "./get-keys.ts";
import { deployedCheck } from "./probe.ts";

const pageSize = 1_000;
/** An account that many services share may have a long list: its newest are looked at. */
const mostPages = 10;

/** Whether we know of the addresses that SES delivers nothing to. None is ever printed. */
export const checkSuppressions = deployedCheck({
  name: "suppressions",
  async run(probe) {
    const keys = await getKeys(probe);
    if (typeof keys === "string") return [skipped("needs the keys")];
    const { addresses, more } = await suppressedBySes(probe.clients.ses);
    const rows = addresses.map((address) => {
      const pk = `SUPPRESS#${hashAddress(keys.hash, parseAddress(address)?.key ?? address)}`;
      return { pk, sk: "SUPPRESS" };
    });
    const client = DynamoDBDocumentClient.from(probe.clients.dynamodb);
    const known = await getRows({ client, name: probe.environment.TABLE_NAME }, rows);
    const unknown = new Set(rows.map(({ pk }) => pk)).size - known.length;
    const listed = `${more ? "the first " : ""}${addresses.length} on SES's list`;
    if (rows.length === 0) return [ok("SES's own list is empty")];
    if (unknown === 0) return [ok(`${listed}, all of them suppressed here as well`)];
    return [
      advice(
        `${unknown} of ${listed} ${unknown === 1 ? "is" : "are"} not suppressed here: a mail to one is lost, and suppresses it`,
      ),
    ];
  },
});

async function suppressedBySes(ses: SESv2Client): Promise<{ addresses: string[]; more: boolean }> {
  const addresses: string[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await ses.send(
      new ListSuppressedDestinationsCommand({ PageSize: pageSize, ...(NextToken && { NextToken }) }),
    );
    addresses.push(
      ...(answer.SuppressedDestinationSummaries ?? []).flatMap(({ EmailAddress }) => EmailAddress ?? []),
    );
    NextToken = answer.NextToken;
    if (!NextToken) return { addresses, more: false };
  }
  return { addresses, more: true };
}
