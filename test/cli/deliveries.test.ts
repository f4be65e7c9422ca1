import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { delivery, putDelivery } from "../helpers/ledger-rows.ts";
import { join as joinCourse } from "../helpers/walk.ts";
import { type OperatorService, startOperatorService } from "./operator-service.ts";

let operator: OperatorService;
let ada: string;
beforeAll(async () => {
  operator = await startOperatorService("2027-03-01T12:30:00.000Z");
  ada = await joinCourse(operator.service, "ada@example.com");
  for (const [subscriberId, changes] of Object.entries({
    sub_stuck: {},
    sub_fresh: { dueAt: "2027-03-01T12:40:00.000Z" },
    sub_told: { events: { delivered: "2027-03-01T12:05:00.000Z" } },
    sub_failed: { state: "failed" as const, reason: "MessageRejected", mailing: "campaign_spring" },
  }))
    await putDelivery(operator.rows.table, delivery({ subscriberId, ...changes }));
});
afterAll(() => operator.stop());

const deliveries = (...args: string[]) => operator.run("deliveries", ...args);
const welcome = "course_records_run-1_welcome";

describe("stepletter deliveries", () => {
  it("lists what is unknown or failed, with reasons, and what to do; no line is too wide", async () => {
    const { code, stdout, stderr } = await deliveries();
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(
      `unknown  ${welcome}\n         sub_stuck since 2027-03-01 12:00Z, reason timeout,`,
    );
    expect(stdout).toContain("failed   campaign_spring");
    expect(stdout).toMatch(/Read \d+ rows: [\d.]+ read units/);
    expect(stdout).toContain("stepletter deliveries resolve SUBSCRIBER MAILING");
    expect(stdout).not.toContain("@");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(90);
  });

  it("keeps to a state, a mailing, a limit, and answers in JSON", async () => {
    expect(
      await operator.json("deliveries", "--state", "failed", "--mailing", "campaign_spring"),
    ).toMatchObject({
      deliveries: [{ subscriberId: "sub_failed", state: "failed", attempt: 1 }],
      more: false,
      cost: { readUnits: expect.any(Number) },
    });
    expect((await deliveries("--limit", "1")).stdout).toContain("The first 1 found; there are more");
    expect((await deliveries("--state", "released")).stdout).toContain("No released deliveries.");
    expect((await deliveries("--state", "lost")).code).toBe(2);
    expect((await deliveries("--limit", "none")).code).toBe(2);
  });

  it("lists one person's in any state, by id or by address", async () => {
    const byAddress = await operator.json("deliveries", "--subscriber", "Ada@Example.com");
    expect(byAddress).toMatchObject({ deliveries: [{ subscriberId: ada, state: "sent" }] });
    expect(byAddress).toEqual(await operator.json("deliveries", "--subscriber", ada));
    expect(await operator.json("deliveries", "--subscriber", "none@example.com")).toMatchObject({
      code: "subscriber.missing",
    });
    expect((await deliveries("--subscriber", "a@b")).code).toBe(2);
  });
});

describe("stepletter deliveries resolve", () => {
  const resolve = (...args: string[]) => deliveries("resolve", ...args);

  it("decides on one that stayed unknown, once", async () => {
    expect(await resolve("sub_stuck", welcome, "--as", "failed")).toMatchObject({
      code: 0,
      stdout: "Settled as failed, by hand.\n",
    });
    const again = await resolve("sub_stuck", welcome, "--as", "again");
    expect(again).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("It is failed") });
  });

  it("rings for a second attempt", async () => {
    await putDelivery(operator.rows.table, delivery({ subscriberId: "sub_again" }));
    expect((await resolve("sub_again", welcome, "--as", "again")).stdout).toContain("attempt 2");
    expect(await operator.service.messages("send-bulk")).not.toEqual([]);
  });

  it.each([
    ["sub_told", "again", "An event tells"],
    ["sub_fresh", "again", "Events have until 2027-03-01 12:40Z"],
    ["sub_none", "sent", "no such delivery"],
  ])("of %s refuses %s, and says why", async (id, as, says) => {
    const refused = await resolve(id, welcome, "--as", as);
    expect(refused).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining(says) });
  });

  it("wants to be told what became of it", async () => {
    expect((await resolve("sub_told", welcome)).code).toBe(2);
    expect((await resolve("sub_told", welcome, "--as", "lost")).code).toBe(2);
  });
});
