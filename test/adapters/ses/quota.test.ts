import { SESv2Client } from "@aws-sdk/client-sesv2";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sesQuota } from "../../../adapters/ses/quota.ts";
import type { LastQuota } from "../../../core/pace/pace-ports.ts";
import { type AwsStub, Refusal, startAwsStub } from "../../helpers/aws-stub.ts";

let stub: AwsStub;
let client: SESv2Client;
let asked: number;
/** What SES says: a rate, a refusal, or nothing at all. */
let says: number | Refusal | "nothing";
beforeAll(async () => {
  stub = await startAwsStub({
    "ses:GetAccount": () => {
      asked += 1;
      if (says === "nothing") return new Promise<object>(() => {});
      return says instanceof Refusal ? says : { SendQuota: { MaxSendRate: says } };
    },
  });
  client = new SESv2Client({
    region: "us-east-1",
    endpoint: stub.url,
    maxAttempts: 1,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
});
afterAll(async () => {
  client.destroy();
  await stub.close();
});
beforeEach(() => {
  asked = 0;
  says = 14;
});

const down = new Refusal("InternalServiceErrorException", "", 500);

function setUp(remembered?: number) {
  const kept: number[] = [];
  const clock = { now: 1_000_000 };
  const last: LastQuota = {
    load: async () => kept.at(-1) ?? remembered,
    store: async (perSecond) => {
      kept.push(perSecond);
    },
  };
  return { kept, clock, last, quota: sesQuota(client, last, () => clock.now) };
}

describe("the account's quota", () => {
  it("is asked for once a minute, however many ask at once, and kept when it has changed", async () => {
    const { quota, clock, kept } = setUp();
    expect(await Promise.all([quota.perSecond(), quota.perSecond(), quota.perSecond()])).toEqual([
      14, 14, 14,
    ]);
    says = 200;
    clock.now += 59_999;
    expect(await quota.perSecond()).toBe(14);
    expect(asked).toBe(1);
    clock.now += 1;
    expect(await quota.perSecond()).toBe(200);
    clock.now += 60_000;
    expect(await quota.perSecond()).toBe(200);
    expect(asked).toBe(3);
    expect(kept).toEqual([14, 200]);
  });

  it("stays what it was while SES does not answer, which is asked again every ten seconds", async () => {
    const { quota, clock } = setUp(3);
    await quota.perSecond();
    says = down;
    clock.now += 60_000;
    expect(await quota.perSecond()).toBe(14);
    clock.now += 9_999;
    expect(await quota.perSecond()).toBe(14);
    expect(asked).toBe(2);
    says = 50;
    clock.now += 1;
    expect(await quota.perSecond()).toBe(50);
  });

  it("is what another process heard last, if SES has never answered this one", async () => {
    says = down;
    expect(await setUp(28).quota.perSecond()).toBe(28);
  });

  it.each([
    ["nothing is known", undefined],
    ["nothing can be read", "unreadable"],
  ])("is one a second when %s", async (_, remembered) => {
    says = down;
    const { last } = setUp();
    const unreadable = { ...last, load: () => Promise.reject(new Error("no table")) };
    expect(await sesQuota(client, remembered ? unreadable : last, () => 0).perSecond()).toBe(1);
  });

  it("does not keep a packet waiting for long when SES says nothing", async () => {
    says = "nothing";
    expect(await setUp(28).quota.perSecond()).toBe(28);
  });

  it("is no worse if it cannot be kept, and is kept the next time", async () => {
    const { last, kept, clock } = setUp();
    let broken = true;
    const store = (perSecond: number) =>
      broken ? Promise.reject(new Error("no table")) : last.store(perSecond);
    const quota = sesQuota(client, { ...last, store }, () => clock.now);
    expect(await quota.perSecond()).toBe(14);
    broken = false;
    clock.now += 60_000;
    expect(await quota.perSecond()).toBe(14);
    expect(kept).toEqual([14]);
  });

  it("that is none at all is not believed", async () => {
    says = 0;
    expect(await setUp(28).quota.perSecond()).toBe(28);
  });
});
