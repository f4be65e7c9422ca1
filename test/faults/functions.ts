import type { RecordEventDeps } from "../../core/delivery/record-event.ts";
import type { SendPacketDeps } from "../../core/delivery/send-packet.ts";
import type { DispatchDeps } from "../../core/dispatch.ts";
import { sharedPace } from "../../core/pace/shared-pace.ts";
import type { Mailer } from "../../core/ports.ts";
import type { Clock } from "../../core/time/clock.ts";
import type { KeyRing } from "../../core/token/token.ts";
import { catalogue } from "../helpers/catalogue.ts";
import { modelCampaigns, modelRoster } from "./model/campaigns.ts";
import { modelCeLog, modelDates, modelDigests, modelNews } from "./model/dates-and-digests.ts";
import { modelDailySlots, modelDayPlans } from "./model/days.ts";
import { modelDeliveries, type WatchLedger } from "./model/deliveries.ts";
import { modelEnrolments } from "./model/enrolments.ts";
import { modelNudges } from "./model/nudges.ts";
import { modelPlaces } from "./model/pace.ts";
import { modelPackets } from "./model/packets.ts";
import { modelSending } from "./model/sending.ts";
import { modelSubscribers, modelSuppressions } from "./model/subscribers.ts";
import { asPort, type Call } from "./model/sync-port.ts";
import { modelDoorbells } from "./scripted-queue.ts";
import type { Tables } from "./tables.ts";

/** What all functions of the model are given, each call by way of its process. */
export type ModelDeps = DispatchDeps & SendPacketDeps & RecordEventDeps;

export interface ModelOfPorts {
  tables: Tables;
  watch: WatchLedger;
  ring: (packetId: string, lane: "now" | "bulk") => void;
  perSecond: number;
  /** Members that one page of the roster has at most. */
  pageSize: number;
}

/** One ring for all: a token's worth is not what is tested here. */
const keys: KeyRing = {
  hash: "aGFzaA",
  tokens: [{ kid: "k1", secret: Buffer.alloc(32, 7).toString("base64url") }],
};

/** Nobody moves and nobody is erased in this model: whatever asks for these has gone astray. */
const astray = async (): Promise<never> => {
  throw new Error("The model knows no such deed");
};

/** The model of every port that dispatch, sending and recording need, over the same tables. */
export function modelOfPorts({ tables, watch, ring, perSecond, pageSize }: ModelOfPorts) {
  let packets = 0;
  const models = {
    campaigns: modelCampaigns(tables.campaigns),
    ceLog: modelCeLog(tables.ceLog),
    dates: modelDates(tables.dates),
    dayPlans: modelDayPlans(tables),
    deliveries: modelDeliveries(tables.deliveries, watch),
    digests: modelDigests(tables.digests),
    doorbells: modelDoorbells(ring),
    enrolments: modelEnrolments(tables.enrolments),
    news: modelNews(tables.news),
    nudges: modelNudges(tables.nudges),
    packets: modelPackets(tables.packets),
    roster: modelRoster(tables.subscribers, tables.dates, pageSize),
    sending: modelSending("stepletter", tables.sending),
    slots: modelDailySlots(tables.slots),
    subscribers: modelSubscribers(tables.subscribers),
    suppressions: modelSuppressions(tables.suppressions),
  };
  const places = modelPlaces(tables.pace);

  /** The ports as one process has them. */
  return function connect(call: Call, clock: Clock, mailer: Mailer): ModelDeps {
    return {
      clock,
      mailer,
      catalogue,
      campaigns: asPort("campaigns", models.campaigns, call),
      ceLog: asPort("ceLog", models.ceLog, call),
      dates: asPort("dates", models.dates, call),
      dayPlans: asPort("dayPlans", models.dayPlans, call),
      deliveries: asPort("deliveries", models.deliveries, call),
      digests: asPort("digests", models.digests, call),
      doorbells: asPort("doorbells", models.doorbells, call),
      enrolments: asPort("enrolments", models.enrolments, call),
      news: asPort("news", models.news, call),
      nudges: asPort("nudges", models.nudges, call),
      packets: asPort("packets", models.packets, call),
      roster: asPort("roster", models.roster, call),
      sending: asPort("sending", models.sending, call),
      slots: asPort("slots", models.slots, call),
      subscribers: asPort("subscribers", models.subscribers, call),
      suppressions: asPort("suppressions", models.suppressions, call),
      claims: { release: astray, bury: astray },
      persons: { of: astray, remove: astray, removeProfile: astray, anonymise: astray },
      pace: sharedPace({
        clock,
        places: asPort("places", places, call),
        quota: { perSecond: async () => perSecond },
      }),
      keys: { ring: async () => keys },
      ids: { next: (prefix) => `${prefix}_${++packets}` },
      dueWork: { oldest: async () => undefined },
      measures: { note: () => {} },
      publicUrl: "https://steps.example",
      workSeconds: 40,
      leaseSeconds: 90,
    };
  };
}
