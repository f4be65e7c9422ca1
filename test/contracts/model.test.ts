import type { Sending } from "../../core/account/account-ports.ts";
import type { Roster } from "../../core/audience/roster-ports.ts";
import type { Campaigns } from "../../core/campaign/campaign-ports.ts";
import type { CeLog } from "../../core/ce/ce-ports.ts";
import type { DailySlots } from "../../core/day/day-ports.ts";
import type { Digests, News } from "../../core/digest/digest-ports.ts";
import type { DigestStandings } from "../../core/explain/explain-ports.ts";
import type { NewsItem } from "../../core/feed/feed-item.ts";
import type { Nudges } from "../../core/nudge/nudge-ports.ts";
import type { Places } from "../../core/pace/pace-ports.ts";
import type {
  Addresses,
  Deliveries,
  Enrolments,
  Packets,
  Subscribers,
  Suppressions,
} from "../../core/ports.ts";
import type { ReminderDates } from "../../core/reminder/reminder-ports.ts";
import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import { modelCampaigns, modelRoster } from "../faults/model/campaigns.ts";
import { modelCeLog, modelDates, modelDigests, modelNews } from "../faults/model/dates-and-digests.ts";
import { modelDailySlots } from "../faults/model/days.ts";
import { modelDeliveries } from "../faults/model/deliveries.ts";
import { modelEnrolments } from "../faults/model/enrolments.ts";
import { modelNudges } from "../faults/model/nudges.ts";
import { modelPlaces } from "../faults/model/pace.ts";
import { modelPackets } from "../faults/model/packets.ts";
import { modelSending } from "../faults/model/sending.ts";
import { modelAddresses, modelSubscribers, modelSuppressions } from "../faults/model/subscribers.ts";
import { asPort, atOnce } from "../faults/model/sync-port.ts";
import { campaignsContract } from "./campaigns-contract.ts";
import { ceLogContract } from "./ce-log-contract.ts";
import { datesContract } from "./dates-contract.ts";
import { daysContract } from "./days-contract.ts";
import { deliveriesContract } from "./deliveries-contract.ts";
import { digestsContract } from "./digests-contract.ts";
import { enrolmentsContract } from "./enrolments-contract.ts";
import { newsContract } from "./news-contract.ts";
import { nudgesContract } from "./nudges-contract.ts";
import { packetsContract } from "./packets-contract.ts";
import { placesContract } from "./places-contract.ts";
import { rosterContract } from "./roster-contract.ts";
import { sendingContract } from "./sending-contract.ts";
import { subscribersContract } from "./subscribers-contract.ts";

const of = "of the model";

deliveriesContract(of, async () => ({
  deliveries: asPort<Deliveries>("deliveries", modelDeliveries(new Map()), atOnce),
}));
packetsContract(of, async () => ({ port: asPort<Packets>("packets", modelPackets(new Map()), atOnce) }));
nudgesContract(of, async () => ({
  port: asPort<Nudges>("nudges", modelNudges(new Map()), atOnce),
}));
enrolmentsContract(of, async () => ({
  port: asPort<Enrolments>("enrolments", modelEnrolments(new Map()), atOnce),
}));
subscribersContract(of, async () => ({
  port: {
    addresses: asPort<Addresses>("addresses", modelAddresses(new Map()), atOnce),
    subscribers: asPort<Subscribers>("subscribers", modelSubscribers(new Map()), atOnce),
    suppressions: asPort<Suppressions>("suppressions", modelSuppressions(new Map()), atOnce),
  },
}));
sendingContract(of, async () => ({
  port: asPort<Sending>("sending", modelSending("stepletter", { stops: new Map() }), atOnce),
}));
campaignsContract(of, async () => ({
  port: asPort<Campaigns>("campaigns", modelCampaigns(new Map()), atOnce),
}));
rosterContract(of, async () => {
  const rows = new Map<string, Subscriber>();
  return {
    port: {
      roster: asPort<Roster>("roster", modelRoster(rows, new Map(), 5), atOnce),
      subscribers: asPort<Subscribers>("subscribers", modelSubscribers(rows), atOnce),
    },
  };
});
datesContract(of, async () => ({ port: asPort<ReminderDates>("dates", modelDates(new Map()), atOnce) }));
daysContract(of, async () => ({
  port: asPort<DailySlots>("slots", modelDailySlots(new Map()), atOnce),
}));
digestsContract(of, async () => ({
  port: asPort<Digests & DigestStandings>("digests", modelDigests(new Map()), atOnce),
}));
ceLogContract(of, async () => ({ port: asPort<CeLog>("ceLog", modelCeLog(new Map()), atOnce) }));
newsContract(of, async () => {
  const items = new Map<string, NewsItem[]>();
  return {
    port: {
      news: asPort<News>("news", modelNews(items), atOnce),
      async add({ feedId: _f, key: _k, edition, ...item }) {
        items.set(edition, [...(items.get(edition) ?? []), item]);
      },
    },
  };
});
placesContract(of, async () => {
  const row = { freeAt: 0 };
  const places = () => asPort<Places>("places", modelPlaces(row), atOnce);
  return { port: { one: places(), other: places() } };
});
