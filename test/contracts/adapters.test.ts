import { dynamoAddresses, dynamoSuppressions } from "../../adapters/dynamodb/addresses.ts";
import { dynamoEnrolments } from "../../adapters/dynamodb/enrolments.ts";
import { dynamoPackets } from "../../adapters/dynamodb/packets.ts";
import { dynamoSending } from "../../adapters/dynamodb/sending.ts";
import { dynamoSubscribers } from "../../adapters/dynamodb/subscribers.ts";
import type { Table } from "../../adapters/dynamodb/table.ts";
import { startTable } from "../helpers/table.ts";
import { enrolmentsContract } from "./enrolments-contract.ts";
import { packetsContract } from "./packets-contract.ts";
import { sendingContract } from "./sending-contract.ts";
import { subscribersContract } from "./subscribers-contract.ts";
import type { UnderTest } from "./under-test.ts";

const over = "over the embedded table";

/** A port over a table of its own. */
async function portOver<Port>(connect: (table: Table) => Port): Promise<UnderTest<Port>> {
  const { table, stop } = await startTable();
  return { port: connect(table), stop };
}

packetsContract(over, () =>
  portOver((table) => dynamoPackets(table, { elapsed: () => Date.parse("2027-03-01T09:00:00.000Z") })),
);
enrolmentsContract(over, () => portOver(dynamoEnrolments));
subscribersContract(over, () =>
  portOver((table) => ({
    addresses: dynamoAddresses(table),
    subscribers: dynamoSubscribers(table),
    suppressions: dynamoSuppressions(table),
  })),
);
sendingContract(over, () => portOver(dynamoSending));
