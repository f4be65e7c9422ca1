import type { Digests } from "../../core/digest/digest-ports.ts";
import type { DigestSubscription } from "../../core/digest/digest-subscription.ts";
import { duePartition } from "../../core/due.ts";
import { dueRows, getRows, putRow, type Row, type Table, updateRow } from "./table.ts";

/** Subscriptions of the digest: which editions a reader gets next, and when. */
export function dynamoDigests(table: Table): Digests {
  return {
    start: (subscription) =>
      putRow(table, digestRow(subscription), {
        when: "attribute_not_exists(#pk) OR #run < :run OR (#run = :run AND #state = :stopped)",
        values: { run: subscription.run, stopped: "stopped" },
      }),
    async due(now, limit) {
      const listed = await dueRows(table, "digest", now, limit);
      const rows = await getRows(
        table,
        listed.map(({ pk, sk }) => ({ pk, sk })),
      );
      const byKey = new Map(rows.map((row) => [row.pk, row]));
      return listed
        .flatMap(({ pk }) => byKey.get(pk) ?? [])
        .filter(({ dueAt }) => typeof dueAt === "string" && dueAt <= now)
        .map(toSubscription);
    },
    advance: ({ subscriberId, run, edition, dueAt }, to) =>
      updateRow(
        table,
        keyOf(subscriberId),
        "stopped" in to
          ? { set: { state: "stopped", since: to.since }, remove: ["edition", "due", "dueAt"] }
          : {
              set: { since: to.since, edition: to.edition, dueAt: to.dueAt },
              remove: to.since === undefined ? ["since"] : [],
            },
        {
          when: "#run = :run AND #edition = :was AND #dueAt = :dueAt",
          values: { run, was: edition, dueAt },
        },
      ),
  };
}

/** The row of a subscription that is being read. */
export function digestRow({ subscriberId, run, since, edition, dueAt }: DigestSubscription): Row {
  return {
    ...keyOf(subscriberId),
    run,
    state: "reading",
    ...(since !== undefined && { since }),
    edition,
    dueAt,
    due: duePartition("digest", subscriberId),
  };
}

function toSubscription({ pk, run, since, edition, dueAt }: Row) {
  return {
    subscriberId: pk.slice("SUB#".length),
    run: Number(run),
    ...(typeof since === "string" && { since }),
    edition: String(edition),
    dueAt: String(dueAt),
  };
}

function keyOf(subscriberId: string) {
  return { pk: `SUB#${subscriberId}`, sk: "DIGEST" };
}
