import { createHash } from "node:crypto";
import * as z from "zod";
import type { Roster, RosterPerson } from "../../core/audience/roster-ports.ts";
import { dateKinds } from "../../core/reminder/reminder-date.ts";
import { Subscriber } from "../../core/subscriber/subscriber.ts";
import { queryIndex, type Row, type Table } from "./table.ts";

const shards = 4;
/** The most rows that one person has in the index: profile, dates, engagement. */
const mostRows = 30;

const Profile = Subscriber.pick({
  lists: true,
  suppressed: true,
  zone: true,
  topics: true,
  tags: true,
  createdAt: true,
});
const Dated = z.object({
  kind: z.enum(dateKinds).exactOptional(),
  date: z.string(),
  doneAt: z.string().exactOptional(),
  credential: z.string().exactOptional(),
});
const Engaged = z.object({ engagedAt: z.string() });

/** Partition of the roster index in which all rows of a person stand that audiences are chosen by. */
export function rosterPartition(subscriberId: string): string {
  return `roster#${shardOf(subscriberId)}`;
}

/** The roster over its index: shard by shard, by id in each, so that an id alone says where to go on. */
export function dynamoRoster(table: Table): Roster {
  return {
    async page(cursor, limit) {
      const people: RosterPerson[] = [];
      let shard = cursor === undefined ? 0 : shardOf(cursor);
      let after = cursor;
      while (shard < shards) {
        const read = await rowsAfter(table, shard, after, limit - people.length + mostRows);
        const found = read.slice(0, limit - people.length);
        people.push(...found.flatMap(({ rows }) => toPerson(rows) ?? []));
        const last = found.at(-1);
        if (last && (people.length === limit || found.length < read.length))
          return { people, cursor: last.id };
        after = last?.id;
        if (!last) shard++;
      }
      return { people };
    },
  };
}

/** The rows behind an id in its shard, person by person; none is cut in two. */
async function rowsAfter(
  table: Table,
  shard: number,
  after: string | undefined,
  limit: number,
): Promise<{ id: string; rows: Row[] }[]> {
  const { rows, more } = await queryIndex(table, {
    index: "roster",
    when: "#roster = :roster AND #pk > :after",
    values: { roster: `roster#${shard}`, after: `SUB#${after ?? ""}` },
    limit,
  });
  const all = [...Map.groupBy(rows, ({ pk }) => pk.slice("SUB#".length))].map(([id, rows]) => ({ id, rows }));
  return more && all.length > 1 ? all.slice(0, -1) : all;
}

/** Undefined for rows without a profile: whose they were is being erased. */
function toPerson(rows: Row[]): RosterPerson | undefined {
  const profile = rows.find(({ sk }) => sk === "PROFILE");
  if (!profile) return undefined;
  const engaged = Engaged.safeParse(rows.find(({ sk }) => sk === "ENGAGED"));
  return {
    id: profile.pk.slice("SUB#".length),
    ...Profile.parse(profile),
    ...engaged.data,
    dates: rows.filter(({ sk }) => sk.startsWith("DATE#")).map((row) => Dated.parse(row)),
  };
}

function shardOf(subscriberId: string): number {
  return (createHash("sha256").update(subscriberId).digest()[0] ?? 0) % shards;
}
