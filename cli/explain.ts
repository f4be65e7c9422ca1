import type { Command } from "commander";
import { dynamoDailySlots } from "../adapters/dynamodb/daily-slots.ts";
import { dynamoDeliveries } from "../adapters/dynamodb/deliveries.ts";
import { dynamoEnrolments } from "../adapters/dynamodb/enrolments.ts";
import { dynamoNews } from "../adapters/dynamodb/news.ts";
import { dynamoNudges } from "../adapters/dynamodb/nudges.ts";
import { dynamoPackets } from "../adapters/dynamodb/packets.ts";
import { dynamoReminderDates } from "../adapters/dynamodb/reminder-dates.ts";
import { dynamoSending } from "../adapters/dynamodb/sending.ts";
import { dynamoDigestStandings } from "../adapters/dynamodb/standings.ts";
import { dynamoSubscribers } from "../adapters/dynamodb/subscribers.ts";
import { dynamoSuppressions } from "../adapters/dynamodb/suppressions.ts";
import type { Catalogue } from "../core/catalogue.ts";
import { explainSubscriber, type SubscriberExplained } from "../core/explain/explain-subscriber.ts";
import { showExplained } from "./explain/show-explained.ts";
import { Failure } from "./failure.ts";
import { print } from "./print.ts";
import type { SharedOptions } from "./shared-options.ts";
import { subscriberIdOf } from "./subscriber-argument.ts";
import { addWhereOptions, type Where } from "./where-options.ts";
import { type Service, withService } from "./with-service.ts";
import { columnsOf } from "./wrap.ts";

const examples = `
Examples:
  stepletter explain ada@example.org --data .stepletter    # the service of npm start
  stepletter explain ada@example.org --stage production
  stepletter explain sub_2Zt9 --json`;

/** `stepletter explain` */
export function addExplain(program: Command): void {
  addWhereOptions(program.command("explain"))
    .description("Tells what one person was sent and why, what comes next, when, and why then")
    .argument("<subscriber>", "id, or address")
    .addHelpText("after", examples)
    .action(async (typed: string, _, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions & Where>();
      const catalogue = await builtCatalogue();
      const { id, explained } = await withService(options, async (service) => {
        const id = await subscriberIdOf(service, typed);
        return { id, explained: await explain(service, catalogue, id) };
      });
      if (!explained) throw new Failure("subscriber.missing", `There is no subscriber ${id}.`);
      print(options.json, explained, showExplained(id, explained, columnsOf()));
    });
}

function explain(
  { table, clock }: Service,
  catalogue: Pick<Catalogue, "site" | "courses">,
  id: string,
): Promise<SubscriberExplained | undefined> {
  return explainSubscriber(
    {
      subscribers: dynamoSubscribers(table),
      suppressions: dynamoSuppressions(table),
      enrolments: dynamoEnrolments(table),
      nudges: dynamoNudges(table),
      deliveries: dynamoDeliveries(table),
      dates: dynamoReminderDates(table),
      digests: dynamoDigestStandings(table),
      news: dynamoNews(table),
      packets: dynamoPackets(table),
      sending: dynamoSending(table),
      slots: dynamoDailySlots(table),
      catalogue,
      clock,
    },
    id,
  );
}

/** What is planned is planned by the courses as they are built here: build what is deployed. */
async function builtCatalogue(): Promise<Catalogue> {
  try {
    return (await import("../dist/catalogue.ts")).catalogue;
  } catch (cause) {
    throw new Failure("catalogue.missing", "The courses are not built yet: npm run build, and try again.", {
      cause,
    });
  }
}
