import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dynamoDueWork, dynamoSending } from "../../../adapters/dynamodb/sending.ts";
import { deleteRow, putRow, type Table } from "../../../adapters/dynamodb/table.ts";
import { holdSending } from "../../../core/account/hold-sending.ts";
import { type ResumeSendingDeps, resumeSending } from "../../../core/account/resume-sending.ts";
import { whyHeld } from "../../../core/account/sending-state.ts";
import { watchSending } from "../../../core/account/watch-sending.ts";
import { duePartition } from "../../../core/due.ts";
import { addMinutes, type Instant } from "../../../core/time/instant.ts";
import { startTable } from "../../helpers/table.ts";

const began = "2027-03-01T12:00:00.000Z";
let table: Table;
let stop: () => Promise<void>;
let now: Instant;
let deps: ResumeSendingDeps;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
beforeEach(async () => {
  await deleteRow(table, { pk: "ACCOUNT", sk: "SENDING" });
  now = began;
  deps = {
    sending: dynamoSending(table),
    dueWork: dynamoDueWork(table),
    clock: { now: () => now, elapsed: () => 0, sleep: async () => {} },
  };
});

const held = async () => whyHeld(await deps.sending.load(), deps.sending.table);

/** What a restore leaves: the rows of a table that had another name. */
async function asCopy(): Promise<void> {
  await deps.sending.replace(undefined, { table: "lost" });
}

describe("the state of sending", () => {
  it("names its table at the first dispatch, and is left alone after that", async () => {
    await watchSending(deps);
    await watchSending(deps);
    expect(await deps.sending.load()).toEqual({ table: table.name });
    expect(await held()).toBeUndefined();
  });

  it("is held and resumed by hand, each as often as one likes", async () => {
    await watchSending(deps);
    expect(await holdSending(deps)).toEqual({ heldAt: began });
    now = addMinutes(began, 1);
    expect(await holdSending(deps)).toEqual({ heldAt: began });
    expect(await held()).toBe("held");
    expect(await resumeSending(deps)).toEqual({ status: "resumed" });
    expect(await held()).toBeUndefined();
    expect(await resumeSending(deps)).toEqual({ status: "already-sending" });
    expect(await deps.sending.load()).toEqual({ table: table.name });
  });

  it("can be held before the first dispatch", async () => {
    await holdSending(deps);
    expect(await held()).toBe("held");
  });

  it("changes only from what was read", async () => {
    await deps.sending.replace(undefined, { table: table.name });
    expect(await deps.sending.replace(undefined, { table: "other" })).toBe(false);
    expect(await deps.sending.replace({ table: "other" }, { table: "third" })).toBe(false);
    expect(await deps.sending.load()).toEqual({ table: table.name });
  });
});

describe("a restored copy", () => {
  it("begins held, and dispatch notes when it was first seen", async () => {
    await asCopy();
    expect(await held()).toBe("restored");
    await watchSending(deps);
    now = addMinutes(began, 1);
    await watchSending(deps);
    expect(await deps.sending.load()).toEqual({ table: "lost", copyNoticedAt: began });
    expect(await held()).toBe("restored");
  });

  it("is resumed only when dispatch has had five minutes with it", async () => {
    await asCopy();
    expect(await resumeSending(deps)).toEqual({ status: "not-yet", waitUntil: addMinutes(began, 5) });
    await watchSending(deps);
    now = addMinutes(began, 4);
    expect(await resumeSending(deps)).toEqual({ status: "not-yet", waitUntil: addMinutes(began, 5) });
    expect(await held()).toBe("restored");
  });

  it("is not resumed while dispatch is behind with what fell due", async () => {
    await asCopy();
    await watchSending(deps);
    const key = { pk: "SUB#s", sk: "COURSE#records" };
    await putRow(table, { ...key, due: duePartition("course", "s"), dueAt: began });
    now = addMinutes(began, 10);
    expect(await resumeSending(deps)).toEqual({ status: "behind", oldestDueAt: began });
    await deleteRow(table, key);
    expect(await resumeSending(deps)).toMatchObject({ status: "resumed" });
  });

  it("belongs to its new name then, in doubt about everything planned so far, also after a later hold", async () => {
    await asCopy();
    await watchSending(deps);
    now = addMinutes(began, 10);
    expect(await resumeSending(deps)).toEqual({ status: "resumed", doubtUntil: now });
    const resumed = { table: table.name, doubtUntil: now };
    expect(await deps.sending.load()).toEqual(resumed);
    now = addMinutes(began, 60);
    await holdSending(deps);
    expect(await resumeSending(deps)).toEqual({ status: "resumed" });
    expect(await deps.sending.load()).toEqual(resumed);
  });
});

describe("work that is due", () => {
  it("is told by its oldest row; packets, feeds and audiences wait for others than dispatch", async () => {
    expect(await deps.dueWork.oldest(now)).toBeUndefined();
    const row = async (kind: Parameters<typeof duePartition>[0], id: string, dueAt: Instant) => {
      const key = { pk: `ROW#${id}`, sk: kind };
      await putRow(table, { ...key, due: duePartition(kind, id), dueAt });
      return () => deleteRow(table, key);
    };
    const early = addMinutes(began, -30);
    const away = [
      await row("packet", "1", early),
      await row("feed", "2", early),
      await row("campaign", "3", early),
      await row("digest", "4", addMinutes(began, 1)),
    ];
    expect(await deps.dueWork.oldest(now)).toBeUndefined();
    away.push(
      await row("deadline", "5", addMinutes(began, -2)),
      await row("unknown", "6", addMinutes(began, -7)),
    );
    expect(await deps.dueWork.oldest(now)).toBe(addMinutes(began, -7));
    for (const remove of away) await remove();
  });
});
