import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { dynamoSending } from "../../adapters/dynamodb/sending.ts";
import { whyHeld } from "../../core/account/sending-state.ts";
import { stopWords } from "../../core/account/stop-words.ts";
import { blocks, ok } from "./finding.ts";
import { deployedCheck } from "./probe.ts";

/** Whether an operator, a restored table, or what SES last answered holds mail back. */
export const checkSending = deployedCheck({
  name: "sending",
  async run({ clients, environment, place }) {
    const name = environment.TABLE_NAME;
    const client = DynamoDBDocumentClient.from(clients.dynamodb);
    const sending = dynamoSending({ client, name });
    const state = await sending.load();
    const held = whyHeld(state, name);
    const where = place.data === undefined ? `--stage ${place.stage}` : `--data ${place.data}`;
    const status = `npm run stepletter -- sending status ${where}   # tells what to do`;
    if (held === "restored") return [blocks("held: this is a copy of another table", status)];
    if (held) return [blocks(`held since ${state?.heldAt}`, status)];
    const stops = [
      ...(state?.stop ? [blocks(`stopped: ${stopWords(state.stop)}`, status)] : []),
      ...(await sending.stoppedMailings()).map(({ mailing, stop }) =>
        blocks(`${mailing} is stopped: ${stopWords(stop)}`, status),
      ),
    ];
    return stops.length > 0 ? stops : [ok("mail may go")];
  },
});
