import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dynamodbClient } from "../../../adapters/clients.ts";
import { dynamoDeliveries } from "../../../adapters/dynamodb/deliveries.ts";
import { deliveryKey } from "../../../core/delivery/delivery.ts";
import type { Deliveries } from "../../../core/ports.ts";
import { close, listen } from "../../../local/loopback.ts";
import { startService, type TestService } from "../../helpers/service.ts";

const mailing = "digest_2027-W10";
const at = "2027-03-08T09:00:00.000Z";
const byPacket1 = { mailing, owner: "pkt_1.1", attempt: 1, claimedAt: at };

let service: TestService;
let line: Server;
let lost: Deliveries;
/** How many answers are still to be lost to calls of such statements, though they are carried out. */
let losses = { of: "INSERT", left: 0 };

/** The line is cut behind DynamoDB: it carries out, and the client hears nothing and asks again. */
beforeAll(async () => {
  service = await startService();
  line = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    const own = ["host", "connection", "content-length"];
    const answer = await fetch(service.dynamodbUrl, {
      method: "POST",
      headers: headers.filter(([name]) => !own.includes(name)),
      body,
    });
    const text = await answer.text();
    if (losses.left > 0 && body.includes(`"${losses.of} `)) {
      losses.left -= 1;
      request.socket.destroy();
    } else response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.0" }).end(text);
  });
  const url = await listen(line, 0);
  const environment = { ...service.environmentOf("send-packet"), AWS_ENDPOINT_URL_DYNAMODB: url };
  const client = dynamodbClient(environment as Parameters<typeof dynamodbClient>[0]);
  lost = dynamoDeliveries({ client, name: "stepletter" });
});
afterAll(async () => {
  await close(line);
  await service.stop();
});

async function stateOf(subscriberId: string) {
  const key = { subscriberId, mailing };
  const row = (await service.deps.deliveries.loadMany([key])).get(deliveryKey(key));
  return row && `${row.state} ${row.owner} ${row.attempt}`;
}

it("a claim whose answer was lost holds whom it has claimed, and nobody else's", async () => {
  await service.deps.deliveries.claimMany({ ...byPacket1, owner: "pkt_2.1" }, ["sub_b"]);
  losses = { of: "INSERT", left: 1 };
  const { held, others } = await lost.claimMany(byPacket1, ["sub_a", "sub_b", "sub_c"]);
  expect(losses.left).toBe(0);
  expect(held).toEqual(["sub_a", "sub_c"]);
  expect(others.map(({ subscriberId, owner }) => [subscriberId, owner])).toEqual([["sub_b", "pkt_2.1"]]);
});

it("a claim that takes a row over holds it, also when the answer to that was lost", async () => {
  await lost.claimMany(byPacket1, ["sub_d"]);
  losses = { of: "UPDATE", left: 1 };
  expect(await lost.claimMany({ ...byPacket1, owner: "pkt_1.2" }, ["sub_d"])).toEqual({
    held: ["sub_d"],
    others: [],
  });
  expect(losses.left).toBe(0);
  expect(await stateOf("sub_d")).toBe("sending pkt_1.2 1");
});

it("a claim that was never answered has claimed all the same, and is the next lease's to take", async () => {
  losses = { of: "INSERT", left: 100 };
  await expect(lost.claimMany(byPacket1, ["sub_e"])).rejects.toMatchObject({ code: "dynamodb.unavailable" });
  losses.left = 0;
  expect(await stateOf("sub_e")).toBe("sending pkt_1.1 1");
  expect((await lost.claimMany({ ...byPacket1, owner: "pkt_1.2" }, ["sub_e"])).held).toEqual(["sub_e"]);
});

it("a settlement whose answer was lost stands, though it says that it did not settle", async () => {
  await lost.claimMany(byPacket1, ["sub_f"]);
  losses = { of: "UPDATE", left: 1 };
  expect(await lost.settleMany(byPacket1, [["sub_f", { state: "sent", messageId: "m1" }]], at)).toEqual([
    false,
  ]);
  expect(await stateOf("sub_f")).toBe("sent pkt_1.1 1");
});
