import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { AppError } from "../../core/errors.ts";
import type { LastQuota, Places } from "../../core/pace/pace-ports.ts";
import { conditional, getRow, type Row, rowVersion, type Table, updateRow } from "./table.ts";

const key = { pk: "ACCOUNT", sk: "PACE" };

/**
 * Nobody takes a place so far ahead, so such a row was written by a clock that went wrong: it is overwritten, or
 * nothing would be sent until that time has come.
 */
const absurdMs = 60_000;
const tries = 8;

/** The row of the account's rate: `free` is the real time until which it is given away. */
export function dynamoPlaces(table: Table): Places {
  // As last seen: only a guess at which of the two writes will do, since one that is refused is paid for too.
  let free = 0;
  return {
    async take(now, lengthMs, withinMs) {
      for (let nth = 0; nth < tries; nth += 1) {
        for (const write of free > now ? [add, begin] : [begin, add]) {
          const at = await write(table, lengthMs, now, withinMs);
          if (at === undefined) continue;
          free = at + lengthMs;
          return { at };
        }
        free = Number((await getRow(table, key))?.free);
        if (free > now + withinMs) return { freeAt: free };
      }
      throw new AppError("unavailable", "pace.contended", "Others were quicker each time");
    },
  };
}

/** The quota that was last heard of, on the same row. */
export function dynamoLastQuota(table: Table): LastQuota {
  return {
    async load() {
      const perSecond = (await getRow(table, key))?.perSecond;
      return typeof perSecond === "number" ? perSecond : undefined;
    },
    async store(perSecond) {
      await updateRow(
        table,
        key,
        { set: { perSecond, v: rowVersion } },
        { when: "attribute_not_exists(#perSecond) OR #perSecond <> :set_perSecond" },
      );
    },
  };
}

type Write = (table: Table, lengthMs: number, now: number, withinMs: number) => Promise<number | undefined>;

/** Queues behind what is given away already, if that ends soon enough: however many do so at once, none is refused. */
const add: Write = async (table, lengthMs, now, withinMs) => {
  let row: Row | undefined;
  await conditional(async () => {
    const { Attributes } = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: key,
        UpdateExpression: "SET #free = #free + :length",
        ConditionExpression: "#free > :now AND #free <= :until",
        ExpressionAttributeNames: { "#free": "free" },
        ExpressionAttributeValues: { ":length": lengthMs, ":now": now, ":until": now + withinMs },
        ReturnValues: "ALL_NEW",
      }),
    );
    row = Attributes as Row;
  });
  return row && Number(row.free) - lengthMs;
};

/** Takes the rate from now on, if nothing is given away. */
const begin: Write = async (table, lengthMs, now) => {
  const begun = await updateRow(
    table,
    key,
    { set: { free: now + lengthMs, v: rowVersion } },
    {
      when: "attribute_not_exists(#free) OR #free <= :now OR #free > :absurd",
      values: { now, absurd: now + absurdMs },
    },
  );
  return begun ? now : undefined;
};
