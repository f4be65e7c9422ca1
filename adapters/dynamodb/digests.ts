import type { Digests } from "../../core/digest/digest-ports.ts";
import { duePartition } from "../../core/due.ts";
import { dueRows, putRow, type Table, updateRow } from "./table.ts";

/** Subscriptions of the digest: which edition a reader gets next, and when. */
export function dynamoDigests(table: Table): Digests {
  return {
    start: ({ subscriberId, run, edition, dueAt }) =>
      putRow(
        table,
        {
          ...keyOf(subscriberId),
          run,
          state: "reading",
          edition,
          dueAt,
          due: duePartition("digest", subscriberId),
        },
        {
          when: "attribute_not_exists(#pk) OR #run < :run OR (#run = :run AND #state = :stopped)",
          values: { run, stopped: "stopped" },
        },
      ),
    async due(now, limit) {
      const rows = await dueRows(table, "digest", now, limit);
      return rows.map((row) => ({
        subscriberId: row.pk.slice("SUB#".length),
        run: Number(row.run),
        edition: String(row.edition),
        dueAt: String(row.dueAt),
      }));
    },
    advance: ({ subscriberId, run, edition, dueAt }, to) =>
      updateRow(
        table,
        keyOf(subscriberId),
        to === "stopped"
          ? { set: { state: "stopped" }, remove: ["edition", "due", "dueAt"] }
          : { set: { edition: to.edition, dueAt: to.dueAt } },
        {
          when: "#run = :run AND #edition = :was AND #dueAt = :dueAt",
          values: { run, was: edition, dueAt },
        },
      ),
  };
}

function keyOf(subscriberId: string) {
  return { pk: `SUB#${subscriberId}`, sk: "DIGEST" };
}
