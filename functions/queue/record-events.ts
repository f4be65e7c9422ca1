import { recordEvent } from "../../core/delivery/record-event.ts";
import { onSqs } from "../edge/sqs.ts";
import { SesEvent, toMailEvent } from "./ses-event.ts";

/** SES events → ledger, suppressions. Events of another configuration set, or of no mail of ours, change nothing. */
export const handler = onSqs(SesEvent, async (deps, event) => {
  const mailEvent = toMailEvent(event, deps.configurationSet);
  return mailEvent ? recordEvent(deps, mailEvent) : { status: "not-ours" };
});
