import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startService, type TestService } from "../../helpers/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

describe("doorbells", () => {
  it("ring in the lane of each packet, by tens", async () => {
    const packets = Array.from(
      { length: 23 },
      (_, n) => ({ id: `pkt_${n}`, lane: n % 2 ? "now" : "bulk" }) as const,
    );
    await service.deps.doorbells.ring(packets);
    const now = [...(await service.messages("send-now")), ...(await service.messages("send-now"))];
    const bulk = [...(await service.messages("send-bulk")), ...(await service.messages("send-bulk"))];
    expect(now.map((body) => JSON.parse(body))).toContainEqual({ v: 1, packetId: "pkt_1" });
    expect(now).toHaveLength(11);
    expect(bulk).toHaveLength(12);
  });

  it("for nobody is nothing", async () => {
    await service.deps.doorbells.ring([]);
    expect(await service.messages("send-now")).toEqual([]);
  });

  it("that are not taken are a failure that says so", async () => {
    const { connect } = await import("../../../adapters/connect.ts");
    const broken = connect({ ...service.environment, AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:1" });
    await expect(broken.doorbells.ring([{ id: "pkt_1", lane: "now" }])).rejects.toMatchObject({
      kind: "unavailable",
      code: "sqs.unavailable",
    });
  });
});
