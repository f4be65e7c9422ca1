import type { AddressOwners, DigestStandings } from "../../core/explain/explain-ports.ts";
import { getRow, type Table } from "./table.ts";

/** Whose an address is, by the row that claimed it. */
export function dynamoAddressOwners(table: Table): AddressOwners {
  return {
    async find(addressHash) {
      const row = await getRow(table, { pk: `ADDR#${addressHash}`, sk: "OWNER" });
      return typeof row?.subscriberId === "string" ? row.subscriberId : undefined;
    },
  };
}

/** Readers' places in the row of editions, one by one. */
export function dynamoDigestStandings(table: Table): DigestStandings {
  return {
    async load(subscriberId) {
      const row = await getRow(table, { pk: `SUB#${subscriberId}`, sk: "DIGEST" });
      if (!row) return undefined;
      const { run, since, edition, dueAt } = row;
      return {
        run: Number(run),
        ...(typeof since === "string" && { since }),
        ...(typeof edition === "string" && { edition }),
        ...(typeof dueAt === "string" && { dueAt }),
      };
    },
  };
}
