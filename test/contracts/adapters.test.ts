import { dynamoAddresses } from "../../adapters/dynamodb/addresses.ts";
import { dynamoCampaigns } from "../../adapters/dynamodb/campaigns.ts";
import { dynamoCeLog } from "../../adapters/dynamodb/ce-log.ts";
import { dynamoDailySlots } from "../../adapters/dynamodb/daily-slots.ts";
import { dynamoDigests } from "../../adapters/dynamodb/digests.ts";
import { dynamoEnrolments } from "../../adapters/dynamodb/enrolments.ts";
import { dynamoFeeds } from "../../adapters/dynamodb/feeds.ts";
import { dynamoNews } from "../../adapters/dynamodb/news.ts";
import { dynamoNudges } from "../../adapters/dynamodb/nudges.ts";
import { dynamoPlaces } from "../../adapters/dynamodb/pace.ts";
import { dynamoPackets } from "../../adapters/dynamodb/packets.ts";
import { dynamoReminderDates } from "../../adapters/dynamodb/reminder-dates.ts";
import { dynamoRoster } from "../../adapters/dynamodb/roster.ts";
import { dynamoSending } from "../../adapters/dynamodb/sending.ts";
import { dynamoDigestStandings } from "../../adapters/dynamodb/standings.ts";
import { dynamoSubscribers } from "../../adapters/dynamodb/subscribers.ts";
import { dynamoSuppressions } from "../../adapters/dynamodb/suppressions.ts";
import type { Table } from "../../adapters/dynamodb/table.ts";
import { startTable } from "../helpers/table.ts";
import { campaignsContract } from "./campaigns-contract.ts";
import { ceLogContract } from "./ce-log-contract.ts";
import { datesContract } from "./dates-contract.ts";
import { daysContract } from "./days-contract.ts";
import { digestsContract } from "./digests-contract.ts";
import { enrolmentsContract } from "./enrolments-contract.ts";
import { newsContract } from "./news-contract.ts";
import { nudgesContract } from "./nudges-contract.ts";
import { packetsContract } from "./packets-contract.ts";
import { placesContract } from "./places-contract.ts";
import { rosterContract } from "./roster-contract.ts";
import { sendingContract } from "./sending-contract.ts";
import { subscribersContract } from "./subscribers-contract.ts";
import type { UnderTest } from "./under-test.ts";

const over = "over the embedded table";

/** A port over a table of its own. */
async function portOver<Port>(connect: (table: Table) => Port): Promise<UnderTest<Port>> {
  const { table, stop } = await startTable();
  return { port: connect(table), stop };
}

packetsContract(over, () =>
  portOver((table) => dynamoPackets(table, { elapsed: () => Date.parse("2027-03-01T09:00:00.000Z") })),
);
enrolmentsContract(over, () => portOver(dynamoEnrolments));
nudgesContract(over, () => portOver(dynamoNudges));
subscribersContract(over, () =>
  portOver((table) => ({
    addresses: dynamoAddresses(table),
    subscribers: dynamoSubscribers(table),
    suppressions: dynamoSuppressions(table),
  })),
);
sendingContract(over, () => portOver(dynamoSending));
campaignsContract(over, () => portOver(dynamoCampaigns));
rosterContract(over, () =>
  portOver((table) => ({ roster: dynamoRoster(table), subscribers: dynamoSubscribers(table) })),
);
datesContract(over, () => portOver(dynamoReminderDates));
daysContract(over, () => portOver(dynamoDailySlots));
digestsContract(over, () =>
  portOver((table) => ({ ...dynamoDigests(table), ...dynamoDigestStandings(table) })),
);
ceLogContract(over, () => portOver(dynamoCeLog));
newsContract(over, () => portOver((table) => ({ news: dynamoNews(table), add: dynamoFeeds(table).addItem })));
placesContract(over, () => portOver((table) => ({ one: dynamoPlaces(table), other: dynamoPlaces(table) })));
