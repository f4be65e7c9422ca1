import { createHash } from "node:crypto";
import * as z from "zod";
import type { Roster } from "../../core/campaign/campaign-ports.ts";
import { Subscriber } from "../../core/subscriber/subscriber.ts";
import { queryIndex, type Row, type Table } from "./table.ts";

const shards = 4;
const rowsPerQuery = 200;
/** A page ends after so many rows, however few of them are members. */
const rowsPerPage = 1000;

const RosterRow = z.object({ pk: z.string(), ...Subscriber.pick({ lists: true, suppressed: true }).shape });

/** Partition of the roster index in which a subscriber stands who has joined any list. */
export function rosterPartition(subscriberId: string): string {
  return `roster#${shardOf(subscriberId)}`;
}

/** The roster over its index: shard by shard, by id in each, so that an id alone says where to go on. */
export function dynamoRoster(table: Table): Roster {
  return {
    async page(list, cursor, limit) {
      const ids: string[] = [];
      let last = cursor;
      let read = 0;
      let shard = cursor === undefined ? 0 : shardOf(cursor);
      let after = cursor === undefined ? "" : cursor;
      while (shard < shards) {
        const { rows, more } = await rowsAfter(table, shard, after);
        for (const row of rows) {
          last = row.pk.slice("SUB#".length);
          if (isMember(row, list)) ids.push(last);
          if (ids.length === limit) return { ids, cursor: last };
        }
        read += rows.length;
        after = more && last !== undefined ? last : "";
        if (!more) shard++;
        if (read >= rowsPerPage && last !== undefined) return { ids, cursor: last };
      }
      return { ids };
    },
  };
}

function rowsAfter(table: Table, shard: number, after: string): Promise<{ rows: Row[]; more: boolean }> {
  return queryIndex(table, {
    index: "roster",
    when: "#roster = :roster AND #pk > :after",
    values: { roster: `roster#${shard}`, after: `SUB#${after}` },
    limit: rowsPerQuery,
  });
}

function isMember(row: Row, list: string): boolean {
  const { lists, suppressed } = RosterRow.parse(row);
  return !suppressed && lists[list]?.state === "joined";
}

function shardOf(subscriberId: string): number {
  return (createHash("sha256").update(subscriberId).digest()[0] ?? 0) % shards;
}
