import { randomUUID } from "node:crypto";
import type { Audit } from "../../core/admin/admin-ports.ts";
import { AuditEntry } from "../../core/admin/audit.ts";
import type { Clock } from "../../core/time/clock.ts";
import { pageOf } from "./page-of.ts";
import { putRow, type Table, updateRow } from "./table.ts";

const keptDays = 400;

/** The audit log: a partition for each day, the entries by their instant. */
export function dynamoAudit(table: Table, { elapsed }: Pick<Clock, "elapsed">): Audit {
  return {
    async begin(entry) {
      const key = { pk: partitionOf(entry.at.slice(0, 10)), sk: `${entry.at}#${randomUUID()}` };
      const expiresAt = Math.floor(elapsed() / 1000) + keptDays * 86_400;
      await putRow(table, { ...key, ...entry, expiresAt });
      return async ({ status, subject, reason }) => {
        await updateRow(table, key, { set: { status, subject, reason } }, { when: "attribute_exists(#pk)" });
      };
    },
    async page(day, cursor, limit) {
      const page = await pageOf(
        table,
        { pk: partitionOf(day), sk: "" },
        { after: cursor, limit, newestFirst: true },
      );
      return {
        entries: page.rows.map((row) => AuditEntry.parse(row)),
        ...(page.last !== undefined && { cursor: page.last }),
      };
    },
  };
}

function partitionOf(day: string): string {
  return `AUDIT#${day}`;
}
