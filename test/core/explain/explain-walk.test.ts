import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoDigestStandings } from "../../../adapters/dynamodb/standings.ts";
import { explainSubscriber } from "../../../core/explain/explain-subscriber.ts";
import { addMinutes } from "../../../core/time/instant.ts";
import { tableOf } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, received, tick } from "../../helpers/walk.ts";

const email = "ada@example.com";
let service: TestService;
let rows: ReturnType<typeof tableOf>;
let id: string;
beforeAll(async () => {
  service = await startService();
  rows = tableOf(service);
  id = await join(service, email, { digest: "on" });
  await tick(service);
});
afterAll(async () => {
  rows.close();
  await service.stop();
});

const explain = () => explainSubscriber({ ...service.deps, digests: dynamoDigestStandings(rows.table) }, id);

async function tickAt(instant: string): Promise<void> {
  service.clock.set(instant);
  await tick(service);
}

describe("of somebody who walks a course and has asked for the digest", () => {
  it("the digest waits for the end of the course", async () => {
    const told = await explain();
    expect([told?.digestWaitsFor, told?.digest]).toEqual([["records"], undefined]);
  });

  it("the nudge for an open step is told, for the minute in which it comes", async () => {
    for (const day of ["2027-03-03", "2027-03-10"]) await tickAt(`${day}T14:00:00.000Z`);
    await tickAt("2027-03-13T20:00:00.000Z");
    const nudge = (await explain())?.courses[0]?.nudge;
    const at = nudge?.next?.at ?? "";
    expect(nudge).toEqual({ sent: 0, off: false, next: { mailing: "nudge_records_run-1_1", at } });
    await tickAt(addMinutes(at, -1));
    expect(received(service, email)).not.toContain("nudge_records_run-1_1");
    await tickAt(at);
    expect(received(service, email)).toContain("nudge_records_run-1_1");
    expect((await explain())?.courses[0]?.nudge?.sent).toBe(1);
  });

  it("the digest waits for nothing any more once the course is over", async () => {
    await tickAt("2027-03-17T14:00:00.000Z");
    const told = await explain();
    expect(told?.courses[0]?.state).toBe("finished");
    expect(told?.digestWaitsFor).toBeUndefined();
    expect(told?.digest?.edition).toBe("2027-W12");
  });
});
