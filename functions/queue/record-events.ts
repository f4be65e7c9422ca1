import { connectRecordEvents, type RecordEventsDeps } from "../../adapters/connect/record-events.ts";
import { recordEvent } from "../../core/delivery/record-event.ts";
import { onSqs } from "../edge/sqs.ts";
import { SesEvent, toMailEvent } from "./ses-event.ts";

/** SES events → ledger, suppressions. Events of another configuration set, or of no mail of ours, change nothing. */
export const handler = onSqs(SesEvent, record, connectRecordEvents);

async function record(deps: RecordEventsDeps, event: SesEvent, queueArn: string) {
  const mailEvent = toMailEvent(event, { configurationSet: deps.configurationSet, queueArn });
  return mailEvent ? recordEvent(deps, mailEvent) : { status: "not-ours" };
}
