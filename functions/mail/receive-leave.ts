import { connectReceiveLeave } from "../../adapters/connect/receive-leave.ts";
import { type LeaveByMailDeps, leaveByMail } from "../../core/subscriber/leave-by-mail.ts";
import { onMail } from "../edge/mail.ts";
import { ReceivedMail, subjectOf } from "./received-mail.ts";

/** Mails to the unsubscribe mailbox → lists that are left. Nobody is answered. */
export const handler = onMail(ReceivedMail, leave, connectReceiveLeave);

function leave(deps: LeaveByMailDeps, mail: ReceivedMail) {
  return leaveByMail(deps, { subject: subjectOf(mail) });
}
