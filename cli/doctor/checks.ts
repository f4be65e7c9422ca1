import { checkAccount } from "./check-account.ts";
import { checkClock } from "./check-clock.ts";
import { checkConcurrency } from "./check-concurrency.ts";
import { checkConfigurationSet } from "./check-configuration-set.ts";
import { checkCredentials } from "./check-credentials.ts";
import { checkDeployment } from "./check-deployment.ts";
import { checkDmarc } from "./check-dmarc.ts";
import { checkEvents } from "./check-events.ts";
import { checkIdentity } from "./check-identity.ts";
import { checkKeys } from "./check-keys.ts";
import { checkMailFrom } from "./check-mail-from.ts";
import { checkQueues } from "./check-queues.ts";
import { checkRegion } from "./check-region.ts";
import { checkSender } from "./check-sender.ts";
import { checkSending } from "./check-sending.ts";
import { checkSettings } from "./check-settings.ts";
import { checkSuppressions } from "./check-suppressions.ts";
import { checkTable } from "./check-table.ts";
import { checkUnsubscribeMailbox } from "./check-unsubscribe-mailbox.ts";
import type { Check } from "./probe.ts";

/** What has to be there before anything else can be asked. */
export const gates: Check[] = [checkRegion, checkCredentials];

/** In the order in which an operator comes across them. */
export const checks: Check[] = [
  checkClock,
  checkSettings,
  checkSender,
  checkAccount,
  checkIdentity,
  checkMailFrom,
  checkDmarc,
  checkUnsubscribeMailbox,
  checkConcurrency,
  checkKeys,
  checkDeployment,
  checkConfigurationSet,
  checkEvents,
  checkTable,
  checkQueues,
  checkSending,
  checkSuppressions,
];
