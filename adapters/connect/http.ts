import type { Catalogue } from "../../core/catalogue.ts";
import type { CeLog } from "../../core/ce/ce-ports.ts";
import type { LogHoursDeps } from "../../core/ce/log-hours.ts";
import type { MarkDoneDeps } from "../../core/course/mark-done.ts";
import type { RestartCourseDeps } from "../../core/course/restart-course.ts";
import type { SetTasksDeps } from "../../core/course/tick-tasks.ts";
import type { OpenArchiveDeps } from "../../core/digest/open-archive.ts";
import type { Limits } from "../../core/limit/limit-ports.ts";
import type { ChangeAddressDeps } from "../../core/person/change-address.ts";
import type { ConfirmAddressDeps } from "../../core/person/confirm-address.ts";
import type { ErasePersonDeps } from "../../core/person/erase-person.ts";
import type { ExportPersonDeps } from "../../core/person/export-person.ts";
import type { AddressClaims } from "../../core/person/person-ports.ts";
import type { RequestAccessDeps } from "../../core/person/request-access.ts";
import type { OpenSettingsDeps } from "../../core/preferences/open-settings.ts";
import type { OpenProgressDeps } from "../../core/progress/open-progress.ts";
import type { OpenStepDeps } from "../../core/progress/open-step.ts";
import type { FinishDateDeps } from "../../core/reminder/finish-date.ts";
import type { ReminderDates } from "../../core/reminder/reminder-ports.ts";
import type { RemoveDateDeps } from "../../core/reminder/remove-date.ts";
import type { SetDateDeps } from "../../core/reminder/set-date.ts";
import type { SetRhythmDeps } from "../../core/rhythm/set-rhythm.ts";
import type { Sources } from "../../core/source/source-ports.ts";
import type { AskAgainDeps } from "../../core/subscriber/ask-again.ts";
import type { ConfirmDeps } from "../../core/subscriber/confirm.ts";
import type { UnsubscribeDeps } from "../../core/subscriber/unsubscribe.ts";
import type { SignUpByCallDeps } from "../../core/webhook/sign-up-by-call.ts";
import { courses, credentials, pages, readings, site } from "../../dist/catalogue.ts";
import { openapi } from "../../dist/openapi.ts";
import { sqsClient, ssmClient } from "../clients.ts";
import type { Environment } from "../config.ts";
import { listedDisposables } from "../disposable-domains.ts";
import { dynamoAddresses } from "../dynamodb/addresses.ts";
import { dynamoCeLog } from "../dynamodb/ce-log.ts";
import { dynamoConsentTexts } from "../dynamodb/consent-texts.ts";
import { dynamoDailySlots } from "../dynamodb/daily-slots.ts";
import { dynamoDeliveries } from "../dynamodb/deliveries.ts";
import { dynamoDigests } from "../dynamodb/digests.ts";
import { dynamoEnrolments } from "../dynamodb/enrolments.ts";
import { dynamoLimits } from "../dynamodb/limits.ts";
import { dynamoNews } from "../dynamodb/news.ts";
import { dynamoNudges } from "../dynamodb/nudges.ts";
import { dynamoPackets } from "../dynamodb/packets.ts";
import { dynamoPersonRows } from "../dynamodb/person-rows.ts";
import { dynamoReminderDates } from "../dynamodb/reminder-dates.ts";
import { dynamoSourceCalls } from "../dynamodb/source-calls.ts";
import { dynamoSources } from "../dynamodb/sources.ts";
import { dynamoDigestStandings } from "../dynamodb/standings.ts";
import { dynamoSubscribers } from "../dynamodb/subscribers.ts";
import { dynamoSuppressions } from "../dynamodb/suppressions.ts";
import { dynamoWebhookCalls } from "../dynamodb/webhook-calls.ts";
import { randomIds } from "../ids.ts";
import { jmesPath } from "../jmespath.ts";
import { sqsDoorbells } from "../sqs/doorbells.ts";
import { ssmKeys } from "../ssm/keys.ts";
import { type Given, ground } from "./ground.ts";

/** What the pages, the webhooks and the API of admins need, of all that they call. */
export type HttpDeps = SignUpByCallDeps &
  ConfirmDeps &
  AskAgainDeps &
  UnsubscribeDeps &
  OpenProgressDeps &
  Pick<OpenSettingsDeps, "slots"> &
  OpenStepDeps &
  SetTasksDeps &
  RestartCourseDeps &
  MarkDoneDeps &
  SetDateDeps &
  FinishDateDeps &
  LogHoursDeps &
  RequestAccessDeps &
  ExportPersonDeps &
  ChangeAddressDeps &
  ConfirmAddressDeps &
  ErasePersonDeps &
  RemoveDateDeps &
  SetRhythmDeps &
  OpenArchiveDeps & {
    ceLog: CeLog;
    claims: AddressClaims;
    dates: ReminderDates;
    limits: Limits;
    /** The description of all this, as JSON. */
    openapi: string;
    sources: Sources;
    catalogue: Pick<Catalogue, "site" | "courses" | "credentials" | "pages" | "readings">;
  };

/** Rows, keys, the bell of the lane `now`, and polls of feeds; no mail. */
export function connectHttp(environment: Environment, given: Given = {}): HttpDeps {
  const { config, clock, table } = ground(environment, given);
  return {
    clock,
    catalogue: given.catalogue ?? {
      site,
      courses,
      credentials,
      pages,
      readings,
    },
    ids: randomIds,
    keys: ssmKeys(ssmClient(config), config.KEYS_PARAMETER, clock.elapsed),
    doorbells: sqsDoorbells(sqsClient(config), {
      now: config.SEND_NOW_QUEUE_URL,
      bulk: config.SEND_BULK_QUEUE_URL,
    }),
    addresses: dynamoAddresses(table),
    calls: dynamoWebhookCalls(table),
    ceLog: dynamoCeLog(table),
    claims: dynamoAddresses(table),
    consentTexts: dynamoConsentTexts(table),
    dates: dynamoReminderDates(table),
    deliveries: dynamoDeliveries(table),
    disposables: listedDisposables(),
    digests: { ...dynamoDigests(table), ...dynamoDigestStandings(table) },
    enrolments: dynamoEnrolments(table),
    limits: dynamoLimits(table),
    openapi,
    news: dynamoNews(table),
    nudges: dynamoNudges(table),
    packets: dynamoPackets(table, clock),
    persons: dynamoPersonRows(table),
    payloads: jmesPath,
    slots: dynamoDailySlots(table),
    sourceCalls: dynamoSourceCalls(table),
    sources: dynamoSources(table),
    subscribers: dynamoSubscribers(table),
    suppressions: dynamoSuppressions(table),
    suppressionRecords: dynamoSuppressions(table),
    publicUrl: config.PUBLIC_URL,
  };
}
