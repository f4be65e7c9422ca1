import type { Sending } from "../../core/account/account-ports.ts";
import type {
  Addresses,
  Deliveries,
  Enrolments,
  Packets,
  Subscribers,
  Suppressions,
} from "../../core/ports.ts";
import { modelDeliveries } from "../faults/model/deliveries.ts";
import { modelEnrolments } from "../faults/model/enrolments.ts";
import { modelPackets } from "../faults/model/packets.ts";
import { modelSending } from "../faults/model/sending.ts";
import { modelAddresses, modelSubscribers, modelSuppressions } from "../faults/model/subscribers.ts";
import { asPort, atOnce } from "../faults/model/sync-port.ts";
import { deliveriesContract } from "./deliveries-contract.ts";
import { enrolmentsContract } from "./enrolments-contract.ts";
import { packetsContract } from "./packets-contract.ts";
import { sendingContract } from "./sending-contract.ts";
import { subscribersContract } from "./subscribers-contract.ts";

const of = "of the model";

deliveriesContract(of, async () => ({
  deliveries: asPort<Deliveries>("deliveries", modelDeliveries(new Map()), atOnce),
}));
packetsContract(of, async () => ({ port: asPort<Packets>("packets", modelPackets(new Map()), atOnce) }));
enrolmentsContract(of, async () => ({
  port: asPort<Enrolments>("enrolments", modelEnrolments(new Map()), atOnce),
}));
subscribersContract(of, async () => ({
  port: {
    addresses: asPort<Addresses>("addresses", modelAddresses(new Map()), atOnce),
    subscribers: asPort<Subscribers>("subscribers", modelSubscribers(new Map()), atOnce),
    suppressions: asPort<Suppressions>("suppressions", modelSuppressions(new Map()), atOnce),
  },
}));
sendingContract(of, async () => ({
  port: asPort<Sending>("sending", modelSending("stepletter", { stops: new Map() }), atOnce),
}));
