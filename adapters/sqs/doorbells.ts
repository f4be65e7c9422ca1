import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Doorbell, Lane } from "../../core/delivery/packet.ts";
import type { Doorbells } from "../../core/ports.ts";
import { sendBatches } from "./send-batch.ts";

/** Doorbells over SQS: one message per packet, in the queue of its lane. */
export function sqsDoorbells(client: SQSClient, queueUrls: Record<Lane, string>): Doorbells {
  return {
    async ring(packets) {
      for (const [lane, group] of Map.groupBy(packets, (packet) => packet.lane)) {
        const bells = group.map(({ id }): Doorbell => ({ v: 1, packetId: id }));
        await sendBatches(client, queueUrls[lane], bells);
      }
    },
  };
}
