import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { HandSettlements } from "../../core/delivery/ledger-ports.ts";
import { mailEventTypes } from "../../core/delivery/record-event.ts";
import { calling, type Table } from "./table.ts";

/** Why a row says what no answer of SES and no event has said. */
const reason = "by-hand";

/** What an operator decides on a delivery, on the condition that nothing has come in between. */
export function dynamoHandSettlements(table: Table): HandSettlements {
  const noEvent = mailEventTypes.map((_, at) => `attribute_not_exists(#event${at})`).join(" AND ");
  const eventNames = mailEventTypes.map((type, at) => [`#event${at}`, `on_${type}`]);
  return {
    settle: ({ subscriberId, mailing, owner, attempt }, state, at) =>
      calling(() =>
        table.client
          .send(
            new UpdateCommand({
              TableName: table.name,
              Key: { pk: `SUB#${subscriberId}`, sk: `MAIL#${mailing}` },
              UpdateExpression:
                "SET #state = :state, #reason = :reason, #settledAt = :at REMOVE #due, #dueAt",
              ConditionExpression: `#state = :unknown AND #owner = :owner AND #attempt = :attempt AND ${noEvent}`,
              ExpressionAttributeNames: {
                ...Object.fromEntries(eventNames),
                "#state": "state",
                "#reason": "reason",
                "#settledAt": "settledAt",
                "#due": "due",
                "#dueAt": "dueAt",
                "#owner": "owner",
                "#attempt": "attempt",
              },
              ExpressionAttributeValues: {
                ":state": state,
                ":reason": reason,
                ":at": at,
                ":unknown": "unknown",
                ":owner": owner,
                ":attempt": attempt,
              },
            }),
          )
          .then(() => true, unlessRefused),
      ),
  };
}

function unlessRefused(error: unknown): false {
  if (error instanceof ConditionalCheckFailedException) return false;
  throw error;
}
