import { connectSendPacket } from "../../adapters/connect/send-packet.ts";
import { Doorbell } from "../../core/delivery/packet.ts";
import { sendPacket } from "../../core/delivery/send-packet.ts";
import { onSqs } from "../edge/sqs.ts";

/** Send queues → SES. */
export const handler = onSqs(Doorbell, sendPacket, connectSendPacket);
