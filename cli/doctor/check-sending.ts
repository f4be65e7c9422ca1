import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { dynamoSending } from "../../adapters/dynamodb/sending.ts";
import { whyHeld } from "../../core/account/sending-state.ts";
import { blocks, ok } from "./finding.ts";
import { deployedCheck } from "./probe.ts";

/** Whether an operator, or a restored table, holds all mail back. */
export const checkSending = deployedCheck({
  name: "sending",
  async run({ clients, environment, place }) {
    const name = environment.TABLE_NAME;
    const client = DynamoDBDocumentClient.from(clients.dynamodb);
    const state = await dynamoSending({ client, name }).load();
    const held = whyHeld(state, name);
    const where = place.data === undefined ? `--stage ${place.stage}` : `--data ${place.data}`;
    const status = `npm run stepletter -- sending status ${where}   # tells what to do`;
    if (held === "restored") return [blocks("held: this is a copy of another table", status)];
    if (held) return [blocks(`held since ${state?.heldAt}`, status)];
    return [ok("mail may go")];
  },
});
